#include <fmt/format.h>

#include <cmath>

#include "reports/number_text.h"
#include "reports/plan_report.h"

namespace reports {
namespace {

namespace mp = models::planning;
using Results = mp::PlanResults;

// Six digits are more than any of these figures is known to; files carry the whole number.
std::string plain(double value, int digits) {
  if (std::isinf(value)) return "∞";
  std::string text = fmt::format("{:.{}f}", value, digits);
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  for (std::size_t at = point; at > sign + 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

ReportCell number(double value, int digits = 0) {
  const std::string text = plain(value, digits);
  return {{text, text}, value};
}

Words target_words(mp::Target target) {
  switch (target) {
    case mp::Target::feasible:
      return {"can be built", "可实施"};
    case mp::Target::durability:
      return {"durability, nines of an object and year", "数据持久性（每对象每年，几个9）"};
    case mp::Target::availability:
      return {"availability, % of time data can be read", "可用性（可读时间 %）"};
    case mp::Target::rebuild:
      return {"rebuild of a disk, hours", "单盘重建（小时）"};
    case mp::Target::rpo:
      return {"RPO after the loss of a site, hours", "站点丢失后 RPO（小时）"};
    case mp::Target::rto:
      return {"RTO after the loss of a site, hours", "站点丢失后 RTO（小时）"};
    case mp::Target::read_latency:
      return {"read latency at the peak, ms", "高峰读延迟（毫秒）"};
    case mp::Target::survive:
      return {"losses of the list not survived", "未能承受的故障项"};
    case mp::Target::budget:
      return {"all payments to the horizon", "规划期总支出"};
    case mp::Target::rack_units:
      return {"rack units", "机架单位 U"};
    case mp::Target::kilowatts:
      return {"power of the machines, kW", "设备功率（kW）"};
  }
  return {};
}

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
  return fmt::format("[{}, {}]", plain(std::min(a, b), digits), plain(std::max(a, b), digits));
}

// How the figure was made: its 95 % interval where it was simulated.
std::string how(const mp::Candidate& shown, mp::Target target) {
  if (!shown.confirmed || !shown.confirmed->fault.empty()) {
    const bool chain = target == mp::Target::durability || target == mp::Target::availability ||
                       target == mp::Target::rebuild;
    return chain ? "chain" : "arithmetic";
  }
  const mp::Confirmed& seen = *shown.confirmed;
  const auto simulated = [&](const sim::Estimate& estimate, const std::string& interval) {
    return fmt::format("{} of {} missions, {}", interval, seen.missions,
                       sim::to_string(estimate.method));
  };
  if (target == mp::Target::durability) {
    return simulated(seen.nines, interval_text(seen.nines, 1, 0, 2));
  }
  if (target == mp::Target::availability) {
    return simulated(seen.unavailability, interval_text(seen.unavailability, -100, 100, 6));
  }
  if (target == mp::Target::rebuild) {
    return simulated(seen.rebuild_hours, interval_text(seen.rebuild_hours, 1, 0, 2));
  }
  return "arithmetic";
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
                          number(shown_value(target, *limit), digits_of(target)),
                          number(shown_value(target, value), digits_of(target)),
                          {{margin_text, margin_text}, margin},
                          decision_cell(decision_of(*r.shown, target)),
                          word_cell(how(*r.shown, target))});
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
  const auto add = [&](Words name, double value) {
    table.rows.push_back({{std::move(name)}, number(value)});
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

ReportTable capacity_table(const Results& r) {
  ReportTable table{"capacity",
                    {"Capacity year by year, TB", "逐年容量（TB）"},
                    {{"year", {"year", "年"}},
                     {"produced", {"produced", "产生"}, "TB"},
                     {"ingested", {"ingested, reduced", "入库（无损压缩后）"}, "TB"},
                     {"expired", {"expired", "到期"}, "TB"},
                     {"stored", {"stored (logical)", "逻辑存量"}, "TB"},
                     {"hot", {"hot", "热"}, "TB"},
                     {"cold", {"cold", "冷"}, "TB"},
                     {"redundant", {"with redundancy", "含冗余"}, "TB"},
                     {"raw", {"raw disks", "裸容量"}, "TB"},
                     {"cloud", {"in the cloud", "云端"}, "TB"}},
                    {},
                    {"Raw to usable to effective: raw x fill = with redundancy and head room; "
                     "/ overhead = logical; x lossless ratio = produced.",
                     "裸容量×填充率=含冗余与余量；÷冗余系数=逻辑量；×无损压缩比=原始产生量。"}};
  const double tb = models::terabyte.value;
  for (std::size_t i = 0; i < r.sizes.size(); ++i) {
    const auto& d = r.demand[i];
    const auto& s = r.sizes[i];
    const int year = r.plan.first_year + static_cast<int>(i);
    table.rows.push_back({{{std::to_string(year), std::to_string(year)}, double(year)},
                          number(d.produced.value / tb, 1),
                          number(d.ingested.value / tb, 1),
                          number(d.expired.value / tb, 1),
                          number(d.stored().value / tb, 1),
                          number(d.hot.value / tb, 1),
                          number(d.cold.value / tb, 1),
                          number(s.redundant_tb, 1),
                          number(s.raw_tb, 0),
                          number(s.cloud_tb, 1)});
  }
  return table;
}

ReportTable hardware_table(const Results& r) {
  ReportTable table{"hardware",
                    {"Machines, rooms, load", "设备、机房与负载"},
                    {{"year", {"year", "年"}},
                     {"disks", {"disks", "磁盘"}},
                     {"bought", {"bought", "购入"}},
                     {"machines", {"machines", "服务器"}},
                     {"racks", {"racks", "机柜"}},
                     {"switches", {"switches", "交换机"}},
                     {"rack_units", {"U", "U"}},
                     {"kilowatts", {"kW", "kW"}, "kW"},
                     {"need_rate", {"peak, MB/s", "峰值 MB/s"}, "MB/s"},
                     {"disk_rate", {"disks can, MB/s", "磁盘能力 MB/s"}, "MB/s"},
                     {"iops_need", {"peak IOPS", "峰值 IOPS"}},
                     {"iops", {"disks can", "磁盘能力"}},
                     {"latency", {"ms", "毫秒"}, "ms"},
                     {"line", {"line, Mbit/s needed", "线路需求 Mbit/s"}, "Mbit/s"},
                     {"lines", {"lines", "线路"}}},
                    {},
                    {"Peak: reading, ingest, rebuilding by every machine and scrubbing at once.",
                     "峰值：读取、入库、全部服务器重建与巡检同时发生。"}};
  for (std::size_t i = 0; i < r.sizes.size(); ++i) {
    const auto& s = r.sizes[i];
    const int year = r.plan.first_year + static_cast<int>(i);
    const double need =
        s.read_peak.value + s.write_peak.value + s.rebuild_load.value + s.scrub_load.value;
    const std::string line =
        s.lines > 0 ? fmt::format("{:.0f} x {}", s.lines, r.plan.catalogue.lines[s.line].name)
                    : "-";
    table.rows.push_back({{{std::to_string(year), std::to_string(year)}, double(year)},
                          number(s.disks + s.file_disks),
                          number(r.cash.years[i].disks_bought),
                          number(s.machines + s.file_machines),
                          number(s.racks),
                          number(s.switches + s.core_switches),
                          number(s.rack_units),
                          number(s.kilowatts, 1),
                          number(need / 1e6),
                          number(s.disk_rate.value / 1e6),
                          number(s.iops_peak),
                          number(s.iops),
                          number(s.latency.value * 1000, 2),
                          number(s.line_need.value * 8 / 1e6),
                          word_cell(line)});
  }
  return table;
}

const std::array<Words, mp::expense_kinds> expense_words{{{"disks", "磁盘"},
                                                          {"machines", "服务器"},
                                                          {"racks, switches", "机柜与交换机"},
                                                          {"gateways", "网关与前端"},
                                                          {"energy", "电费"},
                                                          {"room", "机房"},
                                                          {"failures", "故障更换"},
                                                          {"lines", "线路"},
                                                          {"cloud", "云存储"},
                                                          {"delivery", "分发"},
                                                          {"migration", "迁移"},
                                                          {"drills", "恢复演练"}}};

ReportTable cash_table(const Results& r) {
  const std::string& currency = r.plan.prices.currency;
  ReportTable table{"cash",
                    {"Cash flow, " + currency, "现金流（" + currency + "）"},
                    {{"year", {"year", "年"}}},
                    {},
                    {"At the prices of the time, not discounted; purchases at the price of the day "
                     "of the order.",
                     "按当时价格，未折现；采购按下单日价格。"}};
  for (std::size_t k = 0; k < mp::expense_kinds; ++k) {
    table.columns.push_back(
        {std::string(mp::to_string(static_cast<mp::Expense>(k))), expense_words[k], currency});
  }
  table.columns.push_back({"total", {"total", "合计"}, currency});
  table.columns.push_back({"migration_days", {"days of migration", "迁移天数"}, "days"});
  for (std::size_t i = 0; i < r.cash.years.size(); ++i) {
    const auto& cash = r.cash.years[i];
    const int year = r.plan.first_year + static_cast<int>(i);
    std::vector<ReportCell> row{{{std::to_string(year), std::to_string(year)}, double(year)}};
    for (const double paid : cash.paid) row.push_back(number(paid));
    row.push_back(number(cash.total()));
    row.push_back(number(cash.migration_days, 1));
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::vector<ReportCell> design_row(const mp::Candidate& one, const std::string& name) {
  std::string missed;
  std::string missed_zh;
  for (std::size_t i = 0; i < mp::target_kinds; ++i) {
    const auto target = static_cast<mp::Target>(i);
    if (!one.judged.failed.contains(target)) continue;
    missed += (missed.empty() ? "" : ", ") + std::string(mp::to_string(target));
    missed_zh += (missed_zh.empty() ? "" : "，") + target_words(target).zh;
  }
  if (missed.empty()) missed_zh = missed = "-";
  const bool played = one.confirmed && one.confirmed->fault.empty();
  return {word_cell(name),
          number(one.screened.net_present),
          number(one.judged.nines, 2),
          number(one.judged.rebuild_hours, 1),
          {{missed, missed_zh}},
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
    table.rows.push_back(design_row(r.search.cheaper[i], r.cheaper_names[i]));
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
    table.rows.push_back(design_row(r.search.front[i], r.front_names[i]));
  }
  return table;
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
    table.rows.push_back({{target_words(one.target)},
                          number(one.saving),
                          word_cell(r.relaxed_names[i].empty() ? "-" : r.relaxed_names[i])});
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
    table.rows.push_back({word_cell(swing.input), word_cell(swing.low), word_cell(swing.high),
                          number(swing.cost_low), number(swing.cost_high),
                          number(swing.nines_low, 2), number(swing.nines_high, 2)});
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
  table.note.en = fmt::format(
      "Cheapest design without machines: {} for {} {}, against {}. Its durability is the vendor's "
      "claim. 'none': no value from 1/100 to 100 times turns the answer.",
      r.cloud->design, plain(r.cloud->cloud, 0), r.plan.prices.currency, plain(r.cloud->own, 0));
  table.note.zh = fmt::format("无自有设备的最便宜方案净现值 {}，本方案 {}。其持久性为厂商声明。",
                              plain(r.cloud->cloud, 0), plain(r.cloud->own, 0));
  for (const auto& one : r.cloud->inputs) {
    table.rows.push_back({word_cell(one.input), one.factor
                                                    ? number(*one.factor, 3)
                                                    : ReportCell{{"none", "无"}, std::nullopt}});
  }
  return table;
}

}  // namespace

std::vector<ReportTable> plan_tables(const Results& results) {
  std::vector<ReportTable> tables;
  const auto add = [&tables](ReportTable table) {
    if (!table.rows.empty()) tables.push_back(std::move(table));
  };
  add(targets_table(results));
  add(cost_table(results));
  add(cheaper_table(results));
  add(relaxed_table(results));
  add(front_table(results));
  add(capacity_table(results));
  add(hardware_table(results));
  add(cash_table(results));
  add(tornado_table(results));
  add(cloud_table(results));
  return tables;
}

Words plan_verdict(const Results& r) {
  const std::string& currency = r.plan.prices.currency;
  if (r.search.winner) {
    const std::string doubt =
        r.search.winner_decided ? "" : " Not every target could be decided at 95 %.";
    return {fmt::format("Recommended: {}. It meets every target for a net present value of {} {} "
                        "over {} years; {} candidates were screened, {} simulated.{}",
                        r.shown_name, plain(r.cash.net_present, 0), currency, r.plan.years,
                        plain(double(r.search.screened), 0), r.search.confirmed.size(), doubt),
            fmt::format(
                "推荐方案：{}。满足全部目标，{} 年净现值 {} {}；筛选 {} 个候选方案，仿真 {} 个。",
                r.shown_name, r.plan.years, plain(r.cash.net_present, 0), currency,
                plain(double(r.search.screened), 0), r.search.confirmed.size())};
  }
  if (!r.shown) return {"No design was screened.", "没有候选方案。"};
  std::string binding;
  std::string binding_zh;
  for (std::size_t i = 0; i < mp::target_kinds; ++i) {
    const auto target = static_cast<mp::Target>(i);
    if (!r.shown->judged.failed.contains(target)) continue;
    binding += (binding.empty() ? "" : ", ") + std::string(mp::to_string(target));
    binding_zh += (binding_zh.empty() ? "" : "，") + target_words(target).zh;
  }
  for (const std::string& reason : r.reasons) binding += " (" + reason + ")";
  return {
      fmt::format("No design was found that meets all targets. Nearest: {}. What stands in the "
                  "way: {}.",
                  r.shown_name, binding),
      fmt::format("没有满足全部目标的方案。最接近：{}。制约目标：{}。", r.shown_name, binding_zh)};
}

std::string plan_command(const Results& results) {
  std::string command = fmt::format("holdfast plan {} --seed {}", results.plan.file, results.seed);
  if (results.plan.origin != nullptr) {
    for (const std::string& change : results.plan.origin->overrides) {
      command += " --set '" + change + "'";
    }
  }
  return command;
}

std::string plan_csv(const Results& results) { return tables_csv(plan_tables(results)); }

}  // namespace reports
