#include "models/drill/drill.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/load_scenario.h"
#include "models/lifecycle/report_tables.h"
#include "models/paths/failover_drill.h"
#include "reports/drill_text.h"

namespace cli {
namespace {

using models::drill::DrillOptions;
using models::drill::DrillResult;
using models::drill::StrategyResult;
using models::lifecycle::DrillReport;
using models::paths::FailoverDrill;
using models::scenario::Scenario;

/// As a POSIX shell reads it back.
std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return text + "'";
}

/// The command of one strategy, without what it is to do.
std::string command_of(const Arguments& arguments, const std::string& strategy) {
  std::string command =
      fmt::format("holdfast drill {} --strategy {}", quoted(arguments.scenario), quoted(strategy));
  for (const std::string& set : arguments.overrides) command += " --set " + quoted(set);
  return command;
}

std::string failure_of(const Arguments& arguments, const DrillOptions& options,
                       const StrategyResult& one) {
  if (!one.failure) return {};
  const std::string again =
      fmt::format("{} --objects {} --bytes {} --seed {} --mission {}",
                  command_of(arguments, one.drill.name), options.setting.objects,
                  options.setting.object_bytes, options.setting.seed, one.failure->mission);
  std::string drawn = fmt::format(" --steps {}", options.steps);
  if (arguments.faults) drawn += " --faults " + quoted(*arguments.faults);
  if (options.schedule) drawn = " --schedule " + quoted(*options.schedule);
  return reports::drill_failure_text(one) +
         fmt::format("The same again:\n  {}{}\nThe shrunk schedule:\n  {} --schedule {}\n", again,
                     drawn, again, quoted(text_of(one.failure->shrunk)));
}

std::string failure_of(const Arguments& arguments, const Options& options,
                       const FailoverDrill& one) {
  if (!one.result.failure) return {};
  const std::string command = command_of(arguments, one.strategies.front());
  const std::string shrunk = quoted(text_of(one.result.failure->shrunk));
  const std::string drawn =
      options.failover
          ? "--failover " + quoted(text_of(*options.failover))
          : fmt::format("--seed {} --mission {} --steps {}", options.drill.setting.seed,
                        one.result.failure->mission, options.drill.steps);
  return reports::failover_failure_text(one) +
         fmt::format("The same again:\n  {0} {1}\nThe shrunk schedule:\n  {0} --failover {2}\n",
                     command, drawn, shrunk);
}

std::vector<FailoverDrill> failover(const Scenario& scenario, const Options& options) {
  if (!scenario.paths) return {};
  const DrillOptions& like = options.drill;
  return models::paths::drill_failover(scenario, {.seed = like.setting.seed,
                                                  .first_mission = like.first_mission,
                                                  .missions = like.missions,
                                                  .steps = like.steps,
                                                  .schedule = options.failover,
                                                  .strategies = like.strategies});
}

std::vector<DrillReport> moves(const Scenario& scenario, const Options& options) {
  if (!scenario.lifecycle) return {};
  return models::lifecycle::drills_of(scenario, options.drill.setting.seed);
}

/// The drills beside that of the object store; false if one fails.
bool drill_parts(const Arguments& arguments, const Options& options, const Scenario& scenario,
                 std::string& text) {
  const auto failovers = failover(scenario, options);
  text += reports::failover_text(failovers);
  const auto moved = options.failover ? std::vector<DrillReport>{} : moves(scenario, options);
  text += reports::moves_text(moved);
  for (const FailoverDrill& one : failovers) text += failure_of(arguments, options, one);
  return std::ranges::all_of(failovers,
                             [](const FailoverDrill& one) { return one.result.passed(); }) &&
         std::ranges::all_of(moved, &DrillReport::passed);
}

}  // namespace

int drill(const Arguments& arguments, const Options& options) {
  const auto scenario = load_scenario(arguments);
  if (!scenario) return bad_input;
  if (!knows_strategies(*scenario, arguments.strategies)) return usage;
  if (options.failover && !scenario->paths) {
    complain("--failover: the scenario has no 'paths'; scenarios/city_hospital_gateway.json has");
    return bad_input;
  }
  std::string text;
  if (options.failover) {
    const bool passed = drill_parts(arguments, options, *scenario, text);
    return print(text) && passed ? done : failure;
  }
  const DrillOptions& chosen = options.drill;
  const auto result = models::drill::drill(*scenario, chosen);
  if (!result) {
    complain(result.diagnostics());
    return bad_input;
  }
  const DrillResult& all = result.value();
  text = reports::drill_text(all, chosen);
  // Who asks for certain faults or a schedule of the store wants that alone.
  const bool whole = !arguments.faults && !chosen.schedule && !chosen.store;
  const bool parts_passed = !whole || drill_parts(arguments, options, *scenario, text);
  for (const StrategyResult& one : all.strategies) text += failure_of(arguments, chosen, one);
  return print(text) && all.passed() && parts_passed ? done : failure;
}

}  // namespace cli
