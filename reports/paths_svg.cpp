#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "reports/paths_text.h"

namespace reports {
namespace {

using models::paths::Figure;
using models::paths::FigureNode;

// A sheet of A4 across has 27 cm for 1,188 units: text of 13 units is 8.4 points there.
constexpr double column_width = 146;
constexpr double box_width = 112;
constexpr double box_height = 36;
constexpr double head_room = 70;
constexpr double row_height = 56;

struct Spot {
  double x{};
  double y{};
};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
  return out;
}

/// Each column is centred on the tallest.
std::vector<Spot> places_of(const Figure& figure, std::size_t tallest) {
  std::vector<std::size_t> height(figure.columns.size());
  for (const FigureNode& node : figure.nodes) ++height[static_cast<std::size_t>(node.column)];
  std::vector<std::size_t> used(figure.columns.size());
  std::vector<Spot> spots;
  for (const FigureNode& node : figure.nodes) {
    const auto column = static_cast<std::size_t>(node.column);
    const double stretch = static_cast<double>(tallest) / static_cast<double>(height[column]);
    const double slot = (static_cast<double>(used[column]++) + 0.5) * stretch;
    spots.push_back({20 + column_width * static_cast<double>(column),
                     head_room + row_height * slot - box_height / 2});
  }
  return spots;
}

/// At the space nearest to the middle, if the label is too long for its box.
std::vector<std::string> lines_of(const std::string& label) {
  constexpr std::size_t fits = 15;
  if (label.size() <= fits) return {label};
  const std::size_t middle = label.size() / 2;
  std::size_t best = std::string::npos;
  for (std::size_t i = label.find(' '); i != std::string::npos; i = label.find(' ', i + 1)) {
    const auto off = [middle](std::size_t at) { return at > middle ? at - middle : middle - at; };
    if (best == std::string::npos || off(i) < off(best)) best = i;
  }
  if (best == std::string::npos) return {label};
  return {label.substr(0, best), label.substr(best + 1)};
}

std::string box_of(const FigureNode& node, const Spot& spot) {
  std::string text = fmt::format(
      "<rect x='{:.1f}' y='{:.1f}' width='{}' height='{}' rx='3' fill='{}' stroke='black' "
      "stroke-width='{}'/>\n",
      spot.x, spot.y, box_width, box_height, node.single_point ? "#e8e8e8" : "white",
      node.single_point ? "3" : "1");
  const double middle = spot.x + box_width / 2;
  const auto lines = lines_of(node.label);
  double y = spot.y + box_height / 2 + (lines.size() > 1 ? -3 : 5);
  for (const std::string& line : lines) {
    text += fmt::format("<text x='{:.1f}' y='{:.1f}' text-anchor='middle'{}>{}</text>\n", middle, y,
                        node.single_point ? " font-weight='bold'" : "", escaped(line));
    y += 14;
  }
  if (node.single_point) {
    text += fmt::format(
        "<text x='{:.1f}' y='{:.1f}' text-anchor='middle' font-style='italic'>single "
        "point</text>\n",
        middle, spot.y + box_height + 16);
  }
  return text;
}

/// Single points that have no box: the power of a room, links between sites.
std::string not_drawn(const models::paths::StrategyPaths& strategy) {
  std::set<std::string> names;
  for (const auto& service : strategy.services) {
    names.insert(service.single_points.begin(), service.single_points.end());
  }
  for (const FigureNode& node : strategy.figure.nodes) names.erase(node.label);
  if (names.empty()) return {};
  return fmt::format("Single points that are not drawn: {}.", fmt::join(names, ", "));
}

}  // namespace

std::string paths_svg(const models::paths::StrategyPaths& strategy) {
  const Figure& figure = strategy.figure;
  std::vector<std::size_t> height(figure.columns.size());
  for (const FigureNode& node : figure.nodes) ++height[static_cast<std::size_t>(node.column)];
  const std::size_t tallest = std::max<std::size_t>(3, *std::ranges::max_element(height));
  const double width = 20 + column_width * static_cast<double>(figure.columns.size());
  const double total = head_room + row_height * static_cast<double>(tallest) + 70;
  const std::vector<Spot> spots = places_of(figure, tallest);
  std::string svg = fmt::format(
      "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {0:.0f} {1:.0f}' width='{0:.0f}' "
      "height='{1:.0f}' font-family='sans-serif' font-size='13'>\n"
      "<rect width='100%' height='100%' fill='white'/>\n"
      "<text x='20' y='24' font-size='16' font-weight='bold'>{2}</text>\n",
      width, total, escaped(strategy.name));
  for (std::size_t c = 0; c < figure.columns.size(); ++c) {
    if (height[c] == 0) continue;
    svg += fmt::format("<text x='{:.1f}' y='50' text-anchor='middle' font-size='13'>{}</text>\n",
                       20 + column_width * static_cast<double>(c) + box_width / 2,
                       escaped(figure.columns[c]));
  }
  for (const auto& [from, to] : figure.edges) {
    svg += fmt::format(
        "<line x1='{:.1f}' y1='{:.1f}' x2='{:.1f}' y2='{:.1f}' stroke='#555' "
        "stroke-width='0.8'/>\n",
        spots[from].x + box_width, spots[from].y + box_height / 2, spots[to].x,
        spots[to].y + box_height / 2);
  }
  for (std::size_t n = 0; n < figure.nodes.size(); ++n) svg += box_of(figure.nodes[n], spots[n]);
  svg += fmt::format(
      "<text x='20' y='{:.0f}'>Thick frame: without it no path is left for some service. A line "
      "from a host to a fabric is an adapter.</text>\n<text x='20' y='{:.0f}'>{}</text>\n</svg>\n",
      total - 36, total - 16, escaped(not_drawn(strategy)));
  return svg;
}

}  // namespace reports
