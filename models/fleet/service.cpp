// Whether clients are served: the service part of Mission.
#include <algorithm>

#include "models/fleet/mission.h"

namespace models::fleet {

/// Shards of one group that the machines in reach can take, and whether there is such a machine.
/// Costs what is out of reach, not what there is.
std::uint32_t Mission::places_in_reach(const State& state, bool& any_machine) const {
  const auto& topology = fleet_->topology();
  std::vector<std::uint32_t> away(state.down_machines);
  if (state.cut != nullptr) {
    const auto cut = state.cut->machines();
    away.insert(away.end(), cut.begin(), cut.end());
  }
  std::sort(away.begin(), away.end());
  away.erase(std::unique(away.begin(), away.end()), away.end());
  any_machine = away.size() < topology.machines();
  const auto in_machine =
      std::min(static_cast<std::uint32_t>(fleet_->max_per_machine()), topology.disks_per_machine());
  const auto in_rack = [&](std::uint32_t machines) {
    return std::min(static_cast<std::uint32_t>(fleet_->max_per_rack()), machines * in_machine);
  };
  const std::uint32_t full = in_rack(topology.machines_per_rack());
  std::vector<std::uint32_t> of_site(topology.sites(), topology.racks() / topology.sites() * full);
  for (auto first = away.begin(); first != away.end();) {
    const std::uint32_t rack = topology.rack_of(*first);
    const auto last = std::find_if(first, away.end(), [&](std::uint32_t machine) {
      return topology.rack_of(machine) != rack;
    });
    const auto gone = static_cast<std::uint32_t>(last - first);
    of_site[topology.site_of(rack)] -= full - in_rack(topology.machines_per_rack() - gone);
    first = last;
  }
  const auto in_site = static_cast<std::uint32_t>(fleet_->strategy().placement.max_per_site);
  std::uint32_t places = 0;
  for (const std::uint32_t site : of_site) places += std::min(in_site, site);
  return places;
}

void Mission::judge_service(State& state) {
  const auto needs = fleet_->service_needs();
  if (!needs) return;
  account_service(state);
  const bool let_in = state.cut == nullptr || state.cut->entrance() == topology::Entrance::open;
  bool any_machine = true;
  const std::uint32_t places = places_in_reach(state, any_machine);
  state.service.reads = let_in && any_machine;
  state.service.writes = state.service.reads && places >= static_cast<std::uint32_t>(*needs);
}

void Mission::account_service(State& state) {
  const double span = (state.now - state.service.since).value;
  if (!state.service.reads) outcome_->unread_seconds += span;
  if (!state.service.writes) outcome_->unwritten_seconds += span;
  state.service.since = state.now;
}

}  // namespace models::fleet
