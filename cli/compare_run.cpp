#include "cli/compare_run.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "cli/checkpoint.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/run_identity.h"
#include "cli/same_again.h"
#include "models/fleet/run.h"
#include "reports/part.h"
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

/// What a merge needs of this run; empty where its replicates are not fixed beforehand, or are not
/// all there.
std::optional<reports::Part> part_of(const ComparedRun& run, const Results& results,
                                     const models::fleet::BlockStore& blocks) {
  if (!is_part(run.arguments, run.options) || results.interrupted) return std::nullopt;
  const models::fleet::RunOptions& options = run.options.run;
  reports::Part part;
  part.run = identity_of(run.arguments, run.options, run.files.inputs());
  part.scenario = run.arguments.scenario;
  part.scenario_file = run.scenario.file;
  part.scenario_text = run.scenario.origin->text;
  part.overrides = run.arguments.overrides;
  part.strategies = run.arguments.strategies;
  part.seed = options.seed;
  if (options.method) part.method = sim::to_string(*options.method);
  part.first = options.replicates->first;
  part.end = options.replicates->second;
  part.blocks = blocks.used();
  return part;
}

}  // namespace

bool is_part(const Arguments& arguments, const Options& options) {
  const models::fleet::RunOptions& run = options.run;
  return arguments.json && run.replicates && !run.precision && !run.max_seconds &&
         run.method != sim::Method::analytic;
}

int run_compare(const ComparedRun& run, const ResultOutputs& outputs) {
  const Arguments& arguments = run.arguments;
  models::fleet::RunOptions options = run.options.run;
  const Interrupt interrupt{options.max_seconds};
  std::optional<Checkpoint> checkpoint;
  if (arguments.checkpoint) {
    checkpoint.emplace(*arguments.checkpoint,
                       checkpoint_identity_of(arguments, run.options, run.files.inputs()),
                       run.blocks);
    if (const auto faults = checkpoint->load(); !faults.empty()) {
      complain(faults);
      return bad_input;
    }
    checkpoint->start();
  }
  if (checkpoint || is_part(arguments, run.options)) options.blocks = &run.blocks;
  const bool show = stderr_can_redraw() && !arguments.quiet;
  ProgressBar bar{show ? ProgressBar::Show::yes : ProgressBar::Show::no};
  if (show) preview(bar, run.scenario, run.options.run);
  auto results = models::fleet::run(
      run.scenario, options, [&bar](const auto& progress) { bar.update(progress); },
      interrupt.token());
  bar.wipe();
  if (!results) {
    complain(results.diagnostics());
    return bad_input;
  }
  const auto unsaved = checkpoint ? checkpoint->finish() : std::nullopt;
  if (unsaved) complain(*unsaved);
  for (auto& strategy : results.value().strategies) {
    strategy.warnings.insert(strategy.warnings.end(), run.doubts.begin(), run.doubts.end());
  }
  const Results& result = results.value();
  const auto from = provenance_of(arguments, run.options, run.files, run.scenario, result);
  const auto json = [&] {
    const auto part = part_of(run, result, run.blocks);
    std::string text = reports::result_json(result);
    return part ? reports::with_part(text, *part) : text;
  };
  const bool written = outputs.write(
      {.json = json,
       .csv = [&] { return reports::result_csv(result); },
       .text = [&] { return reports::result_text(result, {.colour = stdout_colour()}); },
       .html =
           [&] { return reports::result_html(result, run.scenario, from, run.options.language); },
       .from = from,
       .partial = result.interrupted,
       .stopped = interrupt.by()});
  if (!written || unsaved) return failure;
  if (result.interrupted && interrupt.by_signal()) return interrupted;
  return exit_code_of(result, arguments.check);
}

}  // namespace cli
