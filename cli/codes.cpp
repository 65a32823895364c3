#include <fmt/format.h>

#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "cli/result_outputs.h"
#include "cli/same_again.h"
#include "models/codes/measure.h"
#include "reports/codes_text.h"

namespace cli {
namespace {

constexpr int standard_error = 2;

using models::codes::Measured;

std::vector<Measured> measure(const Arguments& arguments, const Options& options,
                              const std::stop_token& stop) {
  models::codes::MeasureOptions measuring;
  measuring.threads = options.run.threads;
  measuring.stop = stop;
  const bool follow = stderr_is_terminal() && stderr_can_redraw() && !arguments.quiet;
  auto measured = models::codes::measure_codes(measuring, [follow](const Measured& each) {
    if (!follow) return;
    write_all(standard_error, fmt::format("\r\033[K{} {} {}", each.kernel, each.code, each.work));
  });
  if (follow) write_all(standard_error, "\r\033[K");
  return measured;
}

}  // namespace

int codes(const Arguments& arguments, const Options& options) {
  const ResultOutputs outputs{arguments};
  if (outputs.refused()) return usage;
  const Interrupt interrupt{options.run.max_seconds};
  const std::vector<Measured> measured = measure(arguments, options, interrupt.token());
  const bool partial = interrupt.token().stop_requested();
  const bool written =
      outputs.write({.csv = [&] { return reports::codes_csv(measured); },
                     .text = [&] { return reports::codes_text(measured); },
                     .figure = [&] { return reports::figure_svg(reports::words_figure(measured)); },
                     .from = provenance_of("codes", arguments, options, outputs.ledger(), nullptr),
                     .partial = partial,
                     .stopped = interrupt.by()});
  if (written && partial && interrupt.by_signal()) return interrupted;
  return written ? done : failure;
}

}  // namespace cli
