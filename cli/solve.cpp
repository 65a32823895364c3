#include "models/sweep/solve.h"

#include <fmt/format.h>

#include <optional>
#include <string>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/input_text.h"
#include "cli/interrupt.h"
#include "cli/load_scenario.h"
#include "cli/progress.h"
#include "cli/result_outputs.h"
#include "cli/same_again.h"
#include "reports/solve_text.h"

namespace cli {
namespace {

using models::sweep::Question;
using models::sweep::Solution;

/// What the options say; every fault of them is told.
bool read_question(const Arguments& arguments, Question& question) {
  bool good = true;
  const auto refuse = [&good](const std::string& message) {
    complain(message);
    good = false;
  };
  if (arguments.solve_for) {
    question.path = *arguments.solve_for;
  } else {
    refuse("solve needs the input that is sought: --for PATH, such as --for repair.detection.time");
  }
  if (arguments.target) {
    const auto parsed = models::sweep::parse_target(*arguments.target);
    if (!parsed.fault.empty()) refuse("--target: " + parsed.fault);
    question.target = parsed.target;
  } else {
    refuse(
        "solve needs what is to be reached: --target 'METRIC OP VALUE', such as --target "
        "'durability_nines >= 8'");
  }
  if (arguments.between) {
    const auto ends = models::sweep::parse_ends(*arguments.between);
    if (!ends.fault.empty()) refuse("--between: " + ends.fault);
    question.between = ends;
  }
  if (arguments.strategies.size() > 1) refuse("solve takes one strategy: give --strategy once");
  return good;
}

/// The strategy asked for, or the only one there is.
bool choose_strategy(const models::scenario::Scenario& scenario, const Arguments& arguments,
                     Question& question) {
  if (!arguments.strategies.empty()) {
    question.strategy = arguments.strategies.front();
    return knows_strategies(scenario, arguments.strategies);
  }
  if (scenario.strategies.size() == 1) {
    question.strategy = scenario.strategies.front().name;
    return true;
  }
  std::string names;
  for (const auto& strategy : scenario.strategies) {
    names += (names.empty() ? "'" : ", '") + strategy.name + "'";
  }
  complain("the scenario has several strategies; choose with --strategy one of " + names);
  return false;
}

int exit_code_of(const Solution& solution, const Interrupt& interrupt) {
  if (solution.interrupted) return interrupt.by_signal() ? interrupted : done;
  const bool answered =
      solution.monotone && (solution.meets() != nullptr || solution.fails() != nullptr);
  return answered ? done : undecided;
}

}  // namespace

int solve(const Arguments& arguments, const Options& options) {
  Question question;
  question.overrides = arguments.overrides;
  question.run = options.run;
  if (!read_question(arguments, question)) return usage;
  const Interrupt interrupt{options.run.max_seconds};  // reading counts
  ResultOutputs outputs{arguments};
  outputs.ledger().reads({"scenario", arguments.scenario, {}});
  if (outputs.refused()) return usage;
  const auto input = read_input(arguments.scenario);
  if (!input) {
    complain(input.diagnostics());
    return bad_input;
  }
  const auto scenario = load_scenario(input.value(), arguments.overrides, &outputs.ledger());
  if (!scenario) return bad_input;
  if (outputs.refused()) return usage;
  if (!choose_strategy(*scenario, arguments, question)) return usage;
  question.file = input.value().name;
  question.text = input.value().bytes;
  const bool show = stderr_can_redraw() && !arguments.quiet;
  ProgressBar bar{show ? ProgressBar::Show::yes : ProgressBar::Show::no};
  const auto tell = [&](std::size_t trials, const std::string& value) {
    models::fleet::Progress now;
    now.stage = fmt::format("value {}: {}", trials + 1, value);
    bar.update(now);
  };
  const auto result = models::sweep::solve(question, tell, interrupt.token());
  bar.wipe();
  if (!result) {
    complain(result.diagnostics());
    return result.diagnostics().front().file.starts_with("--") ? usage : bad_input;
  }
  const auto from = provenance_of("solve", arguments, options, outputs.ledger(), nullptr);
  const bool written = outputs.write(
      {.json = [&] { return reports::solve_json(result.value()); },
       .csv = [&] { return reports::solve_csv(result.value()); },
       .text = [&] { return reports::solve_text(result.value(), {.colour = stdout_colour()}); },
       .from = from,
       .partial = result.value().interrupted,
       .stopped = interrupt.by()});
  return written ? exit_code_of(result.value(), interrupt) : failure;
}

}  // namespace cli
