#pragma once

#include <string>

#include "models/records/analysis.h"
#include "models/scenario/diagnostic.h"

namespace models::records {

/// The text of a scenario with the law of disks and the bursts of a record in place of its own; the
/// rest stays as it is, comments excepted. Bursts come as often as the scenario's site has disks,
/// by the units of the record. Faults: the scenario is none, or is none any more with these
/// sections.
/// @param file  name of `text`; files that the scenario names are looked for beside it
scenario::Checked<std::string> fitted_scenario(const std::string& text, const std::string& file,
                                               const Analysis& analysis);

}  // namespace models::records
