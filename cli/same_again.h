#pragma once

#include <string>
#include <string_view>

#include "cli/arguments.h"
#include "models/scenario/scenario.h"
#include "reports/provenance.h"

namespace cli {

/// "holdfast COMMAND" with the input and all options of the line that move figures: not the
/// outputs, not the number of threads.
std::string same_again(std::string_view command, const Arguments& arguments,
                       const Options& options);

/// Where a report of a scenario comes from. @param scenario  null: there is none
reports::Provenance provenance_of(std::string_view command, const Arguments& arguments,
                                  const Options& options,
                                  const models::scenario::Scenario* scenario);

}  // namespace cli
