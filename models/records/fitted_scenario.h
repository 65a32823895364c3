#pragma once

#include <string>

#include "models/records/analysis.h"
#include "models/scenario/diagnostic.h"

namespace models::records {

/// A scenario file with the law of disks and the bursts of a record in place of its own; the rest
/// stays as it is, comments excepted. Bursts come as often as the scenario's site has disks, by the
/// units of the record. Faults: the scenario is none, or is none any more with these sections.
scenario::Checked<std::string> fitted_scenario(const std::string& base, const Analysis& analysis);

}  // namespace models::records
