#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/load_scenario.h"
#include "cli/progress.h"
#include "cli/result_outputs.h"
#include "cli/same_again.h"
#include "models/study/lifecycle_report.h"
#include "reports/lifecycle_text.h"

namespace cli {

int lifecycle(const Arguments& arguments, const Options& options) {
  ResultOutputs outputs{arguments};
  outputs.ledger().reads({"scenario", arguments.scenario, {}});
  if (outputs.refused()) return usage;
  const auto scenario = load_scenario(arguments, &outputs.ledger());
  if (!scenario) return bad_input;
  if (outputs.refused()) return usage;
  const Interrupt interrupt{options.run.max_seconds};
  const bool show = stderr_can_redraw() && !arguments.quiet;
  ProgressBar bar{show ? ProgressBar::Show::yes : ProgressBar::Show::no};
  models::study::LifecycleOptions chosen;
  chosen.run = options.run;
  // The tables after the run of the codes need some of the time.
  if (chosen.run.max_seconds) *chosen.run.max_seconds *= 0.8;
  const auto report = models::study::report_lifecycle(
      *scenario, chosen, [&bar](const auto& progress) { bar.update(progress); }, interrupt.token());
  bar.wipe();
  if (!report) {
    complain(report.diagnostics());
    return bad_input;
  }
  const auto from =
      provenance_of("lifecycle", arguments, options, outputs.ledger(), scenario->origin.get());
  const bool written = outputs.write(
      {.json = [&] { return reports::lifecycle_json(report.value()); },
       .csv = [&] { return reports::lifecycle_csv(report.value()); },
       .text = [&] { return reports::lifecycle_text(report.value(), {.colour = stdout_colour()}); },
       .html = [&] { return reports::lifecycle_html(report.value(), from, options.language); },
       .from = from,
       .partial = report.value().interrupted,
       .stopped = interrupt.by()});
  if (interrupt.by_signal() && report.value().interrupted) return interrupted;
  return written && report.value().passed() ? done : failure;
}

}  // namespace cli
