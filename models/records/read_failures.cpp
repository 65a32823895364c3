// Logs of failures: one row each, with the place.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "models/records/date_reader.h"
#include "models/records/layouts.h"

namespace models::records {
namespace {

/// A log of more is another thing, or takes all memory.
constexpr std::size_t most_failures = 5'000'000;
constexpr std::uint64_t most_name_bytes = std::uint64_t{256} << 20U;

/// What one row says of its unit, beside the time.
struct Row {
  std::string unit;
  Place place;
  std::string model;
};

bool are_names(TraceFile& file, const Row& row) {
  for (const std::string* name :
       {&row.unit, &row.place.rack, &row.place.machine, &row.place.slot, &row.model}) {
    const std::string why = against_name(*name);
    if (why.empty()) continue;
    file.fault(fmt::format("{} {}", in_quotes(*name), why));
    return false;
  }
  return true;
}

/// False if a known unit is said to be something else than before.
bool is_as_before(TraceFile& file, std::uint32_t unit, const Row& row, const FailureLog& log) {
  const bool place = log.places[unit] == row.place;
  if (place && log.models[unit] == row.model) return true;
  file.fault(fmt::format(
      "unit {} has another {} than before{}", in_quotes(row.unit), place ? "model" : "place",
      place ? "" : "; if its number is one within its machine, --columns unit=MACHINE/NUMBER"));
  return false;
}

/// False, with a fault that ends the reading, where the record is too large to be kept.
bool has_room(TraceFile& file, const FailureLog& log) {
  if (log.failures.size() < most_failures && log.units.bytes() < most_name_bytes) return true;
  file.fatal(
      fmt::format("holds more than {} failures, or names of more than {} MiB: is it a log of "
                  "failures? --where takes some of its rows",
                  most_failures, most_name_bytes >> 20U));
  return false;
}

/// Adds the failure of one row; false if the row has a fault.
bool add_failure(TraceFile& file, DateReader& dates, std::string_view time, const Row& row,
                 Trace& trace) {
  FailureLog& log = trace.log;
  const auto at = dates.read(time);
  if (!at) file.fault(dates.why());
  if (row.unit.empty()) file.fault("names no unit");
  if (!at || row.unit.empty() || !are_names(file, row)) return false;
  const std::uint32_t unit = log.units.number(row.unit);
  if (unit == log.places.size()) {
    log.places.push_back(row.place);
    log.models.push_back(row.model);
  } else if (!is_as_before(file, unit, row, log)) {
    return false;
  }
  log.failures.push_back(
      {*at, unit, static_cast<std::uint32_t>(trace.sources.size() - 1), file.line()});
  return true;
}

void warn_of_unused(const TraceFile& file, Trace& trace) {
  for (const std::string& name : file.unused_columns()) {
    const std::string words = fmt::format("column {} is not used", in_quotes(name));
    if (std::ranges::find(trace.warnings, words) == trace.warnings.end()) {
      trace.warnings.push_back(words);
    }
  }
}

/// Says which columns were taken for what, where their names are not those of the manual.
void tell_columns(const TraceFile& file, Role role, const Columns& columns, Trace& trace) {
  if (columns.empty()) return;
  std::string names;
  for (const std::size_t column : columns) {
    names += (names.empty() ? "" : "/") + file.header().written(column);
  }
  const bool plain = names == to_string(role) || names == "timestamp";
  const std::string words = fmt::format("the {} is column {}", to_string(role), in_quotes(names));
  if (plain || std::ranges::find(trace.warnings, words) != trace.warnings.end()) return;
  trace.warnings.push_back(words);
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

void read_failures(TraceFile& file, DateForm dates, Trace& trace) {
  struct Known {
    Columns time, unit, rack, machine, slot, model;
  };
  Known known{.time = file.columns(Role::time),
              .unit = file.columns(Role::unit),
              .rack = file.columns(Role::rack),
              .machine = file.columns(Role::machine),
              .slot = file.columns(Role::slot),
              .model = file.columns(Role::model)};
  // Without a name of its own, a unit is what stands in its slot.
  if (known.unit.empty() && !known.slot.empty()) {
    for (const Columns* part : {&known.rack, &known.machine, &known.slot}) {
      known.unit.insert(known.unit.end(), part->begin(), part->end());
    }
  }
  if (known.unit.empty() || known.time.empty()) {
    file.fatal(fmt::format("--columns must say which column holds the {}; there are {}",
                           known.time.empty() ? "time" : "unit", file.header().list()));
  }
  if (file.any_fatal()) return;
  tell_columns(file, Role::time, known.time, trace);
  tell_columns(file, Role::unit, known.unit, trace);
  tell_columns(file, Role::rack, known.rack, trace);
  tell_columns(file, Role::machine, known.machine, trace);
  tell_columns(file, Role::slot, known.slot, trace);
  tell_columns(file, Role::model, known.model, trace);
  warn_of_unused(file, trace);
  DateReader reader{dates};
  while (file.next() && has_room(file, trace.log)) {
    Row row;
    row.unit = file.field(known.unit);
    row.place.rack = file.field(known.rack);
    row.place.machine = file.field(known.machine);
    row.place.slot = file.field(known.slot);
    row.model = file.field(known.model);
    const std::string time{file.field(known.time, ' ')};
    add_failure(file, reader, time, row, trace);
  }
}

void read_alpine(TraceFile& file, DateForm dates, Trace& trace) {
  const auto time = file.column("timestamp");
  const auto cluster = file.column("cluster");
  const auto block = file.column("building_block");
  const auto enclosure = file.column("enclosure");
  const auto slot = file.column("slot");
  const auto rack = file.column("rack");
  file.column("rack_unit");
  warn_of_unused(file, trace);
  DateReader reader{dates};
  std::map<std::string, std::set<std::string>, std::less<>> blocks;  // of each rack
  while (file.next()) {
    if (!is_alpine_unit(file)) continue;
    const std::string of_block = fmt::format("{}-{}", file.field(cluster), file.field(block));
    const std::string machine = fmt::format("{}-{}", of_block, file.field(enclosure));
    const Row row{.unit = fmt::format("{}-{}", machine, file.field(slot)),
                  .place = {std::string(file.field(rack)), machine, std::string(file.field(slot))},
                  .model = {}};
    if (!add_failure(file, reader, file.field(time), row, trace)) continue;
    blocks[std::string(file.field(rack))].insert(of_block);
  }
  for (const auto& [name, within] : blocks) {
    trace.log.units_in_rack[name] = static_cast<double>(within.size() * alpine_disks_of_block);
  }
  trace.log.population = alpine_blocks * alpine_disks_of_block;
  trace.log.population_source = "George, Hanley, Zimmer 2024: 77 building blocks of 422 disks";
}

void finish_failures(Trace& trace, TraceFaults& faults) {
  FailureLog& log = trace.log;
  std::ranges::stable_sort(
      log.failures, {}, [](const Failure& failure) { return std::pair(failure.at, failure.unit); });
  const auto same = [&](const Failure& before, const Failure& failure) {
    if (failure.at != before.at || failure.unit != before.unit) return false;
    const bool elsewhere = failure.file != before.file;
    faults.add(trace.sources[failure.file], failure.line,
               fmt::format("duplicate: unit {} fails at this time on line {} too{}",
                           in_quotes(log.units[failure.unit]), before.line,
                           elsewhere ? " of " + trace.sources[before.file] : ""));
    return true;
  };
  const auto repeated = std::ranges::unique(log.failures, same);
  log.failures.erase(repeated.begin(), repeated.end());
  const bool by_day = std::ranges::all_of(log.failures, [](const Failure& failure) {
    return failure.at == start_of(day_of(failure.at));
  });
  log.resolution = by_day ? sim::day : sim::Seconds{1};
}

}  // namespace models::records
