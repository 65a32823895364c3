#include "models/fleet/reach_mission.h"

#include <algorithm>

namespace models::fleet {

bool ReachMission::can_follow(const Fleet& fleet) {
  return std::ranges::all_of(fleet.classes(), [](const EventClass& entry) {
    return entry.harm != Harm::outage || entry.law.memoryless();
  });
}

bool ReachMission::advance(State& state, Seconds until, sim::Change& change) {
  remember(state);
  inner_.clear();
  const bool event = mission_.advance(state, until, inner_);
  if (event) compare(state, change);
  return event;
}

double ReachMission::inject(State& state, sim::Unit unit, std::span<const sim::Group> aim,
                            sim::Stream& stream, sim::Change& change) {
  remember(state);
  inner_.clear();
  const double probability = mission_.inject(state, unit, aim, stream, inner_);
  if (probability > 0) compare(state, change);
  return probability;
}

int ReachMission::depth(const State& state, sim::Group group) const {
  if (state.gone.find(group) != nullptr) return 0;
  return state.all_unreadable || std::ranges::binary_search(state.unreadable, group) ? 1 : 0;
}

void ReachMission::remember(const State& state) {
  before_ = state.unreadable;
  all_before_ = state.all_unreadable;
}

void ReachMission::compare(const State& state, sim::Change& change) const {
  change.touched += inner_.touched;
  change.lives_changed = inner_.lives_changed;
  const auto was_out = [&](sim::Group group) { return std::ranges::binary_search(before_, group); };
  const auto add = [&](sim::Group group) {
    if (!was_out(group)) change.deeper.push_back({group, 0, 1});
  };
  if (all_before_) {
    change.healed = !state.all_unreadable || !inner_.lost.empty();
    return;
  }
  change.healed =
      std::ranges::any_of(before_, [&](sim::Group group) { return depth(state, group) == 0; });
  if (!state.all_unreadable) {
    for (const sim::Group group : state.unreadable) add(group);
    return;
  }
  for (sim::Group group = 0; group < fleet().map().groups(); ++group) {
    if (depth(state, group) > 0) add(group);
  }
}

}  // namespace models::fleet
