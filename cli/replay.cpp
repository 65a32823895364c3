#include "models/replay/replay.h"

#include <chrono>
#include <string>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/load_scenario.h"
#include "cli/progress.h"
#include "cli/record_rows.h"
#include "cli/result_outputs.h"
#include "cli/same_again.h"
#include "models/records/read_trace.h"
#include "reports/replay_text.h"

namespace cli {
namespace {

/// Placements as the missions of the progress line.
class PlacementProgress {
 public:
  explicit PlacementProgress(ProgressBar& bar) : bar_(&bar) {}

  void operator()(std::size_t done, std::size_t all) {
    models::fleet::Progress now;
    now.replicates_done = done;
    now.replicates_planned = all;
    now.elapsed_s = std::chrono::duration<double>(Clock::now() - start_).count();
    if (done > 0) {
      now.eta_s = now.elapsed_s / static_cast<double>(done) * static_cast<double>(all - done);
    }
    bar_->update(now);
  }

 private:
  using Clock = std::chrono::steady_clock;
  ProgressBar* bar_;
  Clock::time_point start_ = Clock::now();
};

}  // namespace

int replay(const Arguments& arguments, const Options& options) {
  if (!arguments.trace) {
    complain("replay needs a record of failures: --trace FILE");
    return usage;
  }
  ResultOutputs outputs{arguments};
  outputs.ledger().reads({"scenario", arguments.scenario, {}});
  outputs.ledger().reads({"record of failures", *arguments.trace, {}});
  if (outputs.refused()) return usage;
  const auto scenario = load_scenario(arguments, &outputs.ledger());
  if (!scenario) return bad_input;
  if (outputs.refused()) return usage;
  if (!knows_strategies(*scenario, arguments.strategies)) return usage;
  const auto trace = models::records::read_trace(*arguments.trace, options.reading);
  if (!trace) {
    complain(trace.diagnostics());
    return bad_input;
  }
  complain_of_rows(trace.value());
  outputs.ledger().reads(models::records::files_of(trace.value()));
  if (outputs.refused()) return usage;
  const Interrupt interrupt{options.run.max_seconds};
  const bool show = stderr_can_redraw() && !arguments.quiet;
  ProgressBar bar{show ? ProgressBar::Show::yes : ProgressBar::Show::no};
  const auto result = models::replay::replay(*scenario, trace.value(),
                                             {.seed = options.run.seed,
                                              .placements = options.placements,
                                              .threads = options.run.threads,
                                              .strategies = arguments.strategies,
                                              .resample = options.resample,
                                              .resampled_records = options.resampled_records},
                                             PlacementProgress{bar}, interrupt.token());
  bar.wipe();
  if (!result) {
    complain(result.diagnostics());
    return bad_input;
  }
  const auto from =
      provenance_of("replay", arguments, options, outputs.ledger(), scenario->origin.get());
  const bool written = outputs.write(
      {.json = [&] { return reports::replay_json(result.value()); },
       .csv = [&] { return reports::replay_csv(result.value()); },
       .text = [&] { return reports::replay_text(result.value(), {.colour = stdout_colour()}); },
       .html = [&] { return reports::replay_html(result.value(), from, options.language); },
       .from = from,
       .partial = result.value().interrupted,
       .stopped = interrupt.by()});
  if (!written) return failure;
  return result.value().interrupted && interrupt.by_signal() ? interrupted : done;
}

}  // namespace cli
