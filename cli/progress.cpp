#include "cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

#include "cli/output_file.h"
#include "reports/words/display_width.h"
#include "reports/words/number_text.h"

namespace cli {

std::string progress_line(const models::fleet::Progress& progress) {
  constexpr std::size_t cells = 20;
  const double share = progress.replicates_planned == 0
                           ? 0
                           : std::min(1.0, static_cast<double>(progress.replicates_done) /
                                               static_cast<double>(progress.replicates_planned));
  const auto full = static_cast<std::size_t>(share * static_cast<double>(cells));
  std::string line = fmt::format("[{}{}] {:3.0f} %  {} of {}{}{}", std::string(full, '#'),
                                 std::string(cells - full, '-'), share * 100,
                                 reports::grouped(progress.replicates_done),
                                 reports::grouped(progress.replicates_planned),
                                 progress.stage.empty() ? "" : " ", progress.stage);
  if (progress.eta_s && std::isfinite(*progress.eta_s)) {
    line += ", " + reports::duration_text(std::max(0.0, *progress.eta_s)) + " left";
  }
  if (progress.precision && std::isfinite(*progress.precision)) {
    line += fmt::format(", now ±{:.2g} %", *progress.precision * 100);
  }
  return reports::cut(line, 79);
}

void ProgressBar::update(const models::fleet::Progress& progress) {
  if (show_ == Show::no) return;
  const auto now = std::chrono::steady_clock::now();
  if (drawn_ && now - last_ < std::chrono::milliseconds{100}) return;
  last_ = now;
  drawn_ = true;
  write_all(STDERR_FILENO, "\r" + progress_line(progress) + "\033[K");
}

void ProgressBar::above(const std::string& lines) {
  if (show_ == Show::no) return;
  wipe();
  lines_above_ = static_cast<std::size_t>(std::ranges::count(lines, '\n'));
  write_all(STDERR_FILENO, lines);
}

void ProgressBar::wipe() {
  // Up to the first line, then everything below it.
  if (lines_above_ > 0) {
    write_all(STDERR_FILENO, fmt::format("\r\033[{}A\033[J", lines_above_));
  } else if (drawn_) {
    write_all(STDERR_FILENO, "\r\033[K");
  }
  lines_above_ = 0;
  drawn_ = false;
}

}  // namespace cli
