// Disks that are emptied before they are taken out - foretold failures, false alarms, refresh -
// and new disks that get back what stood in their place: the moving half of Mission.
#include <algorithm>

#include "models/fleet/mission.h"

namespace models::fleet {

using topology::UnitKind;

/// Its own death becomes one that is known of: from now on it dies at the rate of the lead time.
void Mission::foretell(State& state, std::uint32_t disk, sim::Stream& stream) {
  const std::uint16_t family = fleet_->foretold_family();
  end_life(state, UnitKind::disk, disk);
  const DiskState& record = state.disks.at(disk);
  live(state, family, fleet_->families()[family].first_class, disk, record.generation, stream);
  empty_disk(state, disk, "failure foretold");
}

bool Mission::is_foretold(const State& state, std::uint32_t disk) const {
  const auto& predictor = fleet_->repair().predictor;
  if (!predictor || !(predictor->catches > 0)) return false;
  return std::ranges::any_of(state.lives, [&](const Life& life) {
    return life.family == fleet_->foretold_family() && life.unit == disk;
  });
}

/// Its shards move to other disks; once it is empty it is taken out.
void Mission::empty_disk(State& state, std::uint32_t disk, std::string_view why) {
  const std::uint32_t generation = state.disks.at(disk).generation;
  const Home home{disk, generation};
  if (std::ranges::find(state.known.emptied, home) != state.known.emptied.end()) return;
  settle(state);
  if (change_ != nullptr) change_->exposure_changed = true;
  state.known.emptied.push_back(home);
  // What is on its way here, or was to come back here, goes elsewhere.
  const std::uint32_t to[] = {disk};
  cancel_writes(state, to);
  const std::uint32_t width = fleet_->map().width();
  std::vector<repair::LostShard> shards;
  for (const std::uint32_t shard : shards_on(state, disk)) {
    shards.push_back({shard / width, static_cast<std::uint16_t>(shard % width), 1.0F,
                      repair::no_disk, disk, repair::emptying});
  }
  tell(state, "disk to be emptied", {UnitKind::disk, disk},
       std::string(why) + ", " + std::to_string(shards.size()) + " shards to move");
  replan(state, shards);
}

/// Empty ones make room for new ones.
void Mission::take_out_empty(State& state) {
  std::vector<std::uint32_t> empty;
  std::erase_if(state.known.emptied, [&](const Home& home) {
    const DiskState* disk = state.disks.find(home.disk);
    if (disk->generation != home.generation) return true;  // it failed first
    if (!shards_on(state, home.disk).empty()) return false;
    empty.push_back(home.disk);
    return true;
  });
  for (const std::uint32_t number : empty) {
    end_life(state, UnitKind::disk, number);
    DiskState& disk = state.disks.at(number);
    ++disk.generation;
    disk.working = false;
    state.dead_disks.push_back(number);
    const auto first = static_cast<std::int32_t>(fleet_->map().shards_of(number).size());
    KnownDisk& known = state.known.disks.at(number);
    known.in_service = false;
    known.added = -first;  // what the catalogue still counts here belongs to lost groups
    if (state.catalogue.added.find(number) != nullptr) state.catalogue.added.at(number).clear();
    if (change_ != nullptr) change_->exposure_changed = true;
    tell(state, "disk taken out", {UnitKind::disk, number});
    sim::Stream stream(seed_, sim::Purpose::policy,
                       {state.replicate, 0, state.plans++, state.branch});
    order(state, UnitKind::disk, number, fleet_->repair().new_hardware().sample(stream));
  }
}

/// The shards that stood in the place of a new disk at the start move back, from wherever they are.
void Mission::take_back(State& state, std::uint32_t disk) {
  const std::uint32_t width = fleet_->map().width();
  std::vector<repair::LostShard> shards;
  for (const std::uint32_t shard : fleet_->map().shards_of(disk)) {
    if (state.gone.find(shard / width) != nullptr) continue;
    const Home home = home_of(state, shard);
    if (state.lost_disks.hold(home)) continue;  // its rebuild says where it goes
    shards.push_back({shard / width, static_cast<std::uint16_t>(shard % width), 1.0F, disk,
                      home.disk, repair::moving_back});
  }
  if (!shards.empty()) replan(state, shards);
}

/// A copy has been made: the shard gives up its room on the disk that it leaves.
void Mission::leave_home(State& state, std::uint32_t shard) {
  const Home home = home_of(state, shard);
  state.catalogue.left.add(home.disk);
  const auto* added = state.catalogue.added.find(home.disk);
  if (added == nullptr || std::ranges::find(*added, shard) == added->end()) return;
  std::erase(state.catalogue.added.at(home.disk), shard);
  --state.known.disks.at(home.disk).added;
}

}  // namespace models::fleet
