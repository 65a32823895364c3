// What is not rebuilt at once, and what is rebuilt though it may return: the waiting half of
// Mission.
#include <algorithm>

#include "models/fleet/mission.h"
#include "models/repair/calendar.h"

namespace models::fleet {

using topology::UnitKind;

/// A machine has gone away: after a while its shards are copied to other machines.
void Mission::give_up_later(State& state, std::uint32_t machine) {
  MachineState& record = state.machines.at(machine);
  ++record.absences;
  const auto& patience = fleet_->repair().patience;
  if (!patience) return;
  state.queue.push(state.now + *patience,
                   Event{Event::Kind::given_up, 0, machine, record.absences});
}

/// The shards are not lost and count as long as they may come back: they are read from the others
/// of their groups and written elsewhere, like lost ones.
void Mission::on_given_up(State& state, const Event& event) {
  const MachineState& record = state.machines.at(event.unit);
  const bool missed = record.outages > 0 || record.wrongly_missed;
  if (!record.working || !missed || record.absences != event.generation) return;
  settle(state);
  const auto& topology = fleet_->topology();
  const std::uint32_t width = fleet_->map().width();
  std::vector<repair::LostShard> copies;
  for (std::uint32_t i = 0; i < topology.disks_per_machine(); ++i) {
    const std::uint32_t disk = topology.first_disk(event.unit) + i;
    if (!works(state, {UnitKind::disk, disk})) continue;
    for (const std::uint32_t shard : shards_on(state, disk)) {
      copies.push_back({shard / width, static_cast<std::uint16_t>(shard % width), 1.0F,
                        repair::no_disk, disk, repair::no_incident});
    }
  }
  tell(state, "absent machine given up", {UnitKind::machine, event.unit},
       std::to_string(copies.size()) + " shards to copy");
  replan(state, copies);
}

/// Copies of what is back, or lost for good, are not wanted any more; those made stay.
void Mission::drop_copies(State& state,
                          const std::function<bool(const repair::LostShard&)>& unwanted) {
  const auto is_copy = [&](const repair::LostShard& shard) {
    return shard.is_copy() && unwanted(shard);
  };
  settle(state);
  std::vector<repair::LostShard> dropped;
  cancel_tasks(
      state, [&](const Job&, const repair::Task& task) { return is_copy(task.shard); }, dropped);
  std::erase_if(dropped, is_copy);  // what went with them is planned anew
  replan(state, dropped);
  std::erase_if(state.waiting, is_copy);
  std::erase_if(state.unplanned, is_copy);
  std::erase_if(state.held, is_copy);
  share_bandwidth(state);
}

/// Lazy repair: shards of groups that miss fewer than the threshold wait; a further loss in their
/// group releases them.
void Mission::hold_back(State& state, std::vector<repair::LostShard>& shards) const {
  const int threshold = fleet_->repair().threshold;
  std::vector<std::uint32_t> groups;
  for (const auto& shard : shards) groups.push_back(shard.group);
  std::sort(groups.begin(), groups.end());
  std::erase_if(state.held, [&](const repair::LostShard& shard) {
    if (state.gone.find(shard.group) != nullptr) return true;
    if (!std::binary_search(groups.begin(), groups.end(), shard.group)) return false;
    shards.push_back(shard);
    return true;
  });
  std::erase_if(shards, [&](const repair::LostShard& shard) {
    if (shard.is_copy() && shard.incident != repair::no_incident) return false;
    // A shard of an absent machine counts as missing.
    const int absent = shard.incident == repair::no_incident ? 1 : 0;
    if (known_missing(state, shard.group) + absent >= threshold) return false;
    state.held.push_back(shard);
    return true;
  });
}

Seconds Mission::arrival(const State& state, Seconds delivery) const {
  const Seconds at = state.now + delivery;
  const auto& hours = fleet_->repair().working_hours;
  return hours ? repair::next_at_work(*hours, at) : at;
}

void Mission::await_hour(State& state) {
  if (state.queue.pending(state.hour)) return;
  state.hour = state.queue.push(repair::next_change(*fleet_->repair().busy, state.now),
                                Event{Event::Kind::hour, 0, 0, 0});
}

}  // namespace models::fleet
