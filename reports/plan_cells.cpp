#include "reports/plan_cells.h"

#include <fmt/format.h>

#include <cmath>

namespace reports {

namespace mp = models::planning;

// Six digits are more than any of these figures is known to; files carry the whole number.
std::string plan_number(double value, int digits) {
  if (std::isinf(value)) return "∞";
  std::string text = fmt::format("{:.{}f}", value, digits);
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  for (std::size_t at = point; at > sign + 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

ReportCell plan_cell(double value, int digits) {
  const std::string text = plan_number(value, digits);
  return {{text, text}, value};
}

ReportCell year_cell(const mp::PlanResults& results, std::size_t year) {
  const int calendar = results.plan.first_year + static_cast<int>(year);
  const std::string text = std::to_string(calendar);
  return {{text, text}, static_cast<double>(calendar)};
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

Words missed_words(const mp::TargetSet& missed) {
  Words words;
  for (std::size_t i = 0; i < mp::target_kinds; ++i) {
    const auto target = static_cast<mp::Target>(i);
    if (!missed.contains(target)) continue;
    words.en += (words.en.empty() ? "" : ", ") + std::string(mp::to_string(target));
    words.zh += (words.zh.empty() ? "" : "，") + target_words(target).zh;
  }
  return words.en.empty() ? Words{"-", "-"} : words;
}

}  // namespace reports
