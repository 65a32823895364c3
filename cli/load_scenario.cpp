#include "cli/load_scenario.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/console.h"
#include "models/input/read_scenario.h"

namespace cli {

std::optional<models::scenario::Scenario> load_scenario(const Arguments& arguments,
                                                        FileLedger* ledger,
                                                        std::vector<std::string>* doubts) {
  const auto input = read_input(arguments.scenario);
  if (input) return load_scenario(input.value(), arguments.overrides, ledger, doubts);
  complain(input.diagnostics());
  return std::nullopt;
}

std::optional<models::scenario::Scenario> load_scenario(const InputText& input,
                                                        const std::vector<std::string>& overrides,
                                                        FileLedger* ledger,
                                                        std::vector<std::string>* doubts) {
  models::scenario::Diagnostics warnings;
  models::scenario::FilesRead files{input.read_as("scenario")};
  auto scenario =
      models::scenario::read_scenario_text(input.bytes, input.name, overrides, &warnings, &files);
  if (ledger != nullptr) ledger->reads(files);
  complain(warnings);
  for (const auto& warning : warnings) {
    if (doubts != nullptr && warning.pointer.ends_with("/failures/disk/valid")) {
      doubts->push_back(warning.message);
    }
  }
  if (scenario) return std::move(scenario.value());
  complain(scenario.diagnostics());
  return std::nullopt;
}

bool knows_strategies(const models::scenario::Scenario& scenario,
                      const std::vector<std::string>& strategies) {
  std::vector<std::string> names;
  names.reserve(scenario.strategies.size());
  for (const auto& strategy : scenario.strategies) names.push_back(strategy.name);
  for (const std::string& wanted : strategies) {
    if (std::ranges::find(names, wanted) != names.end()) continue;
    const auto guess = nearest(wanted, names);
    std::string known;
    for (const std::string& name : names) known += (known.empty() ? "'" : ", '") + name + "'";
    complain(fmt::format("--strategy: there is no '{}' in {}; {}", wanted, scenario.file,
                         guess ? "did you mean '" + *guess + "'?" : "there are " + known));
    return false;
  }
  return true;
}

}  // namespace cli
