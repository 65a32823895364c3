// Logs of failures: one row each, with the place.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "models/records/layouts.h"

namespace models::records {
namespace {

/// Adds the failure of one row; false if its time or its unit is none.
bool add_failure(TraceFile& file, std::string_view time, std::string_view unit, Trace& trace) {
  const auto at = parse_time(time);
  if (!at) {
    file.fault(fmt::format(
        "{} is no time; it must be as 2019-01-04T14:41:12-0500 or 2019-01-04 (ISO 8601)",
        in_quotes(time)));
  }
  if (unit.empty()) file.fault("names no unit");
  if (!at || unit.empty()) return false;
  trace.log.failures.push_back({*at, trace.log.units.number(unit), file.line()});
  return true;
}

void warn_of_unused(const TraceFile& file, Trace& trace) {
  for (const std::string& name : file.unused_columns()) {
    trace.warnings.push_back(fmt::format("column {} is not used", in_quotes(name)));
  }
}

/// What a unit is said to be must stay so.
template <class T>
void expect_same(TraceFile& file, Trace& trace, std::vector<T>& known, T here,
                 std::string_view what) {
  const std::uint32_t unit = trace.log.failures.back().unit;
  if (unit == known.size()) {
    known.push_back(std::move(here));
  } else if (known[unit] != here) {
    file.fault(
        fmt::format("unit {} has another {} than before", in_quotes(trace.log.units[unit]), what));
  }
}

/// Alpine's numbering (George, Hanley, Zimmer 2024, DOI 10.13139/OLCF/2441482): 77 building blocks
/// of four enclosures of 106 slots, of which two in a block hold solid-state disks.
struct Range {
  std::string_view column;
  int last;
};
constexpr std::array alpine_ranges{Range{"cluster", 10}, Range{"enclosure", 4}, Range{"slot", 106},
                                   Range{"rack", 39}, Range{"rack_unit", 42}};
constexpr std::uint64_t alpine_blocks = 77;
constexpr std::uint64_t alpine_disks_of_block = 4 * 106 - 2;

bool is_alpine_unit(TraceFile& file) {
  bool good = true;
  for (const Range& range : alpine_ranges) {
    const std::string_view text = file.field(file.column(range.column));
    const auto value = parse_count(text);
    const bool whole = text.find('.') == std::string_view::npos;
    if (value && whole && *value >= 1 && *value <= range.last) continue;
    file.fault(fmt::format("unknown unit: {} {}; Alpine has {} 1 to {}", range.column,
                           in_quotes(text), range.column, range.last));
    good = false;
  }
  const std::string_view block = file.field(file.column("building_block"));
  if (block.size() == 1 && block[0] >= 'a' && block[0] <= 'h') return good;
  file.fault(fmt::format("unknown unit: building_block {}; Alpine has a to h", in_quotes(block)));
  return false;
}

}  // namespace

void read_failures(TraceFile& file, Trace& trace) {
  const auto time = file.column("timestamp");
  const auto unit = file.column("unit");
  const auto rack = file.column("rack");
  const auto machine = file.column("machine");
  const auto slot = file.column("slot");
  const auto model = file.column("model");
  warn_of_unused(file, trace);
  while (file.next()) {
    if (!add_failure(file, file.field(time), file.field(unit), trace)) continue;
    expect_same(file, trace, trace.log.places,
                Place{std::string(file.field(rack)), std::string(file.field(machine)),
                      std::string(file.field(slot))},
                "place");
    expect_same(file, trace, trace.log.models, std::string(file.field(model)), "model");
  }
}

void read_alpine(TraceFile& file, Trace& trace) {
  const auto time = file.column("timestamp");
  const auto cluster = file.column("cluster");
  const auto block = file.column("building_block");
  const auto enclosure = file.column("enclosure");
  const auto slot = file.column("slot");
  const auto rack = file.column("rack");
  file.column("rack_unit");
  warn_of_unused(file, trace);
  std::map<std::string, std::set<std::string>, std::less<>> blocks;  // of each rack
  while (file.next()) {
    if (!is_alpine_unit(file)) continue;
    const std::string of_block = fmt::format("{}-{}", file.field(cluster), file.field(block));
    const std::string machine = fmt::format("{}-{}", of_block, file.field(enclosure));
    const std::string unit = fmt::format("{}-{}", machine, file.field(slot));
    if (!add_failure(file, file.field(time), unit, trace)) continue;
    expect_same(file, trace, trace.log.places,
                Place{std::string(file.field(rack)), machine, std::string(file.field(slot))},
                "place");
    blocks[std::string(file.field(rack))].insert(of_block);
  }
  trace.log.models.resize(trace.log.units.size());
  for (const auto& [name, within] : blocks) {
    trace.log.units_in_rack[name] = static_cast<double>(within.size() * alpine_disks_of_block);
  }
  trace.log.population = alpine_blocks * alpine_disks_of_block;
  trace.log.population_source = "George, Hanley, Zimmer 2024: 77 building blocks of 422 disks";
}

void finish_failures(const std::string& path, Trace& trace, TraceFaults& faults) {
  FailureLog& log = trace.log;
  std::ranges::stable_sort(
      log.failures, {}, [](const Failure& failure) { return std::pair(failure.at, failure.unit); });
  for (std::size_t i = 1; i < log.failures.size(); ++i) {
    const Failure& before = log.failures[i - 1];
    const Failure& failure = log.failures[i];
    if (failure.at != before.at || failure.unit != before.unit) continue;
    faults.add(
        path, std::max(before.line, failure.line),
        fmt::format("duplicate: unit {} fails at this time on line {} too",
                    in_quotes(log.units[failure.unit]), std::min(before.line, failure.line)));
  }
  const bool by_day = std::ranges::all_of(log.failures, [](const Failure& failure) {
    return failure.at == start_of(day_of(failure.at));
  });
  log.resolution = by_day ? sim::day : sim::Seconds{1};
}

}  // namespace models::records
