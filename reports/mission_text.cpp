#include "reports/mission_text.h"

#include <fmt/format.h>

#include "reports/page.h"

namespace reports {

std::string mission_text(const models::fleet::MissionLog& log, const TextOptions& options) {
  Page page{options};
  page.paragraph(fmt::format("{}, mission {}", log.strategy, log.mission), Tone::strong);
  for (const std::string& sentence : log.summary) {
    page.item("  ", sentence, Tone::plain, log.lost ? Tone::bad : Tone::plain);
  }
  page.heading("year      event");
  for (const auto& line : log.lines) {
    std::string text = line.kind;
    if (!line.unit.empty()) text += ": " + line.unit;
    if (!line.text.empty()) text += " - " + line.text;
    // 1e-5 of a year is five minutes.
    page.item(fmt::format("{:8.5f}  ", line.time_years), text, Tone::faint,
              line.kind == "data lost" ? Tone::bad : Tone::plain);
  }
  if (log.lines.empty()) page.paragraph("nothing happened");
  return page.take();
}

}  // namespace reports
