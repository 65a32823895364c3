#include "models/drill/drill.h"

#include <fmt/format.h>

#include <string>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/load_scenario.h"
#include "reports/drill_text.h"

namespace cli {
namespace {

using models::drill::DrillOptions;
using models::drill::DrillResult;
using models::drill::StrategyResult;

/// As a POSIX shell reads it back.
std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return text + "'";
}

/// The command that plays one mission of one strategy again.
std::string same_again(const Arguments& arguments, const DrillOptions& options,
                       const StrategyResult& one) {
  std::string command =
      fmt::format("holdfast drill {} --strategy {} --objects {} --bytes {} --seed {} --mission {}",
                  quoted(arguments.scenario), quoted(one.drill.name), options.setting.objects,
                  options.setting.object_bytes, options.setting.seed, one.failure->mission);
  for (const std::string& set : arguments.overrides) command += " --set " + quoted(set);
  return command;
}

std::string failure_of(const Arguments& arguments, const DrillOptions& options,
                       const StrategyResult& one) {
  if (!one.failure) return {};
  const std::string again = same_again(arguments, options, one);
  std::string drawn = fmt::format(" --steps {}", options.steps);
  if (arguments.faults) drawn += " --faults " + quoted(*arguments.faults);
  if (options.schedule) drawn = " --schedule " + quoted(*options.schedule);
  return reports::drill_failure_text(one) +
         fmt::format("The same again:\n  {}{}\nThe shrunk schedule:\n  {} --schedule {}\n", again,
                     drawn, again, quoted(text_of(one.failure->shrunk)));
}

}  // namespace

int drill(const Arguments& arguments, const Options& options) {
  const auto scenario = load_scenario(arguments);
  if (!scenario) return bad_input;
  if (!knows_strategies(*scenario, arguments.strategies)) return usage;
  const DrillOptions& chosen = options.drill;
  const auto result = models::drill::drill(*scenario, chosen);
  if (!result) {
    complain(result.diagnostics());
    return bad_input;
  }
  const DrillResult& all = result.value();
  std::string text = reports::drill_text(all, chosen);
  for (const StrategyResult& one : all.strategies) text += failure_of(arguments, chosen, one);
  return print(text) && all.passed() ? done : failure;
}

}  // namespace cli
