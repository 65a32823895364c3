// The drills beside that of the object store: failover of gateways, conversions, moves, copies.
#include <fmt/format.h>

#include <string_view>

#include "reports/drill_text.h"
#include "reports/words/display_width.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

using models::lifecycle::DrillReport;
using models::paths::FailoverDrill;

constexpr std::size_t page_width = 80;

std::string bytes(std::uint64_t number) {
  return value_text(static_cast<double>(number), Form::bytes);
}

std::string verdict(bool passed) { return passed ? "passed" : "FAILED"; }

std::string items(const std::vector<std::string>& texts) {
  std::string text;
  for (const std::string& each : texts) {
    std::string_view indent = "  - ";
    for (const std::string& line : wrap(each, page_width - indent.size())) {
      text += fmt::format("{}{}\n", indent, line);
      indent = "    ";
    }
  }
  return text;
}

}  // namespace

std::string failover_text(const std::vector<FailoverDrill>& drills) {
  if (drills.empty()) return {};
  std::string text = "\nFailover of gateways\n";
  text += fmt::format("{:<20}{:>9}{:>8}{:>8}{:>10}{:>9}{:>8}{:>8}\n", "Engines, arrays", "Steps",
                      "Faults", "Crashes", "Takeovers", "Compared", "Acked", "Verdict");
  for (const FailoverDrill& each : drills) {
    const auto& one = each.result;
    const double share =
        one.writes == 0 ? 0
                        : static_cast<double>(one.acknowledged) / static_cast<double>(one.writes);
    text += fmt::format("{:<20}{:>9}{:>8}{:>8}{:>10}{:>9}{:>6.0f} %{:>8}\n",
                        fmt::format("{}, {}", each.engines, each.legs), grouped(one.steps),
                        grouped(one.faults()), grouped(one.crashes), grouped(one.takeovers),
                        bytes(one.bytes_compared), 100 * share, verdict(one.passed()));
  }
  return text;
}

std::string failover_failure_text(const FailoverDrill& one) {
  if (!one.result.failure) return {};
  const auto& failure = *one.result.failure;
  return fmt::format(
             "\nFailover of {} engines, {} arrays: mission {} fails; of its {} steps {} "
             "suffice\n",
             one.engines, one.legs, failure.mission, failure.schedule.size(),
             failure.shrunk.size()) +
         items(failure.violations);
}

std::string moves_text(const std::vector<DrillReport>& drills) {
  if (drills.empty()) return {};
  std::string text =
      fmt::format("\n{:<43}{:>9}{:>10}{:>10}{:>8}\n", "Conversions, moves and copies", "Courses",
                  "Crashes", "Compared", "Verdict");
  for (const DrillReport& each : drills) {
    text += pad_right(each.name, 42) +
            fmt::format("{:>10}{:>10}{:>10}{:>8}\n", grouped(each.courses), grouped(each.crashes),
                        bytes(each.bytes_compared), verdict(each.passed()));
    text += items(each.violations);
  }
  return text;
}

}  // namespace reports
