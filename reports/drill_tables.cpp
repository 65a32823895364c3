#include "reports/drill_tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/chinese.h"
#include "reports/drill_text.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

using models::drill::DrillResult;
using models::drill::StrategyDrill;
using models::drill::StrategyResult;

ReportCell count_cell(std::uint64_t number) {
  const std::string text = grouped(number);
  return {{text, text}, static_cast<double>(number)};
}

ReportCell bytes_cell(std::uint64_t number) {
  const std::string text = value_text(static_cast<double>(number), Form::bytes);
  return {{text, text}, static_cast<double>(number)};
}

ReportCell rate_cell(std::uint64_t moved, double seconds) {
  if (moved == 0 || seconds <= 0) return word_cell("-");
  const double rate = static_cast<double>(moved) / seconds * 1e-9;
  const std::string text = fmt::format("{:.3g}", rate);
  return {{text, text}, rate};
}

ReportCell hours_cell(models::Seconds time) {
  const double hours = time.value / 3600;
  const std::string text = fmt::format("{:.3g}", hours);
  return {{text, text}, hours};
}

ReportTable outcome_table(const DrillResult& result) {
  ReportTable table{
      "outcome",
      {"What happened, and whether every byte was kept", "过程与字节核对结果"},
      {{"strategy", {"strategy", "方案"}},
       {"code", {"code", "编码"}},
       {"steps", {"steps", "步数"}},
       {"faults", {"faults", "故障"}},
       {"disks_lost", {"disks lost", "丢失磁盘"}},
       {"rebuilt", {"shards rebuilt", "重建分片"}},
       {"predicted", {"objects lost, predicted", "预测丢失对象"}},
       {"seen", {"objects lost, seen", "实际丢失对象"}},
       {"violations", {"violations", "违反"}},
       {"verdict", {"verdict", "判定"}}},
      {},
      {"Predicted: by the code's pattern of losses; seen: the bytes could not be read "
       "back. They must be equal.",
       "预测：按编码的擦除模式；实际：字节无法读回。两者必须相等。"}};
  for (const StrategyResult& each : result.strategies) {
    const StrategyDrill& one = each.drill;
    table.rows.push_back({word_cell(one.name), word_cell(one.code), count_cell(one.steps),
                          count_cell(drill_faults(one)), count_cell(one.disks_lost),
                          count_cell(one.shards_rebuilt), count_cell(one.objects_lost_predicted),
                          count_cell(one.objects_lost_seen), count_cell(one.violation_count),
                          word_cell(one.passed() ? "passed" : "FAILED")});
  }
  return table;
}

ReportTable bytes_table(const DrillResult& result) {
  ReportTable table{"bytes",
                    {"Bytes through the code, and GB/s of one core of this machine",
                     "经过编码的字节与单核速率（GB/s）"},
                    {{"strategy", {"strategy", "方案"}},
                     {"encoded", {"encoded", "编码"}, "bytes"},
                     {"encode_rate", {"GB/s", "GB/s"}, "GB/s"},
                     {"decoded", {"decoded", "解码"}, "bytes"},
                     {"decode_rate", {"GB/s", "GB/s"}, "GB/s"},
                     {"verified", {"verified", "核对"}, "bytes"},
                     {"verify_rate", {"GB/s", "GB/s"}, "GB/s"}},
                    {},
                    {}};
  for (const StrategyResult& each : result.strategies) {
    const StrategyDrill& one = each.drill;
    table.rows.push_back(
        {word_cell(one.name), bytes_cell(one.work.bytes_encoded),
         rate_cell(one.work.bytes_encoded, one.work.encode_s), bytes_cell(one.work.bytes_decoded),
         rate_cell(one.work.bytes_decoded, one.work.decode_s), bytes_cell(one.bytes_verified),
         rate_cell(one.bytes_verified, one.work.verify_s)});
  }
  return table;
}

ReportTable rebuild_table(const DrillResult& result) {
  ReportTable table{"rebuild",
                    {"Rebuild of 1 TB, hours", "重建 1 TB（小时）"},
                    {{"strategy", {"strategy", "方案"}},
                     {"measured", {"measured on one core", "单核实测"}, "h"},
                     {"computed", {"a core in each machine", "每机一核"}, "h"},
                     {"moved", {"simulated limits", "仿真限值"}, "h"},
                     {"limit", {"bound by", "瓶颈"}}},
                    {},
                    {}};
  for (const StrategyResult& each : result.strategies) {
    if (!each.pace) continue;
    table.rows.push_back({word_cell(each.drill.name), hours_cell(each.pace->measured),
                          hours_cell(each.pace->computed), hours_cell(each.pace->moved),
                          word_cell(each.pace->cpu_bound() ? "CPU" : each.pace->limit)});
  }
  return table;
}

ReportTable steps_table(const DrillResult& result) {
  ReportTable table{"steps",
                    {"Steps by kind", "各类步骤"},
                    {{"kind", {"kind", "类别"}}, {"meaning", {"meaning", "含义"}}},
                    {},
                    {}};
  for (const StrategyResult& each : result.strategies) {
    table.columns.push_back({each.drill.name, {each.drill.name, ""}});
  }
  for (const auto& kind : models::drill::all_step_kinds()) {
    std::vector<ReportCell> row{word_cell(std::string(kind.name)),
                                word_cell(std::string(kind.meaning))};
    for (const StrategyResult& each : result.strategies) {
      row.push_back(count_cell(each.drill.happened[static_cast<std::size_t>(kind.kind)]));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

ReportTable failures_table(const DrillResult& result) {
  ReportTable table{"failures",
                    {"What is wrong", "问题"},
                    {{"strategy", {"strategy", "方案"}},
                     {"mission", {"mission", "演练"}},
                     {"violation", {"violation", "违反"}},
                     {"schedule", {"shrunk schedule", "精简后的步骤"}}},
                    {},
                    {}};
  for (const StrategyResult& each : result.strategies) {
    if (!each.failure) continue;
    for (const std::string& violation : each.failure->violations) {
      table.rows.push_back({word_cell(each.drill.name), count_cell(each.failure->mission),
                            word_cell(violation), word_cell(text_of(each.failure->shrunk))});
    }
  }
  return table;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& one : words) text += (text.empty() ? "" : ", ") + one;
  return text.empty() ? "-" : text;
}

ReportTable failover_table(const DrillParts& parts) {
  ReportTable table{"failover",
                    {"The failover over real bytes", "真实字节上的切换演练"},
                    {{"strategies", {"strategies", "方案"}},
                     {"missions", {"missions", "演练"}},
                     {"faults", {"faults", "故障"}},
                     {"writes", {"writes", "写入"}},
                     {"acknowledged", {"acknowledged", "已确认"}},
                     {"takeovers", {"takeovers", "接管"}},
                     {"resyncs", {"legs brought back", "恢复的镜像"}},
                     {"compared", {"bytes compared", "核对字节"}, "bytes"},
                     {"verdict", {"verdict", "判定"}},
                     {"violations", {"violations", "违反"}}},
                    {},
                    {}};
  for (const auto& one : parts.failovers) {
    const auto& seen = one.result;
    table.rows.push_back(
        {word_cell(joined(one.strategies)), count_cell(seen.missions), count_cell(seen.faults()),
         count_cell(seen.writes), count_cell(seen.acknowledged), count_cell(seen.takeovers),
         count_cell(seen.resyncs), bytes_cell(seen.bytes_compared),
         word_cell(seen.passed() ? "passed" : "FAILED"), word_cell(joined(seen.violations))});
  }
  return table;
}

ReportTable moves_table(const DrillParts& parts) {
  ReportTable table{
      "moves",
      {"Conversions, moves and copies, with a crash at every step", "转换、迁移与复制（每步崩溃）"},
      {{"drill", {"drill", "演练"}},
       {"courses", {"courses", "次数"}},
       {"crashes", {"crashes", "崩溃"}},
       {"states", {"states read back", "读回的状态"}},
       {"compared", {"bytes compared", "核对字节"}, "bytes"},
       {"verdict", {"verdict", "判定"}},
       {"violations", {"violations", "违反"}}},
      {},
      {}};
  for (const auto& one : parts.moves) {
    table.rows.push_back({word_cell(one.name), count_cell(one.courses), count_cell(one.crashes),
                          count_cell(one.states_checked), bytes_cell(one.bytes_compared),
                          word_cell(one.passed() ? "passed" : "FAILED"),
                          word_cell(joined(one.violations))});
  }
  return table;
}

}  // namespace

std::uint64_t drill_faults(const StrategyDrill& one) {
  std::uint64_t faults = 0;
  for (const auto& kind : models::drill::all_step_kinds()) {
    if (kind.fault) faults += one.happened[static_cast<std::size_t>(kind.kind)];
  }
  return faults;
}

bool DrillParts::passed() const {
  return (!store || store->passed()) &&
         std::ranges::all_of(failovers, [](const auto& one) { return one.result.passed(); }) &&
         std::ranges::all_of(moves, [](const auto& one) { return one.passed(); });
}

std::vector<ReportTable> drill_tables(const DrillParts& parts) {
  std::vector<ReportTable> tables;
  if (parts.store) {
    const DrillResult& store = *parts.store;
    tables = {outcome_table(store), failures_table(store), bytes_table(store), rebuild_table(store),
              steps_table(store)};
  }
  tables.push_back(failover_table(parts));
  tables.push_back(moves_table(parts));
  std::erase_if(tables, [](const ReportTable& table) { return table.rows.empty(); });
  return tables;
}

std::string drill_csv(const DrillParts& parts) { return tables_csv(drill_tables(parts)); }

}  // namespace reports
