#include <fmt/format.h>

#include <algorithm>

#include "holdfast_version.h"
#include "models/planning/read_plan.h"
#include "reports/chart_svg.h"
#include "reports/html_page.h"
#include "reports/plan_report.h"

namespace reports {
namespace {

namespace mp = models::planning;
using Results = mp::PlanResults;

std::vector<std::string> years_of(const Results& r) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < r.sizes.size(); ++i) {
    labels.push_back(std::to_string(r.plan.first_year + static_cast<int>(i)));
  }
  return labels;
}

std::string capacity_chart(const Results& r) {
  std::vector<ChartSeries> series{
      {"logical", {}}, {"with redundancy", {}}, {"raw", {}}, {"cloud", {}}};
  for (std::size_t i = 0; i < r.sizes.size(); ++i) {
    series[0].values.push_back(r.demand[i].stored() / models::terabyte);
    series[1].values.push_back(r.sizes[i].redundant_tb);
    series[2].values.push_back(r.sizes[i].raw_tb);
    series[3].values.push_back(r.sizes[i].cloud_tb);
  }
  return line_chart("Capacity, TB / 容量", years_of(r), series);
}

std::string cash_chart(const Results& r) {
  std::vector<ChartSeries> series{{"capital", {}}, {"running", {}}};
  for (const auto& cash : r.cash.years) {
    series[0].values.push_back(cash.capital());
    series[1].values.push_back(cash.running());
  }
  return bar_chart("Payments, " + r.plan.prices.currency + " / 支出", years_of(r), series);
}

std::string front_chart(const Results& r) {
  std::vector<ChartPoint> points;
  const auto add = [&](const mp::Candidate& one, const std::string& name, bool marked) {
    points.push_back({one.screened.net_present, one.judged.nines,
                      fmt::format("{}: {:.2f} nines, rebuild {:.1f} h", name, one.judged.nines,
                                  one.judged.rebuild_hours),
                      marked});
  };
  for (std::size_t i = 0; i < r.search.front.size(); ++i) {
    add(r.search.front[i], r.front_names[i], false);
  }
  if (r.search.winner) add(*r.search.winner, r.shown_name, true);
  return point_chart("Front: cost against nines; the recommended design is filled / 前沿",
                     "net present value, " + r.plan.prices.currency, "nines", points);
}

std::string tornado_chart(const Results& r) {
  std::vector<ChartSpan> spans;
  constexpr std::size_t most = 12;
  for (std::size_t i = 0; i < std::min(most, r.tornado.size()); ++i) {
    spans.push_back({r.tornado[i].input, r.tornado[i].cost_low, r.tornado[i].cost_high});
  }
  return span_chart("Cost with one input at its low (dark) and high (light) end / 敏感性",
                    r.cash.net_present, spans);
}

ReportTable demand_table(const Results& r) {
  ReportTable table{"demand",
                    {"Demand of the first year", "首年需求"},
                    {{"source", {"source", "来源"}},
                     {"objects", {"objects", "对象数"}},
                     {"size", {"mean size, MB", "平均大小 MB"}, "MB"},
                     {"ratio", {"lossless ratio", "无损压缩比"}},
                     {"stock", {"stock, TB", "存量 TB"}, "TB"}},
                    {},
                    {}};
  const auto number = [](double value, int digits) {
    const std::string text = fmt::format("{:.{}f}", value, digits);
    return ReportCell{{text, text}, value};
  };
  for (const mp::Source& source : r.plan.demand.sources) {
    table.rows.push_back({word_cell(source.name), number(source.objects_per_year, 0),
                          number(source.size.value / 1e6, 1), number(source.lossless_ratio, 2),
                          number(source.stock / models::terabyte, 2)});
  }
  return table;
}

void assumptions(HtmlPage& page, const Results& r) {
  ReportTable table{"uncertain",
                    {"Assumptions in doubt, with their sources", "不确定的假设及来源"},
                    {{"input", {"input", "输入"}},
                     {"low", {"lowest", "最低"}},
                     {"stated", {"stated", "采用"}},
                     {"high", {"highest", "最高"}},
                     {"source", {"source", "来源"}}},
                    {},
                    {"Every number of a plan is an editable planning value; the file below carries "
                     "each section's source and confidence.",
                     "计划中的每个数字均可编辑；下方嵌入的文件给出各部分来源与可信度。"}};
  for (const auto& input : r.plan.uncertain) {
    table.rows.push_back(
        {word_cell(input.path), word_cell(mp::input_text(r.plan, input, input.low)),
         word_cell(mp::input_text(r.plan, input, input.value)),
         word_cell(mp::input_text(r.plan, input, input.high)), word_cell(input.source)});
  }
  page.heading({"Assumptions", "假设"});
  page.table(demand_table(r));
  if (!table.rows.empty()) page.table(table);
}

void figures(HtmlPage& page, const Results& r) {
  page.heading({"Figures", "图"});
  if (!r.sizes.empty()) page.figure(capacity_chart(r));
  if (!r.sizes.empty()) page.figure(cash_chart(r));
  if (!r.search.front.empty()) page.figure(front_chart(r));
  if (!r.tornado.empty()) page.figure(tornado_chart(r));
}

}  // namespace

std::string plan_html(const Results& r) {
  HtmlPage page({"Holdfast plan: " + r.plan.name, "Holdfast 规划：" + r.plan.name});
  page.paragraph({r.plan.description, r.plan.description});
  page.paragraph(
      {"Question: which design keeps these data within every target for the least money?",
       "问题：哪种方案以最低费用满足全部目标？"});
  page.paragraph(plan_verdict(r), "verdict");
  const std::vector<ReportTable> tables = plan_tables(r);
  const auto place = [&](std::initializer_list<std::string_view> ids) {
    for (const std::string_view id : ids) {
      const auto found = std::ranges::find(tables, id, &ReportTable::id);
      if (found != tables.end()) page.table(*found);
    }
  };
  place({"targets", "cost"});
  page.heading({"Comparison", "比较"});
  place({"cheaper", "relaxed", "front"});
  figures(page, r);
  page.heading({"Year by year", "逐年"});
  place({"capacity", "hardware", "cash"});
  page.heading({"Sensitivity", "敏感性"});
  place({"tornado", "cloud"});
  assumptions(page, r);
  page.heading({"Not modelled", "未建模"});
  page.list(r.not_modelled);
  page.heading({"The same again", "复现"});
  page.code(plan_command(r));
  page.paragraph({fmt::format("holdfast {} ({}), plan sha256 {}, seed {}", holdfast::version,
                              holdfast::commit, r.plan.sha256, r.seed),
                  ""},
                 "note");
  if (r.plan.origin != nullptr) {
    page.details({"The plan itself", "计划文件"}, r.plan.origin->text);
  }
  return std::move(page).take();
}

}  // namespace reports
