// Events that strike a whole rack, power domain or site: some disks die, the others are away for a
// while.
#include <algorithm>
#include <cmath>

#include "models/fleet/mission.h"

namespace models::fleet {

using topology::Unit;
using topology::UnitKind;

namespace {

/// Which of `candidates` die, each with probability `kills`, given that one does at least: the
/// first to die is geometric, cut at the last; those behind it are free.
/// Returns the probability of the condition.
double draw_dying(std::span<const std::uint32_t> candidates, double kills, sim::Stream& stream,
                  std::vector<std::uint32_t>& dying) {
  const double survival = std::log1p(-kills);  // of one; -inf where all die
  const double any = -std::expm1(static_cast<double>(candidates.size()) * survival);
  const double first = std::log1p(-stream.uniform() * any) / survival;
  const auto last = static_cast<double>(candidates.size()) - 1;
  auto i = static_cast<std::size_t>(std::isfinite(first) ? std::clamp(first, 0.0, last) : 0.0);
  dying.push_back(candidates[i]);
  while (++i < candidates.size()) {
    if (stream.uniform() < kills) dying.push_back(candidates[i]);
  }
  return any;
}

}  // namespace

/// Working disks of the place that hold a shard of one of the groups, ascending.
void Mission::aimed_disks(const State& state, topology::Topology::DiskRange place,
                          std::span<const std::uint32_t> aim,
                          std::vector<std::uint32_t>& disks) const {
  std::vector<std::uint32_t> places(fleet_->map().width());
  for (const std::uint32_t group : aim) {
    homes(state, group, places);
    for (const std::uint32_t disk : places) {
      if (disk != repair::no_disk && disk >= place.first && disk < place.end) {
        disks.push_back(disk);
      }
    }
  }
  std::sort(disks.begin(), disks.end());
  disks.erase(std::unique(disks.begin(), disks.end()), disks.end());
}

void Mission::shock(State& state, const EventClass& entry, std::uint32_t unit,
                    std::span<const std::uint32_t> aim, sim::Stream& stream, double& probability) {
  const Unit struck{entry.kind, unit};
  const auto place = fleet_->topology().disks_of(struck);
  std::vector<std::uint32_t> aimed;
  std::vector<std::uint32_t> dying;
  probability = 1;
  settle(state);  // rebuilt shards may have moved here, or away
  if (!aim.empty()) {
    aimed_disks(state, place, aim, aimed);
    probability = aimed.empty() ? 0 : draw_dying(aimed, entry.kills, stream, dying);
    if (aimed.empty()) return;
  }
  for (std::uint32_t disk = place.first; disk < place.end; ++disk) {
    if (std::binary_search(aimed.begin(), aimed.end(), disk)) continue;
    if (works(state, {UnitKind::disk, disk}) && stream.uniform() < entry.kills) {
      dying.push_back(disk);
    }
  }
  std::sort(dying.begin(), dying.end());
  const Seconds away_for = entry.duration->sample(stream);
  const Seconds detection = fleet_->repair().detection.sample(stream);
  tell(state, std::string(to_string(entry.kind)) + " shock", struck,
       std::to_string(dying.size()) + " disks die");
  cause(entry, unit);
  if (!dying.empty()) {
    lose_disks(state, dying, struck, detection, stream);
    for (const std::uint32_t disk : dying) {
      const Seconds replacement = fleet_->repair().new_hardware().sample(stream);
      state.queue.push(state.now + replacement,
                       Event{Event::Kind::replaced, static_cast<std::uint32_t>(UnitKind::disk),
                             disk, state.disks.at(disk).generation});
    }
  }
  start_outage(state, struck, away_for);
}

}  // namespace models::fleet
