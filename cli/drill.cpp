#include "models/drill/drill.h"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/load_scenario.h"
#include "reports/display_width.h"
#include "reports/number_text.h"

namespace cli {
namespace {

using models::drill::DrillOptions;
using models::drill::DrillResult;
using models::drill::StrategyDrill;

constexpr std::size_t page_width = 80;
constexpr std::size_t name_width = 20;

std::string losses_of(const StrategyDrill& one) {
  return fmt::format(
      "{} {} {}", one.objects_lost_predicted,
      one.objects_lost_predicted == one.objects_lost_seen ? "=" : "!=", one.objects_lost_seen);
}

/// The widths add up to page_width.
std::string row(std::string_view name, std::string_view objects, std::string_view compared,
                std::string_view disks, std::string_view machines, std::string_view rebuilt,
                std::string_view losses, std::string_view verdict) {
  return fmt::format("{}{:>9}{:>10}{:>6}{:>6}{:>10}{:>11}{}\n",
                     reports::pad_right(name, name_width), objects, compared, disks, machines,
                     rebuilt, losses, verdict.empty() ? "" : fmt::format("{:>8}", verdict));
}

std::string row_of(const StrategyDrill& one) {
  return row(one.name, reports::grouped(static_cast<std::uint64_t>(one.objects)),
             reports::value_text(static_cast<double>(one.bytes_verified), reports::Form::bytes),
             fmt::to_string(one.disks_lost), fmt::to_string(one.machines_lost),
             reports::grouped(one.shards_rebuilt), losses_of(one),
             one.passed() ? "passed" : "FAILED");
}

std::string violations_of(const StrategyDrill& one) {
  if (one.passed()) return {};
  std::string text =
      fmt::format("\n{}: {} violation{}\n", reports::cut(one.name, 50),
                  reports::grouped(one.violation_count), one.violation_count == 1 ? "" : "s");
  for (const std::string& violation : one.violations) {
    std::string_view indent = "  - ";
    for (const std::string& line : reports::wrap(violation, page_width - indent.size())) {
      text += fmt::format("{}{}\n", indent, line);
      indent = "    ";
    }
  }
  if (const std::uint64_t more = one.violation_count - one.violations.size(); more > 0) {
    text += fmt::format("    and {} more\n", reports::grouped(more));
  }
  return text;
}

std::string text_of(const DrillResult& result, const DrillOptions& options) {
  std::string text = fmt::format(
      "{} byte{} an object, {} fault{}, seed {}\n"
      "Objects lost: as the code predicts = as reading back shows\n\n",
      reports::grouped(static_cast<std::uint64_t>(options.object_bytes)),
      options.object_bytes == 1 ? "" : "s",
      reports::grouped(static_cast<std::uint64_t>(options.faults)), options.faults == 1 ? "" : "s",
      options.seed);
  text += row("", "", "Bytes", "Disks", "Mach.", "Shards", "Objects", "");
  text += row("Strategy", "Objects", "compared", "lost", "lost", "rebuilt", "lost", "Verdict");
  for (const StrategyDrill& one : result.strategies) text += row_of(one);
  for (const StrategyDrill& one : result.strategies) text += violations_of(one);
  return text;
}

}  // namespace

int drill(const Arguments& arguments, const Options& options) {
  const auto scenario = load_scenario(arguments);
  if (!scenario) return bad_input;
  if (!knows_strategies(*scenario, arguments.strategies)) return usage;
  DrillOptions chosen = options.drill;
  chosen.seed = options.run.seed;
  std::vector<std::optional<std::string>> wanted(arguments.strategies.begin(),
                                                 arguments.strategies.end());
  if (wanted.empty()) wanted.emplace_back();  // every strategy
  DrillResult all;
  for (auto& strategy : wanted) {
    chosen.strategy = std::move(strategy);
    auto result = models::drill::drill(*scenario, chosen);
    if (!result) {
      complain(result.diagnostics());
      return bad_input;
    }
    for (auto& one : result.value().strategies) all.strategies.push_back(std::move(one));
  }
  return print(text_of(all, chosen)) && all.passed() ? done : failure;
}

}  // namespace cli
