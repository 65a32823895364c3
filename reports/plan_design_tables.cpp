#include <fmt/format.h>

#include <array>
#include <cmath>

#include "reports/plan_cells.h"

namespace reports {
namespace {

namespace mp = models::planning;
using Results = mp::PlanResults;

std::vector<ReportCell> design_row(const Results& r, const mp::Candidate& one,
                                   const std::string& name) {
  const bool played = one.confirmed && one.confirmed->fault.empty();
  return {{design_words(r.plan, one.design, name)},
          plan_cell(one.screened.net_present),
          plan_cell(one.judged.nines, 2),
          plan_cell(one.judged.rebuild_hours, 1),
          {missed_words(one.judged.failed)},
          {played ? Words{"simulated", "仿真"} : Words{"chain", "解析"}}};
}

std::vector<ReportColumn> design_columns(const std::string& currency) {
  return {
      {"design", {"design", "方案"}},
      {"net_present", {"net present value, " + currency, "净现值（" + currency + "）"}, currency},
      {"nines", {"nines", "9的个数"}},
      {"rebuild", {"rebuild, h", "重建（小时）"}, "h"},
      {"missed", {"targets missed", "未满足目标"}},
      {"by", {"by", "方法"}}};
}

ReportTable cheaper_table(const Results& r) {
  ReportTable table{"cheaper",
                    {"Why the next cheaper designs fail", "为何更便宜的方案不行"},
                    design_columns(r.plan.prices.currency),
                    {},
                    {}};
  for (std::size_t i = 0; i < r.search.cheaper.size(); ++i) {
    auto row = design_row(r, r.search.cheaper[i], r.cheaper_names[i]);
    // The column of what is missed.
    const std::string& reason = r.cheaper_reasons[i];
    constexpr std::size_t missed = 4;
    if (!reason.empty()) {
      row[missed].text.en += " (" + reason + ")";
      row[missed].text.zh += "（" + reason + "）";
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

ReportTable front_table(const Results& r) {
  ReportTable table{"front",
                    {"Front of cost, nines and rebuild time", "费用–持久性–重建时间前沿"},
                    design_columns(r.plan.prices.currency),
                    {},
                    {"By the chain, moved as far as the full model was off for designs with the "
                     "same codes and places.",
                     "解析模型结果，并按同类方案的仿真偏差修正。"}};
  for (std::size_t i = 0; i < r.search.front.size(); ++i) {
    table.rows.push_back(design_row(r, r.search.front[i], r.front_names[i]));
  }
  return table;
}

ReportCell relaxed_cell(const Results& r, std::size_t i) {
  const auto& cheapest = r.search.relaxed[i].cheapest;
  if (!cheapest) return word_cell("-");
  return {design_words(r.plan, cheapest->design, r.relaxed_names[i])};
}

ReportTable relaxed_table(const Results& r) {
  ReportTable table{"relaxed",
                    {"What each target costs", "各目标的代价"},
                    {{"target", {"without the target", "放弃的目标"}},
                     {"saving", {"saves", "节省"}, r.plan.prices.currency},
                     {"design", {"then cheapest", "此时最便宜的方案"}}},
                    {},
                    {"Net present value; cheapest that meets all other targets, screened.",
                     "净现值；满足其余目标的最便宜方案（解析筛选）。"}};
  for (std::size_t i = 0; i < r.search.relaxed.size(); ++i) {
    const auto& one = r.search.relaxed[i];
    table.rows.push_back({{target_words(one.target)}, plan_cell(one.saving), relaxed_cell(r, i)});
  }
  return table;
}

ReportTable tornado_table(const Results& r) {
  const std::string& currency = r.plan.prices.currency;
  ReportTable table{
      "tornado",
      {"Sensitivity: one input at a time", "敏感性：逐项变动"},
      {{"input", {"input", "输入"}},
       {"low", {"low", "低"}},
       {"high", {"high", "高"}},
       {"cost_low", {"cost at low", "低值费用"}, currency},
       {"cost_high", {"cost at high", "高值费用"}, currency},
       {"nines_low", {"nines at low", "低值9"}},
       {"nines_high", {"nines at high", "高值9"}}},
      {},
      {"Inputs at 2.5 % and 97.5 % of what the plan says of them; nines by the chain.",
       "输入取计划所给范围的 2.5% 与 97.5%；9的个数为解析值。"}};
  for (const auto& swing : r.tornado) {
    table.rows.push_back({{input_words(r.plan, swing.input)},
                          word_cell(swing.low),
                          word_cell(swing.high),
                          plan_cell(swing.cost_low),
                          plan_cell(swing.cost_high),
                          plan_cell(swing.nines_low, 2),
                          plan_cell(swing.nines_high, 2)});
  }
  return table;
}

ReportTable cloud_table(const Results& r) {
  ReportTable table{"cloud",
                    {"What would have to be true for the cloud to be cheaper", "云端更便宜的条件"},
                    {{"input", {"input", "输入"}}, {"factor", {"times the stated value", "倍数"}}},
                    {},
                    {}};
  if (!r.cloud) return table;
  const bool cheaper = r.cloud->cloud < r.cloud->own;
  table.note.en = fmt::format(
      "Cheapest design without machines: {} for {} {}, against {}: {}. Its durability is the "
      "vendor's claim. At the factor told both cost the same; 'none': no value from 1/100 to 100 "
      "times turns the answer.",
      r.cloud->design, plan_number(r.cloud->cloud, 0), r.plan.prices.currency,
      plan_number(r.cloud->own, 0), cheaper ? "it is cheaper as things stand" : "it is dearer");
  table.note.zh = fmt::format(
      "无自有设备的最便宜方案净现值 {}，本方案 {}：{}。其持久性为厂商声明。倍数处两者费用相同。",
      plan_number(r.cloud->cloud, 0), plan_number(r.cloud->own, 0),
      cheaper ? "按现值云端更便宜" : "云端更贵");
  for (const auto& one : r.cloud->inputs) {
    table.rows.push_back({word_cell(one.input), one.factor
                                                    ? plan_cell(*one.factor, 3)
                                                    : ReportCell{{"none", "无"}, std::nullopt}});
  }
  return table;
}

ReportTable causes_table(const Results& r) {
  ReportTable table{
      "causes",
      {"What ends data in the design shown", "所示方案的丢失原因"},
      {{"cause", {"cause", "原因"}}, {"share", {"share, %", "占比 %"}, "%"}},
      {},
      {"By the event that ended data, in the tier that decides durability; simulated.",
       "按终结数据的事件，取决定持久性的层；仿真结果。"}};
  if (!r.shown || !r.shown->confirmed) return table;
  for (const auto& [cause, share] : r.shown->confirmed->loss_by_cause) {
    table.rows.push_back({word_cell(cause), plan_cell(share * 100, 2)});
  }
  return table;
}

}  // namespace

std::vector<ReportTable> plan_design_tables(const Results& results) {
  return {cheaper_table(results), relaxed_table(results), front_table(results),
          causes_table(results),  tornado_table(results), cloud_table(results)};
}

}  // namespace reports
