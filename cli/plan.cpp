#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/result_outputs.h"
#include "models/planning/read_plan.h"
#include "models/planning/run_plan.h"
#include "reports/plan_report.h"

namespace cli {

int plan(const Arguments& arguments, const Options& options) {
  const ResultOutputs outputs{arguments};
  if (outputs.refused(arguments.scenario)) return usage;
  const auto read = models::planning::read_plan(arguments.scenario, arguments.overrides);
  if (!read) {
    complain(read.diagnostics());
    return bad_input;
  }
  const Interrupt interrupt;
  models::planning::PlanOptions chosen;
  chosen.seed = options.run.seed;
  chosen.threads = options.run.threads;
  const bool show = stderr_is_terminal() && !arguments.quiet;
  const auto tell = [show](const std::string& stage) {
    if (show) complain(stage);
  };
  const auto results = models::planning::run_plan(read.value(), chosen, tell, interrupt.token());
  const bool written = outputs.write(
      {.json = [&] { return reports::plan_json(results); },
       .csv = [&] { return reports::plan_csv(results); },
       .text = [&] { return reports::plan_text(results, {.colour = stdout_colour()}); },
       .html = [&] { return reports::plan_html(results, options.language); }});
  if (!written) return failure;
  if (results.interrupted) return interrupted;
  if (arguments.check && !results.search.winner) return refuted;
  if (arguments.check && !results.search.winner_decided) return undecided;
  return done;
}

}  // namespace cli
