#include "models/replay/place_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "models/records/trace_faults.h"
#include "models/records/trace_file.h"
#include "sim/random.h"

namespace models::replay {
namespace {

using records::Place;
using records::TraceFaults;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct ComesBefore {
  bool operator()(const std::string& a, const std::string& b) const { return comes_before(a, b); }
};
using NameSet = std::set<std::string, ComesBefore>;

/// A whole number from 1 to `most`; empty for anything else.
std::optional<std::uint32_t> number_of(const std::string& name, std::uint32_t most) {
  if (name.empty() || name.size() > 9 || !std::ranges::all_of(name, is_digit)) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : name) value = value * 10 + static_cast<std::uint32_t>(c - '0');
  if (value < 1 || value > most) return std::nullopt;
  return value;
}

/// Numbers of the parts of one kind within one place.
class Level {
 public:
  Level(const NameSet& names, std::uint32_t most) {
    const bool by_number = std::ranges::all_of(
        names, [&](const std::string& name) { return number_of(name, most).has_value(); });
    std::uint32_t next = 0;
    for (const std::string& name : names) {
      numbers_[name] = by_number ? *number_of(name, most) - 1 : next++;
    }
  }
  std::uint32_t at(const std::string& name) const { return numbers_.at(name); }

 private:
  std::map<std::string, std::uint32_t> numbers_;
};

/// Numbers the racks, machines and slots that a record names.
class Numbering {
 public:
  Numbering(const records::FailureLog& log, const topology::Topology& topology)
      : topology_(topology), racks_({}, 0) {
    NameSet racks;
    std::map<std::string, NameSet> machines;
    std::map<std::string, NameSet> slots;
    for (const Place& place : log.places) {
      if (place.rack.empty()) continue;
      racks.insert(place.rack);
      if (place.machine.empty()) continue;
      machines[place.rack].insert(place.machine);
      if (!place.slot.empty()) slots[machine_key(place)].insert(place.slot);
    }
    racks_ = Level(racks, topology.racks());
    for (const auto& [rack, names] : machines) {
      machines_.emplace(rack, Level(names, topology.machines_per_rack()));
    }
    for (const auto& [machine, names] : slots) {
      slots_.emplace(machine, Level(names, topology.disks_per_machine()));
    }
  }

  /// The disks among which a place lies; empty, with what is missing, if the scenario has none.
  struct Found {
    topology::Topology::DiskRange disks;
    std::string fault;
  };
  Found find(const Place& place) const {
    if (place.rack.empty()) return {{0, topology_.disks()}, {}};
    const std::uint32_t rack = racks_.at(place.rack);
    if (rack >= topology_.racks()) return beyond("rack", place.rack, topology_.racks());
    if (place.machine.empty()) return {topology_.disks_of({topology::UnitKind::rack, rack}), {}};
    const std::uint32_t machine = machines_.at(place.rack).at(place.machine);
    if (machine >= topology_.machines_per_rack()) {
      return beyond("machine", place.machine, topology_.machines_per_rack());
    }
    const std::uint32_t first =
        topology_.first_disk(rack * topology_.machines_per_rack() + machine);
    if (place.slot.empty()) return {{first, first + topology_.disks_per_machine()}, {}};
    const std::uint32_t slot = slots_.at(machine_key(place)).at(place.slot);
    if (slot >= topology_.disks_per_machine()) {
      return beyond("slot", place.slot, topology_.disks_per_machine());
    }
    return {{first + slot, first + slot + 1}, {}};
  }

 private:
  static std::string machine_key(const Place& place) { return place.rack + "\n" + place.machine; }
  static Found beyond(std::string_view what, const std::string& name, std::uint32_t most) {
    return {{},
            fmt::format("unknown unit: {} {} is more than the scenario has ({})", what,
                        records::in_quotes(name), most)};
  }

  const topology::Topology& topology_;
  Level racks_;
  std::map<std::string, Level> machines_;
  std::map<std::string, Level> slots_;
};

/// Gives every unit a disk that no other has.
class Seats {
 public:
  explicit Seats(std::uint64_t seed) : seed_(seed) {}

  std::optional<std::uint32_t> take(topology::Topology::DiskRange disks, std::uint32_t unit) {
    const std::uint32_t count = disks.end - disks.first;
    std::uint32_t& taken = taken_in_[disks.first];
    if (taken == count) return std::nullopt;
    sim::Stream stream(seed_, sim::Purpose::records, {0, 2, unit});
    for (int tries = 0; tries < 64; ++tries) {
      const auto disk = disks.first + static_cast<std::uint32_t>(stream.below(count));
      if (seat(disk, taken)) return disk;
    }
    for (std::uint32_t disk = disks.first; disk < disks.end; ++disk) {
      if (seat(disk, taken)) return disk;
    }
    return std::nullopt;
  }

 private:
  bool seat(std::uint32_t disk, std::uint32_t& taken) {
    if (!seats_.insert(disk).second) return false;
    ++taken;
    return true;
  }
  std::uint64_t seed_;
  std::set<std::uint32_t> seats_;
  std::unordered_map<std::uint32_t, std::uint32_t> taken_in_;
};

std::vector<std::string> rules_of(const records::FailureLog& log,
                                  const topology::Topology& topology) {
  std::vector<std::string> rules;
  const auto known = [&](std::string Place::*level) {
    return std::ranges::any_of(log.places,
                               [&](const Place& place) { return !(place.*level).empty(); });
  };
  const auto rule = [&](std::string Place::*level, std::string_view what, std::string_view of) {
    rules.push_back(
        known(level)
            ? fmt::format("{} of the record are {} of the scenario, by number or in their order",
                          what, what)
            : fmt::format("the record names no {}: drawn at random, from {}", what, of));
  };
  rule(&Place::rack, "racks", "all disks");
  rule(&Place::machine, "machines", "the disks of the rack");
  rule(&Place::slot, "slots", "the disks of the machine");
  rules.push_back(fmt::format("the scenario has {} racks of {} machines of {} disks",
                              topology.racks(), topology.machines_per_rack(),
                              topology.disks_per_machine()));
  return rules;
}

}  // namespace

bool comes_before(const std::string& a, const std::string& b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (!is_digit(a[i]) || !is_digit(b[j])) {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i;
      ++j;
      continue;
    }
    const auto run = [](const std::string& text, std::size_t& at) {
      while (at < text.size() && text[at] == '0') ++at;
      const std::size_t first = at;
      while (at < text.size() && is_digit(text[at])) ++at;
      return std::string_view(text).substr(first, at - first);
    };
    const std::string_view left = run(a, i);
    const std::string_view right = run(b, j);
    if (left.size() != right.size()) return left.size() < right.size();
    if (left != right) return left < right;
  }
  if (i < a.size() || j < b.size()) return j < b.size();
  return a < b;  // "01" and "1" are two names
}

scenario::Checked<PlaceMap> place_failures(const records::Trace& trace,
                                           const topology::Topology& topology, std::uint64_t seed) {
  TraceFaults faults;
  const records::FailureLog& log = trace.log;
  if (log.failures.empty()) {
    faults.add(trace.file, 0,
               fmt::format("a {} has no failures with their times and places; a replay needs a log "
                           "of failures (timestamp,unit,rack,machine,slot)",
                           to_string(trace.layout)));
    return std::move(faults).take();
  }
  const Numbering numbering(log, topology);
  Seats seats(seed);
  std::vector<std::optional<std::uint32_t>> disk_of(log.units.size());
  std::vector<bool> looked_at(log.units.size());
  PlaceMap map{.failures = {}, .rules = rules_of(log, topology)};
  map.first_day = records::day_of(log.failures.front().at);
  for (const records::Failure& failure : log.failures) {
    if (!looked_at[failure.unit]) {
      looked_at[failure.unit] = true;
      const auto found = numbering.find(log.places[failure.unit]);
      if (found.fault.empty()) disk_of[failure.unit] = seats.take(found.disks, failure.unit);
      map.drawn = map.drawn || found.disks.end > found.disks.first + 1;
      if (!disk_of[failure.unit]) {
        faults.add(trace.file, failure.line,
                   found.fault.empty() ? fmt::format("unit {} has no disk left in its place",
                                                     records::in_quotes(log.units[failure.unit]))
                                       : found.fault);
      }
    }
    if (!disk_of[failure.unit]) continue;
    map.failures.push_back({failure.at - records::start_of(map.first_day), *disk_of[failure.unit]});
  }
  if (faults.any()) return std::move(faults).take();
  return map;
}

}  // namespace models::replay
