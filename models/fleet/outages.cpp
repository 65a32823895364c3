// Who is reachable, and which groups can be read: the outage half of Mission.
#include <algorithm>
#include <utility>

#include "models/fleet/mission.h"

namespace models::fleet {

using topology::Unit;
using topology::UnitKind;

bool Mission::reachable(const State& state, std::uint32_t machine) const {
  if (state.cut != nullptr && state.cut->contains(machine)) return false;
  return state.down_machines.empty() ||
         !std::binary_search(state.down_machines.begin(), state.down_machines.end(), machine);
}

void Mission::set_down(State& state, std::uint32_t machine, bool down) const {
  auto& list = state.down_machines;
  const auto place = std::lower_bound(list.begin(), list.end(), machine);
  const bool present = place != list.end() && *place == machine;
  if (down && !present) list.insert(place, machine);
  if (!down && present) list.erase(place);
}

void Mission::start_outage(State& state, Unit unit, Seconds duration) {
  ++outcome_->outages;
  tell(state, "outage begins", unit);
  settle(state);  // what ended before it was not touched by it
  state.queue.push(
      state.now + duration,
      Event{Event::Kind::returns, static_cast<std::uint32_t>(unit.kind), unit.index, 0});
  if (unit.kind == UnitKind::machine) {
    ++state.machines.at(unit.index).outages;
    state.machines.at(unit.index).wrongly_missed = false;
    set_down(state, unit.index, true);
    give_up_later(state, unit.index);
    const std::uint32_t worse[] = {unit.index};
    refuse_writes(state, worse);
    after_reachability_change(state, worse);
  } else {
    const std::shared_ptr<const topology::CutSet> before = state.cut;
    auto& units = state.down_units;
    units.insert(std::lower_bound(units.begin(), units.end(), unit), unit);
    recut(state);
    std::vector<std::uint32_t> worse;
    for (const std::uint32_t machine : state.cut->machines()) {
      if (before == nullptr || !before->contains(machine)) worse.push_back(machine);
    }
    refuse_writes(state, worse);
    after_reachability_change(state, worse);
  }
  await_absence(state, unit);
}

/// Nobody plans by an absence before it is reported.
void Mission::await_absence(State& state, Unit unit) {
  const auto& absence = fleet_->repair().detection.absence;
  if (!absence) {
    on_absent(state, unit);
    return;
  }
  sim::Stream stream(seed_, sim::Purpose::policy,
                     {state.replicate, 0, state.plans++, state.branch});
  const Seconds at = state.now + absence->sample(stream);
  const auto kind = static_cast<std::uint32_t>(unit.kind);
  state.unreported.push_back(
      {unit, state.queue.push(at, Event{Event::Kind::absent, kind, unit.index, 0})});
}

/// An absence is reported: what it keeps from being written or read is planned anew.
void Mission::on_absent(State& state, Unit unit) {
  if (fleet_->repair().detection.absence) tell(state, "absence reported", unit);
  std::erase_if(state.unreported, [&](const Unreported& absence) {
    return absence.unit == unit && !state.queue.pending(absence.report);
  });
  std::vector<std::uint32_t> worse;
  if (unit.kind == UnitKind::machine) {
    state.known.set_absent(unit.index, true);
    worse.push_back(unit.index);
  } else {
    const std::shared_ptr<const topology::CutSet> before = state.known.cut;
    auto& units = state.known.down_units;
    units.insert(std::lower_bound(units.begin(), units.end(), unit), unit);
    state.known.cut = reachability_.cut_off(units);
    for (const std::uint32_t machine : state.known.cut->machines()) {
      if (before == nullptr || !before->contains(machine)) worse.push_back(machine);
    }
  }
  plan_around(state, worse);
}

/// Rebuilds that write to or read from machines that are known to be away are planned anew.
void Mission::plan_around(State& state, std::span<const std::uint32_t> machines) {
  if (state.jobs.empty() || machines.empty()) return;
  settle(state);
  const auto touched = [&](std::uint32_t disk) {
    return std::binary_search(machines.begin(), machines.end(),
                              fleet_->topology().machine_of(disk));
  };
  std::vector<repair::LostShard> again;
  cancel_tasks(
      state,
      [&](const Job& job, const repair::Task& task) {
        if (job.timed) return false;
        return touched(task.target) || std::ranges::any_of(reads_of(*job.action, task), touched);
      },
      again);
  replan(state, again);
}

void Mission::end_outage(State& state, Unit unit) {
  tell(state, "outage ends", unit);
  settle(state);
  if (unit.kind == UnitKind::machine) {
    MachineState& machine = state.machines.at(unit.index);
    --machine.outages;
    if (machine.outages == 0 && machine.working) {
      set_down(state, unit.index, false);
      know_machine_back(state, unit.index);
    }
  } else {
    auto& units = state.down_units;
    units.erase(std::lower_bound(units.begin(), units.end(), unit));
    const std::shared_ptr<const topology::CutSet> before = state.cut;
    recut(state);
    std::vector<std::uint32_t> back;
    for (const std::uint32_t machine : before->machines()) {
      if (reachable(state, machine)) back.push_back(machine);
    }
    accept_writes(state, back);
    know_return(state, unit);
  }
  after_reachability_change(state, {});
  if (!state.waiting.empty()) replan(state, std::exchange(state.waiting, {}));
}

/// A machine is known to be there again.
void Mission::know_machine_back(State& state, std::uint32_t machine) {
  const std::uint32_t back[] = {machine};
  if (reachable(state, machine)) accept_writes(state, back);
  know_return(state, {UnitKind::machine, machine});
  if (!fleet_->repair().patience) return;
  drop_copies(state, [&](const repair::LostShard& shard) {
    return shard.incident == repair::no_incident &&
           fleet_->topology().machine_of(shard.from_disk) == machine;
  });
}

/// A machine that is there is reported away: nothing is planned on it for a while.
void Mission::miss_wrongly(State& state, std::uint32_t machine, Seconds lasts) {
  if (away(state, {UnitKind::machine, machine}) || !state.known.reachable(machine)) return;
  tell(state, "absence reported in error", {UnitKind::machine, machine});
  settle(state);
  MachineState& record = state.machines.at(machine);
  record.wrongly_missed = true;
  give_up_later(state, machine);
  state.queue.push(state.now + lasts, Event{Event::Kind::cleared, 0, machine, record.absences});
  state.known.set_absent(machine, true);
  const std::uint32_t worse[] = {machine};
  refuse_writes(state, worse);
  plan_around(state, worse);
}

void Mission::on_cleared(State& state, const Event& event) {
  MachineState& record = state.machines.at(event.unit);
  if (!record.wrongly_missed || record.absences != event.generation) return;
  tell(state, "error of the report found", {UnitKind::machine, event.unit});
  settle(state);
  record.wrongly_missed = false;
  know_machine_back(state, event.unit);
  if (!state.waiting.empty()) replan(state, std::exchange(state.waiting, {}));
}

/// A unit says itself that it is back; one that was not missed yet never was away.
void Mission::know_return(State& state, Unit unit) {
  const auto missed = std::erase_if(state.unreported, [&](const Unreported& absence) {
    if (absence.unit != unit) return false;
    state.queue.cancel(absence.report);
    return true;
  });
  if (unit.kind == UnitKind::machine) {
    state.known.set_absent(unit.index, false);
    return;
  }
  if (missed > 0) return;
  auto& units = state.known.down_units;
  units.erase(std::lower_bound(units.begin(), units.end(), unit));
  state.known.cut = units.empty() ? nullptr : reachability_.cut_off(units);
}

void Mission::recut(State& state) {
  state.cut = state.down_units.empty() ? nullptr : reachability_.cut_off(state.down_units);
}

void Mission::after_reachability_change(State& state,
                                        std::span<const std::uint32_t> worse_machines) {
  const auto& topology = fleet_->topology();
  account_unreadable(state);
  const bool all_before = state.all_unreadable;
  state.all_unreadable =
      state.cut != nullptr && state.cut->machines().size() == topology.machines();
  judge_service(state);
  if (!state.unreadable.empty() && worse_machines.empty()) drop_readable(state);
  if (looks_for_unreadable_ && all_before && !state.all_unreadable) look_behind_outages(state);
  if (worse_machines.empty()) return;
  if (!looks_for_unreadable_ || state.all_unreadable || !may_be_unreadable(state)) return;
  look_for_unreadable(state, topology.disks_of(UnitKind::machine, worse_machines));
}

/// Those that are down, and those cut off.
std::size_t Mission::machines_away(const State& state) {
  return state.down_machines.size() + (state.cut == nullptr ? 0 : state.cut->machines().size());
}

/// A group can only be unreadable when more places are impaired than the code tolerates; almost
/// always this ends the search before it starts.
bool Mission::may_be_unreadable(const State& state) const {
  const auto& topology = fleet_->topology();
  const auto tolerance = static_cast<std::size_t>(fleet_->code().tolerance());
  const std::size_t machines = machines_away(state) + state.incidents.size();
  if (machines * static_cast<std::size_t>(fleet_->max_per_machine()) <= tolerance) return false;
  std::vector<std::uint32_t> racks;
  const auto add = [&](std::uint32_t machine) { racks.push_back(topology.rack_of(machine)); };
  for (const std::uint32_t machine : state.down_machines) add(machine);
  if (state.cut != nullptr) {
    for (const std::uint32_t machine : state.cut->machines()) add(machine);
  }
  for (const Incident& incident : state.incidents) add(topology.machine_of(incident.disk));
  std::sort(racks.begin(), racks.end());
  racks.erase(std::unique(racks.begin(), racks.end()), racks.end());
  return racks.size() * static_cast<std::size_t>(fleet_->max_per_rack()) > tolerance;
}

/// unreadable() goes by these marks.
void Mission::mark_absent(const State& state) {
  absent_.clear(fleet_->topology().machines());
  for (const std::uint32_t machine : state.down_machines) absent_.at(machine) = 1;
  if (state.cut == nullptr) return;
  for (const std::uint32_t machine : state.cut->machines()) absent_.at(machine) = 1;
}

/// @pre mark_absent()
bool Mission::unreadable(const State& state, std::uint32_t group) {
  if (state.gone.find(group) != nullptr) return false;  // lost, not unavailable
  codes::ShardSet absent;
  int count = 0;
  for (std::uint32_t slot = 0; slot < fleet_->map().width(); ++slot) {
    const Home home = state.catalogue.home_of(fleet_->map(), group, slot);
    if (absent_.has(fleet_->topology().machine_of(home.disk)) || state.lost_disks.hold(home)) {
      absent.set(slot);
      ++count;
    }
  }
  ++outcome_->group_touches;
  return count > fleet_->code().tolerance() && !code_.recoverable(absent);
}

/// What went away while nothing could be read was not looked at then.
void Mission::look_behind_outages(State& state) {
  if (!may_be_unreadable(state)) return;
  std::vector<std::uint32_t> machines = state.down_machines;
  if (state.cut != nullptr) {
    machines.insert(machines.end(), state.cut->machines().begin(), state.cut->machines().end());
  }
  for (const Incident& incident : state.incidents) {
    machines.push_back(fleet_->topology().machine_of(incident.disk));
  }
  std::sort(machines.begin(), machines.end());
  machines.erase(std::unique(machines.begin(), machines.end()), machines.end());
  look_for_unreadable(state, fleet_->topology().disks_of(UnitKind::machine, machines));
}

void Mission::look_for_unreadable(State& state, std::span<const std::uint32_t> disks) {
  const std::uint32_t width = fleet_->map().width();
  std::vector<std::uint32_t> found;
  mark_absent(state);
  looked_at_.clear(fleet_->map().groups());
  const auto look = [&](std::uint32_t shard) {
    const std::uint32_t group = shard / width;
    if (looked_at_.has(group)) return;  // several of its shards are on these disks
    looked_at_.at(group) = 1;
    if (unreadable(state, group)) found.push_back(group);
  };
  std::vector<std::uint32_t> brought;
  for (const std::uint32_t disk : disks) {
    const DiskState* record = state.disks.find(disk);
    const std::uint32_t generation = record == nullptr ? 0 : record->generation;
    if (generation == 0) {
      for (const std::uint32_t shard : fleet_->map().shards_of(disk)) look(shard);
    }
    if (const auto* added = state.catalogue.added.find(disk)) {
      for (const std::uint32_t shard : *added) look(shard);
    }
    brought.clear();
    state.catalogue.add_brought(fleet_->map(), {disk, generation}, brought);
    for (const std::uint32_t shard : brought) look(shard);
  }
  for (const Incident& incident : state.incidents) {
    if (std::find(disks.begin(), disks.end(), incident.disk) == disks.end()) continue;
    for (const std::uint32_t shard : *incident.shards) look(shard);
  }
  if (found.empty()) return;
  account_unreadable(state);
  state.unreadable.insert(state.unreadable.end(), found.begin(), found.end());
  std::sort(state.unreadable.begin(), state.unreadable.end());
  state.unreadable.erase(std::unique(state.unreadable.begin(), state.unreadable.end()),
                         state.unreadable.end());
  if (observer_ != nullptr) {
    observer_->saw(state.now, "groups unreadable", std::to_string(state.unreadable.size()), "");
  }
}

void Mission::drop_readable(State& state) {
  mark_absent(state);
  std::erase_if(state.unreadable, [&](std::uint32_t group) { return !unreadable(state, group); });
}

void Mission::account_unreadable(State& state) {
  const double groups = state.all_unreadable ? static_cast<double>(fleet_->map().groups())
                                             : static_cast<double>(state.unreadable.size());
  outcome_->unreadable_group_seconds += groups * (state.now - state.unreadable_since).value;
  state.unreadable_since = state.now;
}

}  // namespace models::fleet
