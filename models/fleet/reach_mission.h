#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "models/fleet/rare_mission.h"
#include "sim/change.h"
#include "sim/model.h"

namespace models::fleet {

/// Missions of a fleet as a TimedModel (sim/model.h), for the time that data are out of reach:
/// depth is 1 for a group that is not lost but cannot be read, 0 for any other, so every time out
/// of reach begins with one event. Event classes are all of the fleet's families, outages too.
/// Other outages than that event come from the natural path.
/// @pre can_follow(fleet)
class ReachMission {
 public:
  ReachMission(std::shared_ptr<const Fleet> fleet, std::uint64_t seed)
      : mission_(std::move(fleet), seed, RareMission::Events::all) {}

  /// False where outages come by an ageing law: a branch does not know when the last one ended.
  static bool can_follow(const Fleet& fleet);

  State initial(std::uint64_t replicate) const { return mission_.initial(replicate); }
  bool advance(State& state, Seconds until, sim::Change& change);
  void refresh(State& state, std::uint32_t branch) { mission_.refresh(state, branch); }
  double inject(State& state, sim::Unit unit, std::span<const sim::Group> aim, sim::Stream& stream,
                sim::Change& change);
  int depth(const State& state, sim::Group group) const;
  int tolerance() const { return 0; }
  void critical(const State& state, std::span<const sim::Group>, int,
                std::vector<sim::Exposed>& out) const {
    mission_.add_pools(state, out);
  }
  void fatal(const State& state, std::vector<sim::Exposed>& out) const {
    mission_.add_pools(state, out);
  }
  double cumulative_hazard(const sim::Exposed& exposed, Seconds from, Seconds to) const {
    return mission_.cumulative_hazard(exposed, from, to);
  }
  Seconds time_at(const sim::Exposed& exposed, Seconds from, double hazard) const {
    return mission_.time_at(exposed, from, hazard);
  }
  std::size_t event_classes() const { return mission_.event_classes(); }
  Seconds start_time(const State& state, std::size_t family, double hazard) const {
    return mission_.start_time(state, family, hazard);
  }
  std::optional<sim::Unit> start_unit(const State& state, std::size_t family,
                                      sim::Stream& stream) const {
    return mission_.start_unit(state, family, stream);
  }
  std::size_t payoffs() const { return 0; }

  const Fleet& fleet() const { return mission_.fleet(); }

 private:
  void remember(const State& state);
  /// What changed since remember().
  void compare(const State& state, sim::Change& change) const;

  RareMission mission_;
  sim::Change inner_;
  std::vector<std::uint32_t> before_;  ///< groups out of reach, ascending, unless it is all of them
  bool all_before_{};
};

static_assert(sim::TimedModel<ReachMission>);

}  // namespace models::fleet
