#include "reports/lifecycle_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "reports/footnotes.h"
#include "reports/page.h"
#include "reports/words/display_width.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

using models::lifecycle::DrillReport;
using models::study::Cell;
using models::study::LifecycleReport;
using models::study::Row;
using models::study::Table;

constexpr std::size_t name_width = 22;

struct FormOf {
  std::string_view unit;
  Form form;
};
constexpr std::array forms{FormOf{"share", Form::share},
                           FormOf{"bytes", Form::bytes},
                           FormOf{"probability", Form::probability},
                           FormOf{"objects/object-year", Form::probability},
                           FormOf{"year_share", Form::year_share},
                           FormOf{"hours", Form::hours},
                           FormOf{"money", Form::money},
                           FormOf{"count", Form::number}};

std::string time_text(double seconds) {
  return std::isfinite(seconds) ? duration_text(seconds) : "never";
}

EstimateText times(const sim::Estimate& estimate) {
  if (!estimate.value) return estimate_text(estimate, Form::number);
  EstimateText text{time_text(*estimate.value), {}};
  const std::string low = time_text(estimate.ci95.low);
  const std::string high = time_text(estimate.ci95.high);
  if (low != high) text.certainty = fmt::format("{} to {}", low, high);
  return text;
}

}  // namespace

EstimateText lifecycle_figure(const sim::Estimate& estimate, std::string_view unit) {
  if (unit == "s") return times(estimate);
  const double value = estimate.value.value_or(0.5);
  const bool counted = estimate.method == sim::Method::arithmetic && value == std::floor(value);
  if (unit == "count" && counted && value < 1e15) {
    return {grouped(static_cast<std::uint64_t>(value)), {}};
  }
  const auto* found = std::ranges::find(forms, unit, &FormOf::unit);
  return estimate_text(estimate, found == forms.end() ? Form::number : found->form);
}

namespace {

/// A table as texts, and how wide each column is.
struct Shown {
  std::vector<std::vector<EstimateText>> cells;  ///< by row
  std::vector<std::size_t> widths;
};

Shown show(const Table& table, Footnotes& footnotes) {
  Shown shown;
  for (const auto& column : table.columns) shown.widths.push_back(display_width(column.title));
  for (const Row& row : table.rows) {
    std::vector<EstimateText> texts;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const Cell& cell = row.cells[i];
      EstimateText text{cell.words, {}};
      if (cell.figure) {
        text = lifecycle_figure(*cell.figure, table.columns[i].unit);
        text.figure += " " + footnotes.mark(*cell.figure);
      }
      shown.widths[i] =
          std::max({shown.widths[i], display_width(text.figure), display_width(text.certainty)});
      texts.push_back(std::move(text));
    }
    shown.cells.push_back(std::move(texts));
  }
  return shown;
}

/// Columns from `first` on that fit beside the names.
std::size_t end_of_block(const Shown& shown, std::size_t first, std::size_t page_width) {
  std::size_t used = name_width;
  std::size_t end = first;
  while (end < shown.widths.size() &&
         (end == first || used + 1 + shown.widths[end] <= page_width)) {
    used += 1 + shown.widths[end++];
  }
  return end;
}

void block(Page& page, const Table& table, const Shown& shown, std::size_t first, std::size_t end) {
  std::vector<Page::Cell> titles{{.text = "", .width = name_width}};
  for (std::size_t i = first; i < end; ++i) {
    titles.push_back({table.columns[i].title, shown.widths[i], Tone::faint});
  }
  page.row(titles);
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const std::string& name = table.rows[r].name;
    const bool long_name = display_width(name) > name_width;
    if (long_name) page.paragraph(name);
    std::vector<Page::Cell> figures{{.text = long_name ? "" : name, .width = name_width}};
    std::vector<Page::Cell> certainty{{.text = "", .width = name_width}};
    bool any = false;
    for (std::size_t i = first; i < end; ++i) {
      const EstimateText& text = shown.cells[r][i];
      figures.push_back({text.figure, shown.widths[i], Tone::strong});
      certainty.push_back({text.certainty, shown.widths[i], Tone::faint});
      any = any || !text.certainty.empty();
    }
    page.row(figures);
    if (any) page.row(certainty);
  }
}

void add(Page& page, const Table& table) {
  page.heading(table.title);
  Footnotes footnotes;
  const Shown shown = show(table, footnotes);
  for (std::size_t first = 0; first < shown.widths.size();) {
    const std::size_t end = end_of_block(shown, first, page.width());
    if (first > 0) page.blank();
    block(page, table, shown, first, end);
    first = end;
  }
  page.rule();
  for (const auto& note : footnotes.notes()) page.item(note.mark + " ", note.text, Tone::faint);
  for (const std::string& note : table.notes) page.paragraph(note, Tone::faint);
}

void add(Page& page, const std::vector<DrillReport>& drills) {
  if (drills.empty()) return;
  page.heading("The same policies over real bytes, with a crash at every step");
  page.row({{"", 32},
            {"Courses", 9, Tone::faint},
            {"Crashes", 9, Tone::faint},
            {"Compared", 12, Tone::faint},
            {"Verdict", 8, Tone::faint}});
  for (const DrillReport& drill : drills) {
    page.row({{drill.name, 32},
              {grouped(drill.courses), 9},
              {grouped(drill.crashes), 9},
              {value_text(static_cast<double>(drill.bytes_compared), Form::bytes), 12},
              {drill.passed() ? "passed" : "FAILED", 8, drill.passed() ? Tone::good : Tone::bad}});
    for (const std::string& violation : drill.violations) page.item("  - ", violation, Tone::bad);
  }
}

}  // namespace

std::string lifecycle_text(const LifecycleReport& report, const TextOptions& options) {
  Page page(options);
  page.paragraph(report.scenario, Tone::strong);
  page.paragraph("What moves data, copies them away and brings them back");
  for (const Table& table : report.tables) add(page, table);
  add(page, report.drills);
  page.blank();
  std::string again = fmt::format("Seed {}.", report.seed);
  if (!report.currency.empty()) again += fmt::format(" Money in {}.", report.currency);
  page.paragraph(again, Tone::faint);
  return page.take();
}

}  // namespace reports
