#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/chart_svg.h"
#include "reports/fit_text.h"
#include "reports/html_page.h"
#include "reports/provenance.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

using models::records::Analysis;
using models::records::date_text;
using models::records::day_of;
using models::records::HazardPart;

std::string digits(double value) { return value_text(value, Form::number); }

std::string interval(const sim::Interval& range, double factor = 1) {
  const auto end = [&](double value) {
    return std::isfinite(value) ? digits(value * factor) : std::string{"open"};
  };
  return fmt::format("[{}, {}]", end(range.low), end(range.high));
}

std::string p_text(double p) { return p < 1e-4 ? "< 0.0001" : fmt::format("{:.2g}", p); }

ReportCell number_cell(double value, std::string text) { return {{std::move(text), {}}, value}; }

ReportTable rates_table(const Analysis& analysis) {
  ReportTable table{"rates",
                    {"How often they fail", "故障频率"},
                    {{"period", {"", ""}},
                     {"failures", {"failures", "故障"}},
                     {"unit_years", {"unit-years", "单元·年"}},
                     {"rate", {"a year", "每年"}, "%"},
                     {"ci95", {"95 %", "95%"}}},
                    {},
                    {}};
  const auto add = [&](const models::records::RateRow& row) {
    table.rows.push_back({word_cell(row.name),
                          number_cell(row.count.failures, digits(row.count.failures)),
                          number_cell(row.count.unit_years, digits(row.count.unit_years)),
                          number_cell(100 * *row.rate.value, digits(100 * *row.rate.value)),
                          word_cell(interval(row.rate.ci95, 100))});
  };
  add({"all", analysis.all, analysis.rate});
  for (const auto& row : analysis.by_year) add(row);
  return table;
}

ReportTable hazard_table(const models::records::HazardModel& model) {
  ReportTable table{"hazard",
                    {"Single failures: age law x calendar x frailty of places",
                     "单个故障：年龄规律 × 日历效应 × 位置脆弱性"},
                    {{"part", {"part", "部分"}},
                     {"size", {"size, 95 %", "大小，95%"}},
                     {"p", {"p", "p"}},
                     {"found", {"", ""}},
                     {"note", {"note", "说明"}}},
                    {},
                    {"Age: shape of a Weibull law, 1 for no ageing. Else the standard deviation of "
                     "factors whose mean is 1.",
                     "年龄：威布尔形状参数，1 表示无老化。其余：均值为 1 的因子的标准差。"}};
  const auto add = [&](const HazardPart& part, const std::string& name) {
    const std::string size = part.size.value
                                 ? digits(*part.size.value) + " " + interval(part.size.ci95)
                                 : std::string{"not known"};
    table.rows.push_back({word_cell(name), word_cell(size),
                          part.identified ? number_cell(part.p, p_text(part.p)) : word_cell(""),
                          word_cell(part.found() ? "found" : ""), word_cell(part.why)});
  };
  add(model.age, "age");
  add(model.calendar, "calendar");
  for (const HazardPart& place : model.places) add(place, "frailty of " + place.name + "s");
  return table;
}

std::string calendar_chart(const models::records::HazardModel& model, Language language) {
  std::vector<std::string> labels;
  ChartSeries seen{"single failures", {}};
  ChartSeries expected{"without a calendar effect", {}};
  for (const auto& level : model.levels) {
    labels.push_back(date_text(day_of(level.from)));
    seen.values.push_back(level.failures);
    expected.values.push_back(level.expected);
  }
  const Words title{"Single failures of each four weeks", "每四周的单个故障数"};
  return labels.size() < 2 ? "" : line_chart(title.in(language), labels, {seen, expected});
}

ReportTable check_table(const Analysis& analysis) {
  ReportTable table{"posterior_check",
                    {"Does a scenario with the fitted sections make records like this one?",
                     "按拟合结果模拟的场景能重现这样的记录吗？"},
                    {{"feature", {"feature", "特征"}},
                     {"seen", {"record", "记录"}},
                     {"simulated", {"simulated 95 %", "模拟 95%"}},
                     {"p", {"p", "p"}},
                     {"verdict", {"", ""}}},
                    {},
                    {}};
  for (const auto& check : analysis.posterior_check) {
    table.rows.push_back({word_cell(fmt::format("{} ({})", check.feature, check.unit)),
                          number_cell(check.seen, digits(check.seen)),
                          word_cell(interval(check.range95)),
                          number_cell(check.p_value, p_text(check.p_value)),
                          word_cell(check.reproduced() ? "" : "not reproduced")});
  }
  return table;
}

/// Where the record lies among the simulated windows: -1 and 1 are the ends of their middle 95 %.
std::string check_chart(const Analysis& analysis, Language language) {
  std::vector<ChartSpan> spans;
  for (const auto& check : analysis.posterior_check) {
    const double half = 0.5 * (check.range95.high - check.range95.low);
    const double middle = 0.5 * (check.range95.high + check.range95.low);
    constexpr double farthest = 5;  // what lies beyond is outside, however far
    const double at = half > 0 ? std::clamp((check.seen - middle) / half, -farthest, farthest) : 0;
    spans.push_back({fmt::format("{}, p {}", check.feature, p_text(check.p_value)),
                     std::min(at, 0.0), std::max(at, 0.0)});
  }
  const Words title{"The record among simulated windows: -1 to 1 is their middle 95 %",
                    "记录在模拟窗口中的位置：−1 至 1 为中间 95%"};
  return spans.empty() ? "" : span_chart(title.in(language), 0, spans);
}

Words verdict_of(const Analysis& analysis) {
  std::string missed;
  for (const auto& check : analysis.posterior_check) {
    if (!check.reproduced()) missed += (missed.empty() ? "" : "; ") + check.feature;
  }
  const std::string law =
      analysis.scenario.law
          ? fmt::format("A {} law of single failures may stand in a scenario.",
                        to_string(analysis.scenario.law->kind))
          : std::string{"No law of life may stand in a scenario: the mean rate, or a replay."};
  if (analysis.posterior_check.empty()) return {law, {}};
  return {law + (missed.empty() ? " Simulated windows are like the record in every feature."
                                : " Simulated windows are not like the record in: " + missed + "."),
          {}};
}

}  // namespace

std::string fit_html(const Analysis& analysis, const Provenance& provenance, Language opens_in) {
  HtmlPage page({"Holdfast fit: " + analysis.file, "Holdfast 拟合：" + analysis.file});
  page.paragraph(
      {fmt::format("Question: which model makes records like this one? {} failures in {} "
                   "unit-years.",
                   grouped(analysis.rate.replicates), digits(analysis.all.unit_years)),
       fmt::format("问题：哪种模型能产生这样的记录？{} 次故障，{} 单元·年。",
                   grouped(analysis.rate.replicates), digits(analysis.all.unit_years))});
  page.paragraph(verdict_of(analysis), "verdict");
  page.table(rates_table(analysis));
  if (const auto& hazard = analysis.scenario.hazard) {
    page.table(hazard_table(*hazard));
    page.figure(
        {calendar_chart(*hazard, Language::english), calendar_chart(*hazard, Language::chinese)});
  }
  if (!analysis.posterior_check.empty()) {
    page.new_sheet();
    page.table(check_table(analysis));
    page.figure(
        {check_chart(analysis, Language::english), check_chart(analysis, Language::chinese)});
  }
  page.heading({"For a scenario", "用于场景"});
  page.code(analysis.fragment);
  page.heading({"Taken for granted", "前提"});
  std::vector<std::string> words = analysis.assumptions;
  words.insert(words.end(), analysis.warnings.begin(), analysis.warnings.end());
  page.list(words);
  place(page, provenance);
  return std::move(page).take(opens_in);
}

}  // namespace reports
