#include <fmt/format.h>

#include <array>
#include <charconv>
#include <string_view>

#include "models/codes/code.h"
#include "reports/chinese.h"
#include "reports/plan_cells.h"

namespace reports {
namespace {

namespace mp = models::planning;

std::string_view spread_words(mp::Spread spread) {
  switch (spread) {
    case mp::Spread::machines:
      return "每机一分片";
    case mp::Spread::rack_safe:
      return "可失任一机柜";
    case mp::Spread::one_per_rack:
      return "每机柜一分片";
  }
  return {};
}

std::string name_of(const models::codes::CodeSpec& spec) {
  return models::codes::make_code(spec)->name();
}

std::string cold_words(const mp::Plan& plan, const mp::ColdRule& rule) {
  if (rule.kind == mp::ColdKind::none) return {};
  const bool own = rule.kind == mp::ColdKind::own;
  return fmt::format("，{:.3g} 年后转为{}", rule.after_years,
                     own ? " " + name_of(plan.search.cold_codes[rule.which])
                         : "云 " + plan.search.cloud_classes[rule.which]);
}

/// Inputs that plans give ranges for; between `before` and `after` stands a place in a list.
struct InputName {
  std::string_view before, after, en, zh;
  bool of_disk{};
};
constexpr std::array input_names{
    InputName{"/demand/growth/", "/rate", "growth, step ", "增长率，阶段 "},
    InputName{"/catalogue/disks/", "/price_per_tb", "price of ", "价格：", true},
    InputName{"/economy/disk_price_change", "", "price change of disks", "磁盘价格年变化"},
    InputName{"/economy/machine_price_change", "", "price change of machines", "服务器价格年变化"},
    InputName{"/economy/cloud_price_change", "", "price change of the cloud", "云价格年变化"},
    InputName{"/economy/energy_price_change", "", "price change of energy", "电价年变化"},
    InputName{"/economy/discount", "", "discount rate", "折现率"},
    InputName{"/failures/disk/lifetime", "", "failure rate of disks", "磁盘故障率"},
    InputName{"/care/detection", "", "detection of a lost disk", "故障检测时间"}};

}  // namespace

Words design_words(const mp::Plan& plan, const mp::Design& design, const std::string& english) {
  const std::string cold = cold_words(plan, design.cold);
  if (design.cloud_only) return {english, "云 standard" + cold};
  const mp::SearchSpace& search = plan.search;
  const std::string copy = design.copy == mp::no_copy
                               ? ""
                               : fmt::format("，云 {} 另存一份", search.copy_classes[design.copy]);
  return {english,
          fmt::format("{}{}{}，{} 个站点，{}，{} 装入 {}，单机重建 {:.3g} MB/s，{:.3g} 天巡检一遍，"
                      "{:.3g} 天换盘一次",
                      name_of(search.codes[design.code]), cold, copy, design.sites,
                      spread_words(design.spread), plan.catalogue.disks[design.disk].name,
                      plan.catalogue.machines[design.machine].name,
                      search.rebuild_rates[design.rebuild].value / 1e6,
                      sim::in_days(search.scrubs[design.scrub]),
                      sim::in_days(search.visits[design.visit]))};
}

Words input_words(const mp::Plan& plan, const std::string& input) {
  for (const InputName& name : input_names) {
    if (!input.starts_with(name.before) || !input.ends_with(name.after)) continue;
    const std::size_t length = input.size() - name.before.size() - name.after.size();
    const std::string_view middle = std::string_view(input).substr(name.before.size(), length);
    if (name.after.empty()) {
      if (!middle.empty()) continue;
      return {std::string(name.en), std::string(name.zh)};
    }
    std::size_t place{};
    const auto read = std::from_chars(middle.data(), middle.data() + middle.size(), place);
    if (read.ec != std::errc{} || read.ptr != middle.data() + middle.size()) continue;
    const auto& disks = plan.catalogue.disks;
    const bool disk = name.of_disk && place < disks.size();
    const std::string which = disk ? disks[place].name : std::to_string(place + 1);
    return {std::string(name.en) + which, std::string(name.zh) + which};
  }
  return in_both(input);
}

}  // namespace reports
