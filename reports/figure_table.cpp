#include "reports/figure_table.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "reports/words/display_width.h"

namespace reports {
namespace {

using models::fleet::Metric;
using models::fleet::Results;
using models::fleet::StrategyResult;

constexpr std::size_t label_width = 14;  // "  textbook (b)"

struct Cell {
  EstimateText text{.figure = "-", .certainty = {}};
  std::string mark;
  std::string textbook;
  std::string textbook_mark;
  Tone tone{Tone::plain};
};

struct Column {
  const FigureColumn* about{};
  std::vector<Cell> cells;  ///< one per strategy
  std::string mark;         ///< of all cells; empty if they differ
  std::string currency;     ///< of money
  std::size_t width{};
  std::string subtitle() const {
    std::string text{about->subtitle};
    if (!currency.empty()) text += (text.empty() ? "" : " ") + currency;
    return mark.empty() ? text : text + (text.empty() ? "" : " ") + mark;
  }
};

Cell cell_of(const Metric& metric, Form form, Footnotes& footnotes) {
  Cell cell;
  cell.text = estimate_text(metric.estimate, form);
  cell.mark = footnotes.mark(metric.estimate);
  if (metric.estimate.value && !metric.estimate.converged) cell.tone = Tone::doubtful;
  if (metric.analytic) {
    cell.textbook = estimate_text(*metric.analytic, form).figure;
    cell.textbook_mark = footnotes.mark(*metric.analytic);
  }
  return cell;
}

/// The one mark of the cells that have one; empty if there are several.
std::string common_mark(const std::vector<Cell>& cells, std::string Cell::*mark) {
  std::string common;
  for (const Cell& cell : cells) {
    if ((cell.*mark).empty()) continue;
    if (!common.empty() && common != cell.*mark) return {};
    common = cell.*mark;
  }
  return common;
}

void put_mark_on_figures(std::vector<Cell>& cells) {
  for (Cell& cell : cells) {
    if (!cell.mark.empty()) cell.text.figure += " " + cell.mark;
  }
}

std::optional<Column> column_of(const Results& results, const FigureColumn& about,
                                Footnotes& footnotes) {
  Column column{.about = &about, .cells = {}, .mark = {}, .currency = {}, .width = 0};
  bool filled = false;
  for (const StrategyResult& strategy : results.strategies) {
    const Metric* metric = strategy.find(about.metric);
    filled = filled || metric != nullptr;
    column.cells.push_back(metric == nullptr ? Cell{} : cell_of(*metric, about.form, footnotes));
    if (metric != nullptr && about.form == Form::money) column.currency = metric->estimate.note;
  }
  if (!filled) return std::nullopt;
  column.mark = common_mark(column.cells, &Cell::mark);
  if (column.mark.empty()) put_mark_on_figures(column.cells);
  return column;
}

/// The mark of every textbook figure of the table, which is then said once per strategy.
std::string hoist_textbook_mark(std::vector<Column>& columns) {
  std::vector<Cell> all;
  for (const Column& column : columns) {
    all.insert(all.end(), column.cells.begin(), column.cells.end());
  }
  std::string mark = common_mark(all, &Cell::textbook_mark);
  if (!mark.empty()) return mark;
  for (Column& column : columns) {
    for (Cell& cell : column.cells) {
      if (!cell.textbook.empty()) cell.textbook += " " + cell.textbook_mark;
    }
  }
  return {};
}

std::size_t width_of(const Column& column) {
  std::size_t width =
      std::max(display_width(column.about->title), display_width(column.subtitle()));
  for (const Cell& cell : column.cells) {
    for (const std::string* text : {&cell.text.figure, &cell.text.certainty, &cell.textbook}) {
      width = std::max(width, display_width(*text));
    }
  }
  return width;
}

/// False if the columns are wider than the page; else the room left over is shared out.
bool lay_out(std::vector<Column>& columns, std::size_t page_width) {
  std::size_t used = label_width;
  for (Column& column : columns) {
    column.width = width_of(column);
    used += 1 + column.width;
  }
  if (used > page_width) return false;
  constexpr std::size_t widest = 22;  // further apart, the eye loses the row
  while (used < page_width) {
    auto narrowest = std::ranges::min_element(columns, {}, &Column::width);
    if (narrowest->width >= widest) break;
    ++narrowest->width;
    ++used;
  }
  return true;
}

template <class Text>
std::vector<Page::Cell> line_of(const std::vector<Column>& columns, std::string label, Tone tone,
                                const Text& text) {
  std::vector<Page::Cell> line{{.text = std::move(label), .width = label_width, .tone = tone}};
  for (const Column& column : columns) {
    auto [content, content_tone] = text(column);
    line.push_back({.text = std::move(content), .width = column.width, .tone = content_tone});
  }
  return line;
}

using Painted = std::pair<std::string, Tone>;

template <class Is>
bool any_cell(const std::vector<Column>& columns, std::size_t strategy, const Is& is) {
  return std::ranges::any_of(columns,
                             [&](const Column& column) { return is(column.cells[strategy]); });
}

void table(Page& page, const Results& results, const std::vector<Column>& columns,
           const std::string& textbook_mark) {
  page.row(line_of(columns, "", Tone::plain, [](const Column& column) {
    return Painted{std::string{column.about->title}, Tone::plain};
  }));
  page.row(line_of(columns, "", Tone::plain, [](const Column& column) {
    return Painted{column.subtitle(), Tone::faint};
  }));
  page.rule();
  const bool inline_names = std::ranges::all_of(results.strategies, [](const auto& strategy) {
    return display_width(strategy.name) <= label_width;
  });
  for (std::size_t i = 0; i < results.strategies.size(); ++i) {
    const std::string& name = results.strategies[i].name;
    if (!inline_names) page.paragraph(name, Tone::strong);
    page.row(line_of(columns, inline_names ? name : "", Tone::strong, [&](const Column& column) {
      return Painted{column.cells[i].text.figure, Tone::strong};
    }));
    if (any_cell(columns, i, [](const Cell& cell) { return !cell.text.certainty.empty(); })) {
      page.row(line_of(columns, "", Tone::plain, [&](const Column& column) {
        return Painted{column.cells[i].text.certainty, column.cells[i].tone};
      }));
    }
    if (!any_cell(columns, i, [](const Cell& cell) { return !cell.textbook.empty(); })) continue;
    const std::string label = "  textbook" + (textbook_mark.empty() ? "" : " " + textbook_mark);
    page.row(line_of(columns, label, Tone::faint, [&](const Column& column) {
      return Painted{column.cells[i].textbook, Tone::faint};
    }));
  }
}

void list(Page& page, const Results& results, const std::vector<Column>& columns) {
  for (std::size_t i = 0; i < results.strategies.size(); ++i) {
    page.paragraph(results.strategies[i].name, Tone::strong);
    for (const Column& column : columns) {
      const Cell& cell = column.cells[i];
      std::string text = cell.text.figure;
      if (!cell.text.certainty.empty()) text += ", " + cell.text.certainty;
      if (!cell.textbook.empty()) text += "; textbook " + cell.textbook;
      page.item("  " + std::string{column.about->title} + " " + column.subtitle() + ": ", text,
                Tone::faint);
    }
  }
}

}  // namespace

void figure_table(Page& page, const Results& results, std::span<const FigureColumn> columns,
                  Footnotes& footnotes) {
  std::vector<Column> filled;
  for (const FigureColumn& about : columns) {
    if (auto column = column_of(results, about, footnotes)) filled.push_back(std::move(*column));
  }
  const std::string textbook_mark = hoist_textbook_mark(filled);
  if (lay_out(filled, page.width())) {
    table(page, results, filled, textbook_mark);
  } else {
    list(page, results, filled);
  }
}

}  // namespace reports
