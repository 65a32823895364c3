#include <fmt/format.h>

#include <algorithm>

#include "reports/chart_svg.h"
#include "reports/chinese.h"
#include "reports/drill_tables.h"
#include "reports/drill_text.h"
#include "reports/html_page.h"
#include "reports/provenance.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

using models::drill::DrillOptions;
using models::drill::StrategyResult;

// What happened in all parts: faults and work of the store, faults of failover, crashes of moves.
std::string steps_chart(const DrillParts& parts, Language language) {
  std::vector<std::string> names;
  ChartSeries steps{"", {}};
  const auto add = [&](const std::string& name, std::uint64_t count) {
    names.push_back(in_both(name).in(language));
    steps.values.push_back(static_cast<double>(count));
  };
  if (parts.store) {
    for (const auto& kind : models::drill::all_step_kinds()) {
      std::uint64_t sum = 0;
      for (const StrategyResult& each : parts.store->strategies) {
        sum += each.drill.happened[static_cast<std::size_t>(kind.kind)];
      }
      add(std::string(kind.name), sum);
    }
  }
  for (const auto& one : parts.failovers) {
    add(fmt::format("failover, {} engines, {} legs", one.engines, one.legs), one.result.faults());
  }
  for (const auto& one : parts.moves) add(one.name, one.crashes);
  const Words title{"Faults injected and work done, all strategies",
                    "注入的故障与操作（全部方案）"};
  return names.empty() ? "" : row_chart(title.in(language), names, {steps});
}

Words verdict_of(const DrillParts& parts) {
  std::uint64_t bytes = 0;
  std::uint64_t faults = 0;
  std::size_t all = 0;
  std::size_t passed = 0;
  const auto add = [&](bool good, std::uint64_t some_faults, std::uint64_t some_bytes) {
    ++all;
    if (good) ++passed;
    faults += some_faults;
    bytes += some_bytes;
  };
  if (parts.store) {
    for (const StrategyResult& each : parts.store->strategies) {
      add(each.drill.passed(), drill_faults(each.drill), each.drill.bytes_verified);
    }
  }
  for (const auto& one : parts.failovers) {
    add(one.result.passed(), one.result.faults(), one.result.bytes_compared);
  }
  for (const auto& one : parts.moves) add(one.passed(), one.crashes, one.bytes_compared);
  const std::string compared = value_text(static_cast<double>(bytes), Form::bytes);
  return {fmt::format("{} of {} drills passed: {} faults, {} read back and compared.", passed, all,
                      grouped(faults), compared),
          fmt::format("{} 项演练中 {} 项通过：注入 {} 次故障，读回并核对 {}。", all, passed,
                      grouped(faults), compared)};
}

}  // namespace

std::string drill_html(const DrillParts& parts, const DrillOptions& options,
                       const Provenance& provenance, Language opens_in) {
  HtmlPage page({"Holdfast drill: the storage code on real bytes", "Holdfast 演练：真实字节"});
  page.paragraph(
      {fmt::format("Question: does the code of each strategy keep every byte through losses, "
                   "crashes and wrong writes? {} objects of {} bytes, {} mission(s) of {} steps.",
                   options.setting.objects, options.setting.object_bytes, options.missions,
                   options.steps),
       fmt::format(
           "问题：各方案的代码在丢失、崩溃与错误写入下能否保住每个字节？对象 {} 个，每个 {} "
           "字节，{} 次演练，每次 {} 步。",
           options.setting.objects, options.setting.object_bytes, options.missions,
           options.steps)});
  page.paragraph(verdict_of(parts), "verdict");
  const std::vector<ReportTable> tables = drill_tables(parts);
  if (!tables.empty()) page.table(tables.front());
  page.figure({steps_chart(parts, Language::english), steps_chart(parts, Language::chinese)});
  page.new_sheet();
  for (std::size_t i = 1; i < tables.size(); ++i) page.table(tables[i]);
  page.heading({"Not modelled", "未建模"});
  page.paragraph(
      {"Bytes are real, media are not: faults are injected into memory or files, and "
       "machines of the fleet share this one. Times are of this machine.",
       "字节是真实的，介质不是：故障注入内存或文件，所有服务器共用本机。时间为本机时间。"});
  place(page, provenance);
  return std::move(page).take(opens_in);
}

}  // namespace reports
