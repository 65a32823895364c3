#include <algorithm>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/load_scenario.h"
#include "cli/progress.h"
#include "cli/result_outputs.h"
#include "cli/same_again.h"
#include "models/fleet/run.h"
#include "reports/preview_text.h"
#include "reports/result_csv.h"
#include "reports/result_html.h"
#include "reports/result_json.h"
#include "reports/result_text.h"

namespace cli {
namespace {

using models::fleet::Results;
using models::fleet::Verdict;

/// What the textbook says at once, while the simulation runs. Nothing on a terminal that cannot
/// move its cursor or is too low to hold it.
void preview(ProgressBar& bar, models::scenario::Scenario scenario,
             models::fleet::RunOptions options) {
  if (options.method == sim::Method::analytic) return;
  scenario.claims.clear();  // some take a second to judge
  options.method = sim::Method::analytic;
  options.input_draws = 0;
  const auto textbook = models::fleet::run(scenario, options);
  if (!textbook) return;  // the run itself will say why
  const std::size_t rows = terminal_rows();
  constexpr std::size_t other_lines = 6;  // heading, the bar, and some of what was there before
  if (rows <= other_lines) return;
  bar.above(reports::preview_text(textbook.value(), rows - other_lines));
}

int exit_code_of(const Results& results, bool check) {
  const auto any = [&results](Verdict verdict) {
    return std::ranges::any_of(results.claims,
                               [verdict](const auto& claim) { return claim.verdict == verdict; });
  };
  if (check && any(Verdict::refuted)) return refuted;
  if (!results.precision_reached || (check && any(Verdict::undecided))) return undecided;
  return done;
}

/// A run that the clock or a signal stopped knows best what plays the same again.
reports::Provenance provenance_of(Arguments arguments, const Options& options,
                                  const FileLedger& ledger,
                                  const models::scenario::Scenario& scenario,
                                  const Results& results) {
  arguments.method.reset();
  arguments.replicates.reset();
  arguments.precision.reset();
  arguments.max_seconds.reset();
  auto from = cli::provenance_of("compare", arguments, options, ledger, scenario.origin.get());
  from.command += results.again;
  return from;
}

}  // namespace

int compare(const Arguments& arguments, const Options& options) {
  ResultOutputs outputs{arguments};
  outputs.ledger().reads({"scenario", arguments.scenario, {}});
  if (outputs.refused()) return usage;
  std::vector<std::string> doubts;
  const auto scenario = load_scenario(arguments, &outputs.ledger(), &doubts);
  if (!scenario) return bad_input;
  if (outputs.refused()) return usage;
  if (!knows_strategies(*scenario, arguments.strategies)) return usage;

  const Interrupt interrupt{options.run.max_seconds};
  const bool show = stderr_can_redraw() && !arguments.quiet;
  ProgressBar bar{show ? ProgressBar::Show::yes : ProgressBar::Show::no};
  if (show) preview(bar, *scenario, options.run);
  auto results = models::fleet::run(
      *scenario, options.run, [&bar](const auto& progress) { bar.update(progress); },
      interrupt.token());
  bar.wipe();
  if (!results) {
    complain(results.diagnostics());
    return bad_input;
  }
  for (auto& strategy : results.value().strategies) {
    strategy.warnings.insert(strategy.warnings.end(), doubts.begin(), doubts.end());
  }
  const Results& result = results.value();
  const auto from = provenance_of(arguments, options, outputs.ledger(), *scenario, result);
  const bool written = outputs.write(
      {.json = [&] { return reports::result_json(result); },
       .csv = [&] { return reports::result_csv(result); },
       .text = [&] { return reports::result_text(result, {.colour = stdout_colour()}); },
       .html = [&] { return reports::result_html(result, *scenario, from, options.language); },
       .from = from,
       .partial = result.interrupted,
       .stopped = interrupt.by()});
  if (!written) return failure;
  if (result.interrupted && interrupt.by_signal()) return interrupted;
  return exit_code_of(result, arguments.check);
}

}  // namespace cli
