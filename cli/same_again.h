#pragma once

#include <string>
#include <string_view>

#include "cli/arguments.h"
#include "cli/file_ledger.h"
#include "models/scenario/scenario.h"
#include "reports/provenance.h"

namespace cli {

/// "holdfast COMMAND" with the input and all options of the line that move figures or the exit
/// status, as a shell reads them back: not the outputs, which it would write again, and the number
/// of threads only where that is measured.
/// @pre there is such a command
std::string same_again(std::string_view command, const Arguments& arguments,
                       const Options& options);

/// Where a result comes from. @param origin  of the scenario or plan; null: there is none
reports::Provenance provenance_of(std::string_view command, const Arguments& arguments,
                                  const Options& options, const FileLedger& ledger,
                                  const models::scenario::Origin* origin);

}  // namespace cli
