#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/chart_svg.h"
#include "reports/chinese.h"
#include "reports/html_page.h"
#include "reports/lifecycle_text.h"
#include "reports/provenance.h"

namespace reports {
namespace {

using models::study::LifecycleReport;

ReportCell figure_cell(const models::study::Cell& cell, std::string_view unit) {
  if (!cell.figure) return word_cell(cell.words);
  const std::string both = on_one_line(lifecycle_figure(*cell.figure, unit));
  return {{both, both}, cell.figure->value};
}

std::string joined(const std::vector<std::string>& notes) {
  std::string text;
  for (const std::string& note : notes) text += (text.empty() ? "" : " ") + note;
  return text;
}

ReportTable table_of(const models::study::Table& from) {
  ReportTable table{
      from.id, in_both(from.title), {{"name", {"", ""}}}, {}, {joined(from.notes), ""}};
  for (const auto& column : from.columns) {
    table.columns.push_back({column.id, in_both(column.title), column.unit});
  }
  for (const auto& row : from.rows) {
    std::vector<ReportCell> cells{word_cell(row.name)};
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      cells.push_back(figure_cell(row.cells[i], from.columns[i].unit));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

// The first figure that several rows of a table have.
std::string chart_of(const models::study::Table& table, Language language) {
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    std::vector<std::string> names;
    ChartSeries values{"", {}};
    for (const auto& row : table.rows) {
      const auto& figure = row.cells[c].figure;
      if (!figure || !figure->value || !std::isfinite(*figure->value)) continue;
      names.push_back(in_both(row.name).in(language));
      values.values.push_back(std::max(0.0, *figure->value));
    }
    const bool any = std::ranges::any_of(values.values, [](double value) { return value > 0; });
    if (names.size() < 2 || !any) continue;
    const std::string unit = in_both(table.columns[c].unit).in(language);
    return row_chart(fmt::format("{}: {} ({})", in_both(table.title).in(language),
                                 in_both(table.columns[c].title).in(language), unit),
                     names, {values});
  }
  return {};
}

ReportTable drills_table(const LifecycleReport& report) {
  ReportTable table{"drills",
                    {"The policies drilled over real bytes", "策略在真实字节上的演练"},
                    {{"drill", {"drill", "演练"}},
                     {"courses", {"courses", "次数"}},
                     {"crashes", {"crashes", "崩溃"}},
                     {"states", {"states read back", "读回的状态"}},
                     {"violations", {"violations", "违反"}},
                     {"verdict", {"verdict", "判定"}}},
                    {},
                    {}};
  const auto count = [](std::uint64_t number) {
    const std::string text = grouped(number);
    return ReportCell{{text, text}, static_cast<double>(number)};
  };
  for (const auto& drill : report.drills) {
    table.rows.push_back({word_cell(drill.name), count(drill.courses), count(drill.crashes),
                          count(drill.states_checked), count(drill.violation_count),
                          word_cell(drill.passed() ? "passed" : "FAILED")});
  }
  return table;
}

}  // namespace

std::string lifecycle_html(const LifecycleReport& report, const Provenance& provenance,
                           Language opens_in) {
  HtmlPage page(
      {"Holdfast lifecycle: " + report.scenario, "Holdfast 生命周期：" + report.scenario});
  page.paragraph(
      {"Question: what moves between forms, tiers and sites over the years, what is lost "
       "in an incident, and what comes back when?",
       "问题：多年间数据在形式、层级与站点之间如何移动，事故中丢失什么、何时恢复？"});
  page.paragraph(report.passed()
                     ? Words{"Every drill of these policies passed.", "各策略演练均通过。"}
                     : Words{"A DRILL FAILED: see below.", "有演练失败，见下。"},
                 "verdict");
  if (report.interrupted) {
    page.paragraph(
        {"INTERRUPTED: tables that were not finished are missing.", "已中断：缺少未完成的表。"});
  }
  for (const auto& table : report.tables) {
    page.table(table_of(table));
    page.figure({chart_of(table, Language::english), chart_of(table, Language::chinese)});
  }
  page.table(drills_table(report));
  for (const auto& drill : report.drills) page.list(drill.violations);
  place_sources(page, provenance.text);
  place(page, provenance);
  return std::move(page).take(opens_in);
}

}  // namespace reports
