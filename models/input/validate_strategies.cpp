#include "models/input/validate_strategies.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/codes/code.h"
#include "models/input/fit.h"
#include "models/input/validate.h"
#include "models/input/validate_placement.h"

namespace models::scenario {
namespace {

/// A strategy with its code made, on hardware whose counts are sound.
struct Candidate {
  const Scenario& scenario;
  const Strategy& strategy;
  const codes::Code& code;
  std::string pointer;  ///< "/strategies/1"

  const Hardware& hardware() const { return scenario.hardware_of(strategy); }
  const Failures& failures() const { return scenario.failures_of(strategy); }
  int width() const { return code.shape().total(); }
  double disks() const { return static_cast<double>(hardware().disks()); }
  /// Disks that hold data: no hot spares.
  double data_disks() const {
    return scenario::data_disks(hardware(), strategy.placement, strategy.repair.spares);
  }
  double shards() const { return double{1} * strategy.placement.groups * width(); }
  Bytes stored() const { return stored_bytes(scenario.data, code); }
};

bool sound(const Hardware& hardware) {
  const double disks = double{1} * hardware.sites * hardware.racks_per_site *
                       hardware.machines_per_rack * hardware.disks_per_machine;
  return std::min({hardware.sites, hardware.racks_per_site, hardware.machines_per_rack,
                   hardware.disks_per_machine}) >= 1 &&
         disks <= max_disks;
}

std::unique_ptr<const codes::Code> checked_code(const codes::CodeSpec& spec,
                                                const std::string& pointer, FaultList& faults) {
  const codes::CodeKind* kind = codes::find_code(spec.kind);
  if (kind == nullptr) {
    std::string known;
    for (const codes::CodeKind& each : codes::all_codes()) {
      known += fmt::format("{}\"{}\"", known.empty() ? "" : ", ", each.name);
    }
    faults.error(pointer + "/kind",
                 fmt::format("there is no code \"{}\"; use {}", spec.kind, known));
    return nullptr;
  }
  const std::string fault = kind->check(spec);
  if (!fault.empty()) {
    faults.error(pointer, fault);
    return nullptr;
  }
  return kind->make(spec);
}

void check_memory(const Candidate& candidate, FaultList& faults) {
  constexpr double worth_a_word = 8e9;  // a common size of a desktop's memory
  const double shards = candidate.shards();
  const Bytes memory = memory_needed(shards, candidate.disks());
  const std::string pointer = candidate.pointer + "/placement/groups";
  if (shards >= max_shards_in_all) {
    faults.error(
        pointer,
        fmt::format("{} groups x {} shards = {:.4g} shards; fewer than {:.0f} can be "
                    "numbered, so at most {:.0f} groups (these would take about {})",
                    candidate.strategy.placement.groups, candidate.width(), shards,
                    max_shards_in_all, std::ceil(max_shards_in_all / candidate.width()) - 1,
                    text_of(memory)));
  } else if (memory.value > worth_a_word) {
    faults.warning(pointer, fmt::format("{} groups x {} shards on {:.0f} disks take about {} of "
                                        "memory; fewer groups take less",
                                        candidate.strategy.placement.groups, candidate.width(),
                                        candidate.disks(), text_of(memory)));
  }
}

// Whole shards must fit: with few groups they are coarse. Returns the groups that surely do.
std::optional<double> finer_groups(const Candidate& candidate) {
  const Data& data = candidate.scenario.data;
  const Hardware& hardware = candidate.hardware();
  const Strategy& strategy = candidate.strategy;
  if (shards_fit(hardware, data, strategy.placement, candidate.code, strategy.repair.spares)) {
    return std::nullopt;
  }
  const Bytes per_group = data.logical / candidate.code.shape().data;
  const Bytes spare = hardware.disk.capacity - candidate.stored() / candidate.data_disks();
  return spare.value > 0 ? std::ceil(per_group / spare) : max_groups;
}

void check_room(const Candidate& candidate, FaultList& faults) {
  const Hardware& hardware = candidate.hardware();
  const Bytes raw = hardware.disk.capacity * candidate.data_disks();
  const Bytes usable = raw * hardware.usable_fill;
  const Bytes stored = candidate.stored();
  if (!has_room(hardware, candidate.scenario.data, candidate.code, candidate.data_disks())) {
    const double disks = std::ceil(stored / (hardware.disk.capacity * hardware.usable_fill));
    faults.error(
        candidate.pointer,
        fmt::format("{} x {:.4g} ({}) = {} to store, but {} raw filled to {:.4g} % hold {}: {} too "
                    "much. At most {} of data fit this strategy, or take {:.0f} disks",
                    text_of(candidate.scenario.data.logical), candidate.code.overhead(),
                    candidate.code.name(), text_of(stored), text_of(raw),
                    hardware.usable_fill * 100, text_of(usable), text_of(stored - usable),
                    text_of(usable / candidate.code.overhead()), disks));
    return;
  }
  if (const auto groups = finer_groups(candidate)) {
    faults.error(
        candidate.pointer + "/placement/groups",
        fmt::format("{} groups make shards so large that they do not fit the disks of {} "
                    "evenly; use at least {:.0f} groups",
                    candidate.strategy.placement.groups, text_of(hardware.disk.capacity), *groups));
  }
  const Bytes group = candidate.scenario.data.logical / candidate.strategy.placement.groups;
  if (group < candidate.scenario.data.stripe) {
    faults.warning(
        candidate.pointer + "/placement/groups",
        fmt::format("a group holds {}, less than one stripe of {}; fewer groups describe "
                    "the system better",
                    text_of(group), text_of(candidate.scenario.data.stripe)));
  }
}

/// Mean traffic of rebuilding that meets one kind of limit, all units together.
struct Load {
  std::string limit;
  BytesPerSecond needed;
  BytesPerSecond possible;
};

// Losses of one disk's content per second: its own death, its machine's, and shocks, by
// mean lives.
double losses_per_second(const Failures& failures, const Hardware& hardware) {
  double rate = 0;
  if (failures.disk && failures.disk_models.empty()) rate += 1 / failures.disk->mean().value;
  double parts = 0;
  for (const DiskModel& model : failures.disk_models) parts += model.parts;
  for (const DiskModel& model : failures.disk_models) {
    rate += model.parts / parts / model.life.mean().value;
  }
  if (failures.burst) {
    const double racks = hardware.racks_per_site;
    const double of_rack = static_cast<double>(hardware.disks()) / hardware.sites / racks;
    rate += failures.burst->mean_deaths(racks, of_rack) / (racks * of_rack) /
            failures.burst->between.mean().value;
  }
  if (failures.machine) rate += 1 / failures.machine->mean().value;
  for (const ShockOf& place : all_shocks()) {
    const std::optional<Shock>& shock = failures.*place.shock;
    if (shock) rate += shock->kills / shock->between.mean().value;
  }
  return rate;
}

std::vector<Load> mean_loads(const Candidate& candidate) {
  const Hardware& hardware = candidate.hardware();
  const auto machines = static_cast<double>(hardware.machines());
  const auto racks = static_cast<double>(hardware.racks());
  const BytesPerSecond writes{candidate.stored().value *
                              losses_per_second(candidate.failures(), candidate.hardware())};
  const BytesPerSecond reads = writes * codes::mean_repair_reads(candidate.code);
  const double share = hardware.network.rebuild_share;
  // Sources are spread over all racks: one in `racks` is at home.
  const BytesPerSecond crossing = reads * (1 - 1 / racks);
  std::vector<Load> loads{{"disks (reading)", reads, hardware.disk.read * candidate.disks()},
                          {"disks (writing)", writes, hardware.disk.write * candidate.disks()},
                          {"network cards", reads, hardware.network.machine * share * machines},
                          {"rack uplinks", crossing, hardware.network.rack_uplink * share * racks},
                          {"core", crossing, hardware.network.core * share * hardware.sites}};
  for (const Throttle& throttle : candidate.strategy.repair.throttles) {
    if (throttle.at == ThrottleAt::rack || throttle.at == ThrottleAt::link) continue;
    const bool per_disk = throttle.at == ThrottleAt::disk;
    BytesPerSecond needed = reads + writes;
    if (throttle.counts == ThrottleCounts::reads) needed = reads;
    if (throttle.counts == ThrottleCounts::writes) needed = writes;
    loads.push_back({fmt::format("throttles of {} per {}", text_of(throttle.rate),
                                 per_disk ? "disk" : "machine"),
                     needed, throttle.rate * (per_disk ? candidate.disks() : machines)});
  }
  return loads;
}

// What a strategy's repair asks of its code and of its spares.
void check_waiting(const Candidate& candidate, FaultList& faults) {
  const Repair& repair = candidate.strategy.repair;
  const std::string pointer = candidate.pointer + "/repair";
  const int most = std::max(1, candidate.code.tolerance());
  if (repair.threshold > most) {
    faults.error(pointer + "/threshold",
                 fmt::format("must be at most {}: {} may be lost with {} more", most,
                             candidate.code.name(), most + 1));
  }
  if (repair.patience && repair.spares.kind == "technician") {
    faults.error(pointer + "/patience",
                 "cannot go with the spares \"technician\": there is nowhere to copy to");
  }
  const bool moves = repair.predictor || repair.refresh || repair.new_disks != NewDisks::wait;
  if (moves && repair.spares.kind == "technician") {
    faults.error(pointer + "/spares",
                 "of kind \"technician\" leave nowhere to move shards to: they cannot go with "
                 "predictor, refresh or new_disks");
  }
  if (repair.sharing == FlowSharing::exact && repair.order == RebuildOrder::arrival) {
    faults.error(
        pointer + "/sharing",
        "\"exact\" cannot go with the order \"arrival\", where all of a disk moves as one");
  }
  const bool timed = repair.rebuild_time.has_value();
  const auto refuse = [&](bool set, std::string_view key) {
    if (!timed || !set) return;
    faults.error(fmt::format("{}/{}", pointer, key),
                 "cannot go with rebuild_time, which takes no account of it; remove one");
  };
  refuse(repair.traffic != Traffic::balanced, "traffic");
  refuse(repair.threshold > 1, "threshold");
  refuse(repair.patience.has_value(), "patience");
  refuse(repair.busy.has_value(), "busy");
  refuse(repair.sharing != FlowSharing::together, "sharing");
  refuse(repair.predictor.has_value(), "predictor");
  refuse(repair.refresh.has_value(), "refresh");
  refuse(repair.new_disks != NewDisks::wait, "new_disks");
}

void check_mix(const Candidate& candidate, FaultList& faults) {
  double parts = 0;
  for (const DiskModel& model : candidate.failures().disk_models) parts += model.parts;
  if (parts <= candidate.disks()) return;
  faults.error(candidate.pointer,
               fmt::format("has {:.0f} disks, but failures.disk.models deals out {:.0f} parts",
                           candidate.disks(), parts));
}

void check_stability(const Candidate& candidate, FaultList& faults) {
  const Repair& repair = candidate.strategy.repair;
  const double rate = losses_per_second(candidate.failures(), candidate.hardware());
  if (repair.rebuild_time) {
    const Seconds rebuild = repair.rebuild_time->mean();
    if (rebuild.value * rate < 1) return;
    faults.warning(candidate.pointer,
                   fmt::format("rebuild is slower than failures (unstable): a rebuild takes {:.4g} "
                               "h, a disk is lost every {:.4g} h on average; data will be lost for "
                               "certain, shorten rebuild_time",
                               sim::in_hours(rebuild), 1 / rate / sim::hour.value));
    return;
  }
  const std::vector<Load> loads = mean_loads(candidate);
  const auto worst = std::ranges::max_element(
      loads, {}, [](const Load& load) { return load.needed / load.possible; });
  if (worst->needed < worst->possible) return;
  faults.warning(candidate.pointer,
                 fmt::format("rebuild is slower than failures (unstable): failures call for {} on "
                             "average, {} in all give {}; damage will pile up, raise that limit or "
                             "lower the failure rates",
                             text_of(worst->needed), worst->limit, text_of(worst->possible)));
}

}  // namespace

void check_strategies(const Scenario& scenario, FaultList& faults) {
  // Figures of impossible inputs would only confuse: they come once the inputs are right.
  const bool inputs_are_right = !faults.has_errors();
  for (std::size_t i = 0; i < scenario.strategies.size(); ++i) {
    const Strategy& strategy = scenario.strategies[i];
    const std::string pointer = fmt::format("/strategies/{}", i);
    const auto code = checked_code(strategy.code, pointer + "/code", faults);
    const bool placed = check_placement_values(strategy, pointer, faults);
    const Hardware& hardware = scenario.hardware_of(strategy);
    if (!code || !placed || !sound(hardware)) continue;
    check_places(hardware, strategy, *code, pointer, faults);
    const Candidate candidate{scenario, strategy, *code, pointer};
    check_waiting(candidate, faults);
    check_mix(candidate, faults);
    check_memory(candidate, faults);
    if (!inputs_are_right || candidate.data_disks() < 1) continue;
    check_room(candidate, faults);
    check_stability(candidate, faults);
  }
}

}  // namespace models::scenario
