#include "reports/figure/mission_figure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace reports::figure {
namespace {

using models::fleet::LogLine;
using models::fleet::MissionLog;

constexpr std::array lanes{"failures", "outages", "exposed", "rebuilding", "data lost"};
enum Lane : std::size_t { failures, outages, exposed, rebuilding, lost };

/// A bar from its first event to its last.
struct Span {
  double from{};
  double to{};
};

struct Lanes {
  std::array<std::vector<double>, lanes.size()> marks;
  std::array<std::vector<Span>, lanes.size()> spans;
};

bool is_failure(const LogLine& line) {
  return line.kind == "disk failed" || line.kind == "machine lost" ||
         line.kind.ends_with("shock") || line.kind.ends_with("wiped");
}

/// Closes what a unit opened; what is never closed goes on to the end.
class Open {
 public:
  void begin(const std::string& unit, double at) { since_.try_emplace(unit, at); }
  void end(const std::string& unit, double at, std::vector<Span>& spans) {
    const auto found = since_.find(unit);
    if (found == since_.end()) return;
    spans.push_back({found->second, at});
    since_.erase(found);
  }
  void finish(double at, std::vector<Span>& spans) {
    for (const auto& [unit, since] : since_) spans.push_back({since, at});
  }

 private:
  std::map<std::string, double> since_;
};

Lanes lanes_of(const MissionLog& log, double end) {
  Lanes out;
  Open away;
  Open missing;
  Open rebuilt;
  for (const LogLine& line : log.lines) {
    const double at = line.time_years;
    if (is_failure(line)) out.marks[failures].push_back(at);
    if (line.kind == "disk failed") missing.begin(line.unit, at);
    if (line.kind == "loss reported") {
      missing.begin(line.unit, at);  // one that went with its machine
      rebuilt.begin(line.unit, at);
    }
    if (line.kind == "redundancy back") {
      missing.end(line.unit, at, out.spans[exposed]);
      rebuilt.end(line.unit, at, out.spans[rebuilding]);
    }
    if (line.kind == "outage begins") away.begin(line.unit, at);
    if (line.kind == "outage ends") away.end(line.unit, at, out.spans[outages]);
    if (line.kind == "data lost" || line.kind == "latent error met") out.marks[lost].push_back(at);
  }
  away.finish(end, out.spans[outages]);
  missing.finish(end, out.spans[exposed]);
  rebuilt.finish(end, out.spans[rebuilding]);
  return out;
}

std::string time_text(double years, double span) {
  constexpr double days_per_year = 365.25;
  if (span > 0.3) return fmt::format("{:.3g} years", years);
  const double days = years * days_per_year;
  if (span * days_per_year > 2) return fmt::format("day {:.1f}", days);
  return fmt::format("day {:.0f} {:02.0f} h", std::floor(days), (days - std::floor(days)) * 24);
}

void time_axis(Canvas& canvas, Stretch stretch) {
  constexpr int marks = 6;
  for (int i = 0; i <= marks; ++i) {
    const double share = static_cast<double>(i) / marks;
    const double x = canvas.left + share * (canvas.right - canvas.left);
    canvas.line(x, canvas.top, x, canvas.bottom, Ink::grid);
    const Anchor anchor = i == 0 ? Anchor::left : i == marks ? Anchor::right : Anchor::middle;
    canvas.label(
        x, canvas.bottom + 18,
        time_text(stretch.from + share * (stretch.to - stretch.from), stretch.to - stretch.from),
        Ink::faint, anchor);
  }
}

}  // namespace

Drawing mission_lanes(const MissionLog& log, Stretch stretch, Size size) {
  constexpr double names = 96;
  Canvas out = make_canvas(fmt::format("Mission {} of {}", log.mission, log.strategy), size, names);
  time_axis(out, stretch);
  const Lanes all = lanes_of(log, stretch.to);
  const double height = (out.bottom - out.top) / static_cast<double>(lanes.size());
  const auto x_of = [&](double years) {
    const double share = (years - stretch.from) / (stretch.to - stretch.from);
    return out.left + std::clamp(share, 0.0, 1.0) * (out.right - out.left);
  };
  const auto inside = [&](double from, double to) {
    return to >= stretch.from && from <= stretch.to;
  };
  for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
    const double y = out.top + height * (static_cast<double>(lane) + 0.5);
    const Ink ink = series_ink(lane);
    out.label(margin, y + 4, lanes[lane], Ink::text);
    out.line(out.left, y + height / 2, out.right, y + height / 2, Ink::grid);
    std::size_t seen = 0;
    double drawn_to = -1;  // what would be painted over the same pixels is drawn once
    for (const Span& span : all.spans[lane]) {
      if (!inside(span.from, span.to)) continue;
      ++seen;
      const double from = x_of(span.from);
      const double to = std::max(x_of(span.to), from + 2);
      if (to <= drawn_to) continue;
      out.box(std::max(from, drawn_to), y - height * 0.28, to, y + height * 0.28, ink, 0.8);
      drawn_to = to;
    }
    drawn_to = -10;
    for (const double mark : all.marks[lane]) {
      if (!inside(mark, mark)) continue;
      ++seen;
      const double x = x_of(mark);
      if (x < drawn_to + 3) continue;
      out.symbol(x, y, lane == lost ? Symbol::cross : series_symbol(lane),
                 lane == lost ? Ink::second : ink, false, lane == lost ? 8 : 4);
      drawn_to = x;
    }
    if (seen > 0) {
      out.label(size.width - 4, y + 4, std::to_string(seen), Ink::faint, Anchor::right);
    }
  }
  return std::move(out.figure);
}

}  // namespace reports::figure
