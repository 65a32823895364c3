#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/file_ledger.h"
#include "cli/input_text.h"
#include "models/scenario/scenario.h"

namespace cli {

/// The scenario named on the command line ("-": standard input) with its --set changes, or every
/// fault of it on stderr (exit 3). What is valid but doubtful goes there too: no option silences
/// it.
/// @param ledger  gets every file that was read; may be null
/// @param doubts  gets what every output has to say: a law asked beyond its record; may be null
std::optional<models::scenario::Scenario> load_scenario(const Arguments& arguments,
                                                        FileLedger* ledger = nullptr,
                                                        std::vector<std::string>* doubts = nullptr);
/// The same of a text at hand.
std::optional<models::scenario::Scenario> load_scenario(const InputText& input,
                                                        const std::vector<std::string>& overrides,
                                                        FileLedger* ledger = nullptr,
                                                        std::vector<std::string>* doubts = nullptr);

/// True if every --strategy is in the scenario; else the nearest name on stderr (exit 2).
bool knows_strategies(const models::scenario::Scenario& scenario,
                      const std::vector<std::string>& strategies);

}  // namespace cli
