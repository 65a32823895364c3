#include <fmt/format.h>

#include <cmath>

#include "reports/chinese.h"
#include "reports/plan_cells.h"
#include "reports/plan_report.h"
#include "reports/provenance.h"

namespace reports {
namespace {

namespace mp = models::planning;
using Results = mp::PlanResults;

double shown_value(mp::Target target, double value) {
  return target == mp::Target::availability ? value * 100 : value;
}

int digits_of(mp::Target target) {
  switch (target) {
    case mp::Target::availability:
      return 6;
    case mp::Target::durability:
    case mp::Target::rebuild:
    case mp::Target::rpo:
    case mp::Target::rto:
    case mp::Target::read_latency:
    case mp::Target::kilowatts:
      return 2;
    default:
      return 0;
  }
}

std::string interval_text(const sim::Estimate& estimate, double factor, double plus, int digits) {
  const double a = estimate.ci95.low * factor + plus;
  const double b = estimate.ci95.high * factor + plus;
  return fmt::format("[{}, {}]", plan_number(std::min(a, b), digits),
                     plan_number(std::max(a, b), digits));
}

// How the figure was made: its 95 % interval where it was simulated.
Words how(const mp::Candidate& shown, mp::Target target) {
  const bool chain = target == mp::Target::durability || target == mp::Target::availability ||
                     target == mp::Target::rebuild;
  if (!chain) return in_both("arithmetic");
  if (!shown.confirmed || !shown.confirmed->fault.empty()) return in_both("chain");
  const mp::Confirmed& seen = *shown.confirmed;
  const auto simulated = [&](const sim::Estimate& estimate, const std::string& interval) {
    const Words method = in_both(sim::to_string(estimate.method));
    return Words{
        fmt::format("{} of {} missions, {}", interval, seen.missions, method.en),
        fmt::format("{}，{} 次仿真，{}", interval, seen.missions, method.in(Language::chinese))};
  };
  if (target == mp::Target::durability) {
    return simulated(seen.nines, interval_text(seen.nines, 1, 0, 2));
  }
  if (target == mp::Target::availability) {
    return simulated(seen.unavailability, interval_text(seen.unavailability, -100, 100, 6));
  }
  return simulated(seen.rebuild_hours, interval_text(seen.rebuild_hours, 1, 0, 2));
}

mp::Decision decision_of(const mp::Candidate& shown, mp::Target target) {
  const bool failed = shown.judged.failed.contains(target);
  if (shown.confirmed && shown.confirmed->fault.empty()) {
    if (target == mp::Target::durability) return shown.confirmed->durability;
    if (target == mp::Target::availability) return shown.confirmed->availability;
    if (target == mp::Target::rebuild) return shown.confirmed->rebuild;
  }
  return failed ? mp::Decision::failed : mp::Decision::met;
}

ReportCell decision_cell(mp::Decision decision) {
  switch (decision) {
    case mp::Decision::met:
      return {{"met", "满足"}};
    case mp::Decision::failed:
      return {{"MISSED", "未满足"}};
    case mp::Decision::undecided:
      return {{"undecided", "未定"}};
  }
  return {};
}

ReportTable targets_table(const Results& r) {
  ReportTable table{"targets",
                    {"Verdict per target", "各目标的判定"},
                    {{"target", {"target", "目标"}},
                     {"asked", {"asked for", "要求"}},
                     {"reached", {"reached", "达到"}},
                     {"margin", {"margin", "余量"}},
                     {"verdict", {"verdict", "判定"}},
                     {"how", {"95 % interval, or how", "95% 区间或来源"}}},
                    {},
                    {"Margin: nines for nines, else % of what is asked for. An interval is of "
                     "sampling alone; inputs in doubt are under sensitivity.",
                     "余量：持久性以9的个数计，其余为目标的百分比。区间仅含抽样误差，输入的不确定性"
                     "见敏感性分析。"}};
  for (std::size_t i = 0; i < mp::target_kinds; ++i) {
    const auto target = static_cast<mp::Target>(i);
    const auto limit = mp::wanted(r.plan, target);
    if (!limit || !r.shown) continue;
    const double value = r.shown->judged.value_of(target);
    const double margin = mp::margin_of(target, value, *limit);
    const bool nines = target == mp::Target::durability;
    const std::string margin_text = !std::isfinite(margin)  ? "-"
                                    : *limit == 0 && !nines ? "-"
                                    : nines                 ? fmt::format("{:+.2f}", margin)
                                            : fmt::format("{:+.3g} %", margin * 100);
    table.rows.push_back({{target_words(target)},
                          plan_cell(shown_value(target, *limit), digits_of(target)),
                          plan_cell(shown_value(target, value), digits_of(target)),
                          {{margin_text, margin_text}, margin},
                          decision_cell(decision_of(*r.shown, target)),
                          {how(*r.shown, target)}});
  }
  return table;
}

ReportTable cost_table(const Results& r) {
  const std::string& currency = r.plan.prices.currency;
  ReportTable table{"cost",
                    {"What it costs", "费用"},
                    {{"item", {"item", "项目"}}, {"amount", {currency, currency}, currency}},
                    {},
                    {}};
  if (!r.shown) return table;
  const auto add = [&](Words name, double value) {
    table.rows.push_back({{std::move(name)}, plan_cell(value)});
  };
  add({"net present value", "净现值"}, r.cash.net_present);
  if (r.cost_range) {
    add({"  2.5 % of draws of prices and growth", "  价格与增长抽样的 2.5%"},
        r.cost_range->net_present.low);
    add({"  97.5 %", "  97.5%"}, r.cost_range->net_present.high);
  }
  add({"all payments, not discounted", "总支出（未折现）"}, r.cash.total);
  add({"of that capital", "其中资本性支出"}, r.cash.capital);
  add({"of that running", "其中运行支出"}, r.cash.running);
  add({"per usable TB and year", "每可用 TB 每年"}, r.cash.per_tb_year);
  const auto& economy = r.plan.economy;
  if (economy.rate_of_exchange) {
    const double rate = *economy.rate_of_exchange;
    const std::string words = fmt::format("{} at {} for one {}", economy.shown_currency,
                                          fmt::format("{:g}", rate), currency);
    add({"net present value in " + words, "净现值，" + words}, r.cash.net_present * rate);
  }
  return table;
}

/// Nothing may be concluded from a search that was not over.
Words interrupted_words(const Results& r) {
  const std::string screened = plan_number(static_cast<double>(r.search.screened), 0);
  const std::size_t simulated = r.search.confirmed.size();
  return {fmt::format("INTERRUPTED before the search was over: whether a design meets all targets "
                      "is not known yet. {} candidates were screened, {} of the cheapest were "
                      "simulated, and none of these meets all targets.",
                      screened, simulated),
          fmt::format("搜索未完成即被中断：是否有方案满足全部目标尚不可知。已筛选 {} 个候选方案，"
                      "已仿真其中最便宜的 {} 个，均未满足全部目标。",
                      screened, simulated)};
}

}  // namespace

std::vector<ReportTable> plan_tables(const Results& results) {
  std::vector<ReportTable> tables{targets_table(results), cost_table(results)};
  const std::vector<ReportTable> designs = plan_design_tables(results);
  const std::vector<ReportTable> years = plan_year_tables(results);
  tables.insert(tables.end(), designs.begin(), designs.end());
  tables.insert(tables.end(), years.begin(), years.end());
  std::erase_if(tables, [](const ReportTable& table) { return table.rows.empty(); });
  return tables;
}

Words plan_verdict(const Results& r) {
  if (r.search.interrupted || (r.interrupted && !r.search.winner)) return interrupted_words(r);
  if (!r.shown) return {"No design was screened.", "没有候选方案。"};
  const std::string& currency = r.plan.prices.currency;
  const Words design = design_words(r.plan, r.shown->design, r.shown_name);
  if (r.search.winner) {
    const bool decided = r.search.winner_decided;
    const std::string cost = plan_number(r.cash.net_present, 0);
    const std::string screened = plan_number(static_cast<double>(r.search.screened), 0);
    return {
        fmt::format("Recommended: {}. It meets every target for a net present value of {} {} over "
                    "{} years; {} candidates were screened, {} simulated.{}",
                    design.en, cost, currency, r.plan.years, screened, r.search.confirmed.size(),
                    decided ? "" : " Not every target could be decided at 95 %."),
        fmt::format(
            "推荐方案：{}。满足全部目标，{} 年净现值 {} {}；筛选 {} 个候选方案，仿真 {} 个。{}",
            design.zh, r.plan.years, cost, currency, screened, r.search.confirmed.size(),
            decided ? "" : "并非所有目标都能以 95% 置信度判定。")};
  }
  const Words missed = missed_words(r.shown->judged.failed);
  std::string reasons;
  for (const std::string& reason : r.reasons) reasons += " (" + reason + ")";
  const bool cut = r.search.cut_short;
  return {
      fmt::format(
          "No design was found that meets all targets{}. Nearest: {}. What stands in the "
          "way: {}{}.",
          cut ? fmt::format(" among the {} that were simulated", r.search.confirmed.size()) : "",
          design.en, missed.en, reasons),
      fmt::format("没有满足全部目标的方案{}。最接近：{}。制约目标：{}{}。",
                  cut ? fmt::format("（已仿真 {} 个）", r.search.confirmed.size()) : "", design.zh,
                  missed.zh, reasons)};
}

std::string plan_command(const Results& results) {
  const auto& origin = results.plan.origin;
  return fmt::format("holdfast plan {} --seed {}{}", shell_word(results.plan.file), results.seed,
                     origin != nullptr ? set_options(origin->overrides) : "");
}

std::string plan_csv(const Results& results) { return tables_csv(plan_tables(results)); }

}  // namespace reports
