#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/output_file.h"
#include "models/codes/measure.h"
#include "reports/codes_text.h"

namespace cli {
namespace {

constexpr int standard_error = 2;

using models::codes::Measured;

/// A file, and what goes there.
struct Sink {
  OutputFile file;
  std::string (*render)(const std::vector<Measured>&);
};

std::string render_svg(const std::vector<Measured>& measured) {
  return reports::figure_svg(reports::words_figure(measured));
}

/// Asked before anything is measured: that time should not end in a full disk.
std::optional<std::string> refusal(const std::vector<Sink>& sinks) {
  std::vector<OutputFile> files;
  files.reserve(sinks.size());
  for (const Sink& sink : sinks) files.push_back(sink.file);
  if (auto wrong = conflict(files, ".")) return wrong;
  for (const OutputFile& file : files) {
    if (auto wrong = file.refusal()) return wrong;
  }
  return std::nullopt;
}

/// False, with a message, if it could not be written.
bool write(const Sink& sink, const std::vector<Measured>& measured) {
  const std::string text = sink.render(measured);
  if (sink.file.is_stdout()) return print(text);
  const auto wrong = sink.file.commit(text);
  if (wrong) complain(*wrong);
  return !wrong;
}

std::vector<Measured> measure(const Arguments& arguments, const Options& options) {
  models::codes::MeasureOptions measuring;
  measuring.threads = options.run.threads;
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
  std::vector<Sink> sinks;
  if (arguments.csv) sinks.push_back({OutputFile(*arguments.csv), reports::codes_csv});
  if (arguments.svg) sinks.push_back({OutputFile(*arguments.svg), render_svg});
  if (const auto wrong = refusal(sinks)) {
    complain(*wrong);
    return usage;
  }
  const std::vector<Measured> measured = measure(arguments, options);
  bool fine = true;
  bool table = !arguments.quiet;
  for (const Sink& sink : sinks) {
    fine = write(sink, measured) && fine;
    if (sink.file.is_stdout()) table = false;
  }
  if (table) fine = print(reports::codes_text(measured)) && fine;
  return fine ? done : failure;
}

}  // namespace cli
