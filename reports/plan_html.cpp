#include <fmt/format.h>

#include <algorithm>

#include "models/planning/read_plan.h"
#include "reports/html_page.h"
#include "reports/plan_cells.h"
#include "reports/plan_figures.h"
#include "reports/plan_report.h"
#include "reports/provenance.h"

namespace reports {
namespace {

namespace mp = models::planning;
using Results = mp::PlanResults;

ReportCell number(double value, int digits) {
  const std::string text = fmt::format("{:.{}f}", value, digits);
  return {{text, text}, value};
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
  for (const mp::Source& source : r.plan.demand.sources) {
    table.rows.push_back({word_cell(source.name), number(source.objects_per_year, 0),
                          number(source.size.value / 1e6, 1), number(source.lossless_ratio, 2),
                          number(source.stock / models::terabyte, 2)});
  }
  return table;
}

ReportTable prices_table(const Results& r) {
  ReportTable table{
      "prices",
      {"Prices of the book, " + r.plan.prices.currency, "价格表（" + r.plan.prices.currency + "）"},
      {{"price", {"price", "价格"}},
       {"amount", {"amount", "金额"}},
       {"unit", {"unit", "单位"}},
       {"source", {"source", "来源"}}},
      {},
      {}};
  for (const auto& [key, item] : r.plan.prices.items) {
    table.rows.push_back({word_cell(key), number(item.price, item.price < 10 ? 3 : 0),
                          word_cell(item.unit), word_cell(item.source)});
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
                    {"Every number of a plan is an editable planning value.",
                     "计划中的每个数字均为可编辑的规划值。"}};
  for (const auto& input : r.plan.uncertain) {
    table.rows.push_back({{input_words(r.plan, input.path)},
                          word_cell(mp::input_text(r.plan, input, input.low)),
                          word_cell(mp::input_text(r.plan, input, input.value)),
                          word_cell(mp::input_text(r.plan, input, input.high)),
                          word_cell(input.source)});
  }
  page.heading({"Assumptions", "假设"});
  page.table(demand_table(r));
  if (!table.rows.empty()) page.table(table);
  if (r.plan.origin != nullptr) place_sources(page, r.plan.origin->text);
  page.table(prices_table(r));
}

void figures(HtmlPage& page, const Results& r) {
  page.heading({"Figures", "图"});
  const std::vector<std::string> english = plan_figures(r, Language::english);
  const std::vector<std::string> chinese = plan_figures(r, Language::chinese);
  for (std::size_t i = 0; i < english.size(); ++i) page.figure({english[i], chinese[i]});
}

}  // namespace

std::string plan_html(const Results& r, const Provenance& provenance, Language opens_in) {
  HtmlPage page({"Holdfast plan: " + r.plan.name, "Holdfast 规划：" + r.plan.name});
  page.paragraph({r.plan.description, ""});
  page.paragraph(
      {fmt::format("Question: which design keeps these data within every target for the least "
                   "money, {} to {}?",
                   r.plan.first_year, r.plan.first_year + r.plan.years - 1),
       fmt::format("问题：{} 至 {} 年，哪种方案以最低费用满足全部目标？", r.plan.first_year,
                   r.plan.first_year + r.plan.years - 1)});
  page.paragraph(plan_verdict(r), "verdict");
  const std::vector<ReportTable> tables = plan_tables(r);
  const auto place_tables = [&](std::initializer_list<std::string_view> ids) {
    for (const std::string_view id : ids) {
      const auto found = std::ranges::find(tables, id, &ReportTable::id);
      if (found != tables.end()) page.table(*found);
    }
  };
  place_tables({"targets", "cost"});
  page.figure({payments_figure(r, Language::english), payments_figure(r, Language::chinese)});
  page.new_sheet();
  page.heading({"Comparison", "比较"});
  place_tables({"cheaper", "relaxed", "front"});
  figures(page, r);
  page.heading({"Year by year", "逐年"});
  place_tables({"capacity", "waterfall", "purchases", "hardware", "cash"});
  page.heading({"Loss by cause", "丢失原因"});
  place_tables({"causes"});
  page.heading({"Sensitivity", "敏感性"});
  place_tables({"tornado", "cloud"});
  assumptions(page, r);
  page.heading({"Not modelled", "未建模"});
  page.list(r.not_modelled);
  place(page, provenance);
  return std::move(page).take(opens_in);
}

std::string plan_html(const Results& r, Language opens_in) {
  const Provenance provenance{.command = plan_command(r),
                              .sha256 = r.plan.sha256,
                              .seed = r.seed,
                              .text = r.plan.origin != nullptr ? r.plan.origin->text : ""};
  return plan_html(r, provenance, opens_in);
}

}  // namespace reports
