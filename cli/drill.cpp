#include "models/drill/drill.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/load_scenario.h"
#include "cli/result_outputs.h"
#include "cli/same_again.h"
#include "models/paths/failover_drill.h"
#include "models/study/lifecycle_report_tables.h"
#include "reports/drill_text.h"

namespace cli {
namespace {

using models::drill::DrillOptions;
using models::drill::StrategyResult;
using models::lifecycle::DrillReport;
using models::paths::FailoverDrill;
using models::scenario::Scenario;

/// In quotes even where a shell needs none: a schedule is one word to whoever copies it.
std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return text + "'";
}

/// The command of one strategy, without what it is to do.
std::string command_of(const Arguments& arguments, const std::string& strategy) {
  const std::string command =
      fmt::format("holdfast drill {} --strategy {}", quoted(arguments.scenario), quoted(strategy));
  return command + reports::set_options(arguments.overrides);
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
                                                  .strategies = like.strategies,
                                                  .stop = like.stop});
}

std::vector<DrillReport> moves(const Scenario& scenario, const Options& options) {
  if (!scenario.lifecycle) return {};
  return models::study::drills_of(scenario, options.drill.setting.seed);
}

/// What is wrong, each failure with the commands that play it again.
std::string failures_of(const Arguments& arguments, const Options& options,
                        const reports::DrillParts& parts) {
  std::string text;
  for (const FailoverDrill& one : parts.failovers) text += failure_of(arguments, options, one);
  if (!parts.store) return text;
  for (const StrategyResult& one : parts.store->strategies) {
    text += failure_of(arguments, options.drill, one);
  }
  return text;
}

/// Plays the store unless the failover alone is wanted, and the other parts unless the store alone
/// is: who asks for certain faults or a schedule of the store wants that. Empty, with a message, if
/// the store cannot be drilled.
std::optional<reports::DrillParts> play(const Arguments& arguments, const Options& options,
                                        const Scenario& scenario) {
  reports::DrillParts parts;
  const DrillOptions& chosen = options.drill;
  if (!options.failover) {
    auto store = models::drill::drill(scenario, chosen);
    if (!store) {
      complain(store.diagnostics());
      return std::nullopt;
    }
    parts.store = std::move(store.value());
    if (arguments.faults || chosen.schedule || chosen.store) return parts;
    if (!chosen.stop.stop_requested()) parts.moves = moves(scenario, options);
  }
  parts.failovers = failover(scenario, options);
  return parts;
}

}  // namespace

int drill(const Arguments& arguments, const Options& given) {
  ResultOutputs outputs{arguments};
  outputs.ledger().reads({"scenario", arguments.scenario, {}});
  if (outputs.refused()) return usage;
  const auto scenario = load_scenario(arguments, &outputs.ledger());
  if (!scenario) return bad_input;
  if (outputs.refused()) return usage;
  if (!knows_strategies(*scenario, arguments.strategies)) return usage;
  const Interrupt interrupt{given.run.max_seconds};
  Options options = given;
  options.drill.stop = interrupt.token();
  options.drill.setting.stop = interrupt.token();
  if (options.failover && !scenario->paths) {
    complain("--failover: the scenario has no 'paths'; scenarios/city_hospital_gateway.json has");
    return bad_input;
  }
  const auto parts = play(arguments, options, *scenario);
  if (!parts) return bad_input;
  const std::string failures = failures_of(arguments, options, *parts);
  const auto text = [&] {
    const std::string store = parts->store ? reports::drill_text(*parts->store, options.drill) : "";
    return store + reports::failover_text(parts->failovers) + reports::moves_text(parts->moves) +
           failures;
  };
  const bool partial = interrupt.token().stop_requested();
  const auto from =
      provenance_of("drill", arguments, options, outputs.ledger(), scenario->origin.get());
  const bool written = outputs.write(
      {.json = [&] { return reports::drill_json(*parts, options.drill); },
       .csv = [&] { return reports::drill_csv(*parts); },
       .text = text,
       .html = [&] { return reports::drill_html(*parts, options.drill, from, options.language); },
       .from = from,
       .partial = partial,
       .stopped = interrupt.by()});
  const bool told = !arguments.quiet && arguments.json != "-" && arguments.csv != "-";
  if (!failures.empty() && !told) complain(failures);
  if (!written || !parts->passed()) return failure;
  return partial && interrupt.by_signal() ? interrupted : done;
}

}  // namespace cli
