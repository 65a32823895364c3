#include "reports/sweep_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "models/scenario/metrics.h"
#include "reports/footnotes.h"
#include "reports/page.h"
#include "reports/words/metric_form.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

using models::fleet::Metric;
using models::sweep::Axis;
using models::sweep::Point;
using models::sweep::Result;

constexpr std::size_t value_width = 17;
constexpr std::size_t strategy_width = 20;  // three of them, with the spaces between, fill 80
constexpr std::size_t grid_width = 11;      // five of them

std::string title_of(std::string_view id) {
  const models::scenario::MetricInfo* info = models::scenario::find_metric(id);
  return info == nullptr ? std::string{id}
                         : fmt::format("{}: {} ({})", id, info->title, info->unit);
}

/// A figure and its interval, one above the other.
struct Cell {
  std::string figure{"-"};
  std::string certainty;
};

Cell cell_of(const Point* point, std::size_t strategy, std::string_view metric,
             Footnotes& footnotes, bool with_mark) {
  Cell cell;
  if (point == nullptr || strategy >= point->strategies.size()) return cell;
  const Metric* found = point->strategies[strategy].find(metric);
  if (found == nullptr) return cell;
  const EstimateText text = estimate_text(found->estimate, form_of(metric));
  cell.figure = text.figure;
  cell.certainty = text.certainty;
  const std::string mark = footnotes.mark(found->estimate);
  if (with_mark) cell.figure += " " + mark;
  return cell;
}

/// `columns` cells a row; the row of intervals only where there is one.
void row(Page& page, const std::string& name, const std::vector<Cell>& cells, std::size_t width) {
  std::vector<Page::Cell> figures{{.text = name, .width = value_width}};
  std::vector<Page::Cell> certainty{{.text = "", .width = value_width}};
  bool any = false;
  for (const Cell& cell : cells) {
    figures.push_back({.text = cell.figure, .width = width, .tone = Tone::strong});
    certainty.push_back({.text = cell.certainty, .width = width, .tone = Tone::faint});
    any = any || !cell.certainty.empty();
  }
  page.row(figures);
  if (any) page.row(certainty);
}

void head(Page& page, const std::string& name, const std::vector<std::string>& titles,
          std::size_t width) {
  std::vector<Page::Cell> cells{{.text = name, .width = value_width, .tone = Tone::faint}};
  for (const std::string& title : titles) {
    cells.push_back({.text = title, .width = width, .tone = Tone::faint});
  }
  page.row(cells);
}

/// First and last column of each part of `count` columns that fits on the page.
std::vector<std::pair<std::size_t, std::size_t>> parts_of(std::size_t count, std::size_t at_once) {
  std::vector<std::pair<std::size_t, std::size_t>> parts;
  for (std::size_t first = 0; first < count; first += at_once) {
    parts.emplace_back(first, std::min(first + at_once, count));
  }
  return parts;
}

const Point* point_at(const Result& result, std::size_t index) {
  return index < result.points.size() ? &result.points[index] : nullptr;
}

/// The last part of a path: what fits above a column of values.
std::string_view last_step(std::string_view path) {
  const std::size_t cut = path.find_last_of("./");
  return cut == std::string_view::npos ? path : path.substr(cut + 1);
}

void curve(Page& page, const Result& result, const std::string& metric, Footnotes& footnotes) {
  page.heading(title_of(metric));
  const auto& strategies = result.points.front().strategies;
  for (const auto& [first, end] : parts_of(strategies.size(), 3)) {
    std::vector<std::string> names;
    for (std::size_t s = first; s < end; ++s) names.push_back(strategies[s].name);
    head(page, std::string{last_step(result.axes[0].path)}, names, strategy_width);
    for (const Point& point : result.points) {
      std::vector<Cell> cells;
      for (std::size_t s = first; s < end; ++s) {
        cells.push_back(cell_of(&point, s, metric, footnotes, true));
      }
      row(page, point.values[0], cells, strategy_width);
    }
    if (end < strategies.size()) page.blank();
  }
}

/// The grid of the last two axes, from point number `start` on.
void grid(Page& page, const Result& result, std::size_t start, std::size_t strategy,
          const std::string& metric, Footnotes& footnotes) {
  const Axis& down = result.axes[result.axes.size() - 2];
  const Axis& across = result.axes.back();
  for (const auto& [first, end] : parts_of(across.values.size(), 5)) {
    head(page, fmt::format("{} \\ {}", last_step(down.path), last_step(across.path)),
         {across.values.begin() + static_cast<std::ptrdiff_t>(first),
          across.values.begin() + static_cast<std::ptrdiff_t>(end)},
         grid_width);
    for (std::size_t i = 0; i < down.values.size(); ++i) {
      std::vector<Cell> cells;
      for (std::size_t j = first; j < end; ++j) {
        const std::size_t index = start + i * across.values.size() + j;
        cells.push_back(cell_of(point_at(result, index), strategy, metric, footnotes, false));
      }
      row(page, down.values[i], cells, grid_width);
    }
    if (end < across.values.size()) page.blank();
  }
}

/// "failures.disk.lifetime = 1 %/year, ...": the axes that a grid holds fixed.
std::string fixed_values(const Result& result, const Point& point) {
  std::string text;
  for (std::size_t a = 0; a + 2 < result.axes.size(); ++a) {
    text += (text.empty() ? "" : ", ") + result.axes[a].path + " = " + point.values[a];
  }
  return text;
}

void grids(Page& page, const Result& result, const std::string& metric, Footnotes& footnotes) {
  const std::size_t across = result.axes.back().values.size();
  const std::size_t size = result.axes[result.axes.size() - 2].values.size() * across;
  page.heading(title_of(metric));
  for (std::size_t start = 0; start < result.points.size(); start += size) {
    const Point& first = result.points[start];
    for (std::size_t s = 0; s < first.strategies.size(); ++s) {
      page.paragraph(first.strategies[s].name, Tone::strong);
      if (result.axes.size() > 2) page.paragraph(fixed_values(result, first), Tone::faint);
      grid(page, result, start, s, metric, footnotes);
      page.blank();
    }
  }
}

void header(Page& page, const Result& result) {
  page.paragraph(result.scenario, Tone::strong);
  for (const Axis& axis : result.axes) {
    page.paragraph(fmt::format("{}: {} values from {} to {}", axis.path, axis.values.size(),
                               axis.values.front(), axis.values.back()),
                   Tone::faint);
  }
  if (result.interrupted) {
    page.paragraph("INTERRUPTED: these are the points known so far.", Tone::bad);
  }
  if (!result.precision_reached()) {
    page.paragraph("The precision asked for was not reached at every point.", Tone::doubtful);
  }
}

void footer(Page& page, const Result& result, const Footnotes& footnotes) {
  page.heading("How each figure was made");
  for (const Footnotes::Note& note : footnotes.notes()) page.item(note.mark + " ", note.text);
  page.paragraph(
      "Intervals are 95 % and cover sampling error alone. Every point has the same seed and meets "
      "the same failures. ? did not converge: an order of magnitude.",
      Tone::faint);
  page.paragraph(fmt::format("Seed {}, {} points, {} of wall time.", result.seed,
                             grouped(result.points.size()), duration_text(result.timing.wall_s)),
                 Tone::faint);
}

}  // namespace

std::string sweep_text(const Result& result, const TextOptions& options) {
  Page page{options};
  Footnotes footnotes;
  header(page, result);
  if (result.points.empty()) return page.take();
  for (const std::string& metric : result.metrics) {
    if (result.axes.size() == 1) {
      curve(page, result, metric, footnotes);
    } else {
      grids(page, result, metric, footnotes);
    }
  }
  footer(page, result, footnotes);
  return page.take();
}

}  // namespace reports
