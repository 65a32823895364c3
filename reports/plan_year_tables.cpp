#include <fmt/format.h>

#include <array>
#include <cmath>

#include "reports/plan_cells.h"
#include "reports/plan_figures.h"

namespace reports {
namespace {

namespace mp = models::planning;
using Results = mp::PlanResults;

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
                    {"At the end of each year. Produced: before lossless reduction.",
                     "每年末。“产生”为无损压缩前。"}};
  const double tb = models::terabyte.value;
  for (std::size_t i = 0; i < r.sizes.size(); ++i) {
    const auto& d = r.demand[i];
    const auto& s = r.sizes[i];
    table.rows.push_back({year_cell(r, i), plan_cell(d.produced.value / tb, 1),
                          plan_cell(d.ingested.value / tb, 1), plan_cell(d.expired.value / tb, 1),
                          plan_cell(d.stored().value / tb, 1), plan_cell(d.hot.value / tb, 1),
                          plan_cell(d.cold.value / tb, 1), plan_cell(s.redundant_tb, 1),
                          plan_cell(s.raw_tb, 0), plan_cell(s.cloud_tb, 1)});
  }
  return table;
}

ReportTable waterfall_table(const Results& r) {
  ReportTable table{
      "waterfall",
      {"From raw to usable to effective, TB", "从裸容量到有效容量（TB）"},
      {{"year", {"year", "年"}},
       {"raw", {"raw disks", "裸容量"}, "TB"},
       {"kept_free", {"kept free", "预留空闲"}, "TB"},
       {"head_room", {"head room", "余量"}, "TB"},
       {"redundancy", {"redundancy", "冗余"}, "TB"},
       {"usable", {"usable, in use", "可用（已用）"}, "TB"},
       {"reduced", {"lossless reduction", "无损压缩"}, "TB"},
       {"effective", {"effective", "有效"}, "TB"}},
      {},
      {"Raw less what is kept free (the fill), head room (growth, whole disks, what "
       "waits for a visit, what the load asks for) and redundancy is usable; what the "
       "data were before lossless reduction is effective. Own disks, without the file "
       "tier.",
       "裸容量减预留空闲、余量与冗余为可用；还原无损压缩前为有效。仅自有磁盘，不含文件层。"}};
  for (std::size_t i = 0; i < r.sizes.size(); ++i) {
    const Waterfall w = waterfall_of(r, i);
    table.rows.push_back({year_cell(r, i), plan_cell(w.raw, 1), plan_cell(w.kept_free, 1),
                          plan_cell(w.head_room, 1), plan_cell(w.redundancy, 1),
                          plan_cell(w.usable, 1), plan_cell(w.reduced, 1),
                          plan_cell(w.effective(), 1)});
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
    const double need =
        s.read_peak.value + s.write_peak.value + s.rebuild_load.value + s.scrub_load.value;
    const std::string line =
        s.lines > 0 ? fmt::format("{:.0f} x {}", s.lines, r.plan.catalogue.lines[s.line].name)
                    : "-";
    table.rows.push_back(
        {year_cell(r, i), plan_cell(s.disks + s.file_disks),
         plan_cell(r.cash.years[i].disks_bought), plan_cell(s.machines + s.file_machines),
         plan_cell(s.racks), plan_cell(s.switches + s.core_switches), plan_cell(s.rack_units),
         plan_cell(s.kilowatts, 1), plan_cell(need / 1e6), plan_cell(s.disk_rate.value / 1e6),
         plan_cell(s.iops_peak), plan_cell(s.iops), plan_cell(s.latency.value * 1000, 2),
         plan_cell(s.line_need.value * 8 / 1e6), word_cell(line)});
  }
  return table;
}

ReportTable purchases_table(const Results& r) {
  ReportTable table{
      "purchases",
      {"Purchases and refresh", "采购与更新"},
      {{"year", {"in use from", "启用年"}},
       {"ordered", {"ordered, days before", "提前下单（天）"}, "days"},
       {"disks_bought", {"disks bought", "购入磁盘"}},
       {"disks_retired", {"disks retired", "淘汰磁盘"}},
       {"machines_bought", {"machines bought", "购入服务器"}},
       {"machines_retired", {"retired", "淘汰"}},
       {"disks_cost", {"disks, " + r.plan.prices.currency, "磁盘费用"}, r.plan.prices.currency},
       {"migrated", {"migrated, TB", "迁移 TB"}, "TB"},
       {"days", {"days", "天"}, "days"},
       {"nines", {"nines then, at least", "当年至少几个9"}}},
      {},
      {"At the price of the day of the order. Nines: of an object and year, as if every "
       "group had to do without one shard for all days of the migration.",
       "按下单日价格。“几个9”：假定迁移期间每组始终少一个分片。"}};
  for (std::size_t i = 0; i < r.cash.years.size(); ++i) {
    const auto& cash = r.cash.years[i];
    const double nines = i < r.migration_nines.size() ? r.migration_nines[i] : mp::never;
    table.rows.push_back({year_cell(r, i), plan_cell(cash.ordered_years_ahead * 365.25),
                          plan_cell(cash.disks_bought), plan_cell(cash.disks_retired),
                          plan_cell(cash.machines_bought), plan_cell(cash.machines_retired),
                          plan_cell(cash[mp::Expense::disks]), plan_cell(cash.migrated_tb, 1),
                          plan_cell(cash.migration_days, 1),
                          std::isfinite(nines) ? plan_cell(nines, 2) : word_cell("-")});
  }
  return table;
}

ReportTable bill_table(const Results& r) {
  const std::string& currency = r.plan.prices.currency;
  ReportTable table{
      "bill",
      {"Bill of materials", "物料清单"},
      {{"year", {"in use from", "启用年"}},
       {"item", {"item", "项目"}},
       {"count", {"count", "数量"}},
       {"price", {"price of one, " + currency, "单价（" + currency + "）"}, currency},
       {"total", {"total, " + currency, "合计（" + currency + "）"}, currency}},
      {},
      {"At the price of the day of the order. Energy, room, failures and migration are "
       "in the cash flow.",
       "按下单日价格。电费、机房、故障与迁移见现金流。"}};
  for (std::size_t i = 0; i < r.cash.years.size(); ++i) {
    for (std::size_t k = 0; k < mp::bill_items; ++k) {
      const mp::BillLine& line = r.cash.years[i].bill[k];
      if (!(line.count > 0)) continue;
      table.rows.push_back({year_cell(r, i), word_cell(r.bill_names[k]), plan_cell(line.count),
                            plan_cell(line.price, 2), plan_cell(line.total(), 2)});
    }
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
    std::vector<ReportCell> row{year_cell(r, i)};
    for (const double paid : cash.paid) row.push_back(plan_cell(paid));
    row.push_back(plan_cell(cash.total()));
    row.push_back(plan_cell(cash.migration_days, 1));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

std::vector<ReportTable> plan_year_tables(const Results& results) {
  return {capacity_table(results),  waterfall_table(results), hardware_table(results),
          purchases_table(results), bill_table(results),      cash_table(results)};
}

}  // namespace reports
