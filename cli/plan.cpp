#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/input_text.h"
#include "cli/interrupt.h"
#include "cli/result_outputs.h"
#include "cli/same_again.h"
#include "models/planning/read_plan.h"
#include "models/planning/run_plan.h"
#include "reports/plan_report.h"

namespace cli {

int plan(const Arguments& arguments, const Options& options) {
  const Interrupt interrupt{options.run.max_seconds};  // reading counts
  ResultOutputs outputs{arguments};
  outputs.ledger().reads({"plan", arguments.scenario, {}});
  if (outputs.refused()) return usage;
  const auto input = read_input(arguments.scenario);
  if (!input) {
    complain(input.diagnostics());
    return bad_input;
  }
  models::scenario::FilesRead files{input.value().read_as("plan")};
  const auto read = models::planning::read_plan_text(input.value().bytes, input.value().name,
                                                     arguments.overrides, &files);
  outputs.ledger().reads(files);
  if (!read) {
    complain(read.diagnostics());
    return bad_input;
  }
  if (outputs.refused()) return usage;
  models::planning::PlanOptions chosen;
  chosen.seed = options.run.seed;
  chosen.threads = options.run.threads;
  const bool show = stderr_is_terminal() && !arguments.quiet;
  const auto tell = [show](const std::string& stage) {
    if (show) complain(stage);
  };
  const auto results = models::planning::run_plan(read.value(), chosen, tell, interrupt.token());
  const auto from =
      provenance_of("plan", arguments, options, outputs.ledger(), read.value().origin.get());
  const bool written = outputs.write(
      {.json = [&] { return reports::plan_json(results); },
       .csv = [&] { return reports::plan_csv(results); },
       .text = [&] { return reports::plan_text(results, {.colour = stdout_colour()}); },
       .html = [&] { return reports::plan_html(results, from, options.language); },
       .from = from,
       .partial = results.interrupted,
       .stopped = interrupt.by()});
  if (!written) return failure;
  if (results.interrupted && interrupt.by_signal()) return interrupted;
  if (results.search.interrupted) return arguments.check ? undecided : done;
  if (arguments.check && !results.search.winner) return refuted;
  if (arguments.check && !results.search.winner_decided) return undecided;
  return done;
}

}  // namespace cli
