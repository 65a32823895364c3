#include <fmt/format.h>

#include <string>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/load_scenario.h"
#include "models/fleet/run.h"
#include "reports/mission_text.h"

namespace cli {
namespace {

/// The one strategy that is meant; empty, with a message, if that is not clear.
std::string strategy_of(const Arguments& arguments, const models::scenario::Scenario& scenario) {
  if (arguments.strategies.size() == 1) return arguments.strategies.front();
  if (arguments.strategies.empty() && scenario.strategies.size() == 1) {
    return scenario.strategies.front().name;
  }
  std::string names;
  for (const auto& strategy : scenario.strategies) {
    names += (names.empty() ? "'" : ", '") + strategy.name + "'";
  }
  complain("explain tells one strategy; name it with --strategy, one of " + names);
  return {};
}

}  // namespace

int explain(const Arguments& arguments, const Options& options) {
  const auto scenario = load_scenario(arguments);
  if (!scenario) return bad_input;
  if (!knows_strategies(*scenario, arguments.strategies)) return usage;
  const std::string strategy = strategy_of(arguments, *scenario);
  if (strategy.empty()) return usage;
  const auto log = models::fleet::explain(*scenario, strategy, options.run.seed, options.mission);
  if (!log) {
    complain(log.diagnostics());
    return bad_input;
  }
  return print(reports::mission_text(log.value(), {.colour = stdout_colour()})) ? done : failure;
}

}  // namespace cli
