#include "reports/drill_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "reports/words/display_width.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

using models::drill::DrillOptions;
using models::drill::DrillResult;
using models::drill::RebuildPace;
using models::drill::StrategyDrill;
using models::drill::StrategyResult;

constexpr std::size_t page_width = 80;
constexpr std::size_t name_width = 20;

struct Cell {
  std::string text;
  std::size_t width{};
};

/// A name and right-aligned cells; what the widths leave of the page is up to the caller.
std::string row(std::string_view name, const std::vector<Cell>& cells) {
  std::string line = pad_right(cut(std::string{name}, name_width), name_width);
  for (const Cell& cell : cells) line += fmt::format("{:>{}}", cell.text, cell.width);
  return line.erase(line.find_last_not_of(' ') + 1) + '\n';
}

std::string count(std::uint64_t number) { return grouped(number); }
std::string bytes(std::uint64_t number) {
  return value_text(static_cast<double>(number), Form::bytes);
}
/// GB/s, or a dash where nothing was moved.
std::string rate(std::uint64_t moved, double seconds) {
  if (moved == 0 || seconds <= 0) return "-";
  return fmt::format("{:.3g}", static_cast<double>(moved) / seconds * 1e-9);
}

std::uint64_t faults_of(const StrategyDrill& one) {
  std::uint64_t faults = 0;
  for (const auto& kind : models::drill::all_step_kinds()) {
    if (kind.fault) faults += one.happened[static_cast<std::size_t>(kind.kind)];
  }
  return faults;
}

std::string losses_of(const StrategyDrill& one) {
  return fmt::format("{} {} {}", grouped(one.objects_lost_predicted),
                     one.objects_lost_predicted == one.objects_lost_seen ? "=" : "!=",
                     grouped(one.objects_lost_seen));
}

std::string what_happened(const DrillResult& result) {
  std::string text = row("", {{"", 9}, {"", 8}, {"Disks", 8}, {"Shards", 9}, {"Objects lost", 18}});
  text += row("Strategy", {{"Steps", 9},
                           {"Faults", 8},
                           {"lost", 8},
                           {"rebuilt", 9},
                           {"predicted = seen", 18},
                           {"Verdict", 8}});
  for (const StrategyResult& each : result.strategies) {
    const StrategyDrill& one = each.drill;
    text += row(one.name, {{count(one.steps), 9},
                           {count(faults_of(one)), 8},
                           {count(one.disks_lost), 8},
                           {count(one.shards_rebuilt), 9},
                           {losses_of(one), 18},
                           {one.passed() ? "passed" : "FAILED", 8}});
  }
  return text;
}

std::string bytes_moved(const DrillResult& result) {
  std::string text = "\nBytes through the code, and GB/s of one core of this machine\n";
  text += row("Strategy", {{"encoded", 10},
                           {"GB/s", 7},
                           {"decoded", 10},
                           {"GB/s", 7},
                           {"verified", 10},
                           {"GB/s", 7},
                           {"MD5 GB/s", 9}});
  for (const StrategyResult& each : result.strategies) {
    const StrategyDrill& one = each.drill;
    text += row(one.name, {{bytes(one.work.bytes_encoded), 10},
                           {rate(one.work.bytes_encoded, one.work.encode_s), 7},
                           {bytes(one.work.bytes_decoded), 10},
                           {rate(one.work.bytes_decoded, one.work.decode_s), 7},
                           {bytes(one.bytes_verified), 10},
                           {rate(one.bytes_verified, one.work.verify_s), 7},
                           {rate(one.work.bytes_md5, one.work.md5_s), 9}});
  }
  return text;
}

std::string hours(models::Seconds time) { return fmt::format("{:.3g}", time.value / 3600); }

std::string rebuild_times(const DrillResult& result) {
  std::string text = "\nRebuild of 1 TB, hours\n";
  text += row("", {{"measured on", 13}, {"a core in each", 16}, {"simulated", 12}});
  text += row("Strategy", {{"one core", 13}, {"machine", 16}, {"limits", 12}, {"bound by", 19}});
  for (const StrategyResult& each : result.strategies) {
    if (!each.pace) {
      text += row(each.drill.name, {{"-", 13}, {"-", 16}, {"-", 12}, {"nothing rebuilt", 19}});
      continue;
    }
    const RebuildPace& pace = *each.pace;
    text += row(each.drill.name, {{hours(pace.measured), 13},
                                  {hours(pace.computed), 16},
                                  {hours(pace.moved), 12},
                                  {pace.cpu_bound() ? "CPU" : "disks or network", 19}});
  }
  return text;
}

/// Names over their columns, in as many lines as the longest takes: cut to one line, two of a
/// scenario often look the same.
std::string heads(const DrillResult& result, std::size_t first, std::size_t end,
                  std::size_t column) {
  std::vector<std::vector<std::string>> names;
  std::size_t tallest = 0;
  for (std::size_t i = first; i < end; ++i) {
    names.push_back(wrap(result.strategies[i].drill.name, column - 1));
    tallest = std::max(tallest, names.back().size());
  }
  std::string text;
  for (std::size_t at = 0; at < tallest; ++at) {
    std::string head = pad_right("", name_width);
    for (const auto& lines : names) {
      const std::size_t above = tallest - lines.size();
      head += pad_left(at < above ? "" : lines[at - above], column);
    }
    text += head.erase(head.find_last_not_of(' ') + 1) + '\n';
  }
  return text;
}

/// As many strategies side by side as fit.
std::string steps_by_kind(const DrillResult& result) {
  constexpr std::size_t column = 12;
  constexpr std::size_t most = (page_width - name_width) / column;
  std::string text;
  for (std::size_t first = 0; first < result.strategies.size(); first += most) {
    const std::size_t end = std::min(first + most, result.strategies.size());
    const auto line = [&](std::string_view name, const auto& cell_of) {
      std::vector<Cell> cells;
      for (std::size_t i = first; i < end; ++i) {
        cells.push_back({cell_of(result.strategies[i].drill), column});
      }
      return row(name, cells);
    };
    text += "\nSteps by kind\n" + heads(result, first, end, column);
    for (const auto& kind : models::drill::all_step_kinds()) {
      text += line(kind.name, [&](const StrategyDrill& one) {
        return count(one.happened[static_cast<std::size_t>(kind.kind)]);
      });
    }
    text += line("damage found", [](const StrategyDrill& one) { return count(one.damage_found); });
    text += line("rebuilds put off",
                 [](const StrategyDrill& one) { return count(one.rebuilds_put_off); });
    text += line("writes degraded",
                 [](const StrategyDrill& one) { return count(one.writes_degraded); });
    text +=
        line("writes refused", [](const StrategyDrill& one) { return count(one.writes_refused); });
  }
  return text;
}

std::string plural(std::uint64_t number, std::string_view word) {
  return fmt::format("{} {}{}", grouped(number), word, number == 1 ? "" : "s");
}

}  // namespace

std::string drill_text(const DrillResult& result, const DrillOptions& options) {
  std::string text =
      fmt::format("{} of {}, {} of {}, seed {}\n\n",
                  plural(static_cast<std::uint64_t>(options.setting.objects), "object"),
                  plural(options.setting.object_bytes, "byte"), plural(options.missions, "mission"),
                  options.schedule ? "the given schedule"
                                   : plural(static_cast<std::uint64_t>(options.steps), "step"),
                  options.setting.seed);
  return text + what_happened(result) + bytes_moved(result) + rebuild_times(result) +
         steps_by_kind(result);
}

std::string drill_failure_text(const StrategyResult& one) {
  if (!one.failure) return {};
  std::string text =
      fmt::format("\n{}: mission {} fails; its {} shrunk to {}\n", cut(one.drill.name, 40),
                  one.failure->mission, plural(one.failure->schedule.size(), "step"),
                  one.failure->shrunk.size());
  for (const std::string& violation : one.failure->violations) {
    std::string_view indent = "  - ";
    for (const std::string& line : wrap(violation, page_width - indent.size())) {
      text += fmt::format("{}{}\n", indent, line);
      indent = "    ";
    }
  }
  return text;
}

}  // namespace reports
