#pragma once

#include <string>

#include "models/input/preset_table.h"

namespace reports {

/// Every preset with product and version, code, domain, and how long a dead disk stays unnoticed
/// and waits, in 80 columns.
std::string preset_list(const models::scenario::PresetTable& table);

/// Every value of a preset with its source, and what it leaves out, in 80 columns.
std::string preset_text(const models::scenario::Preset& preset);

}  // namespace reports
