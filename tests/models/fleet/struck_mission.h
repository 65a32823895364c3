#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "models/fleet/mission.h"
#include "small_fleet.h"

namespace models::fleet::testing {

/// Disks that fail only when struck.
inline SmallFleet quiet_fleet(int racks, int machines) {
  SmallFleet small(racks, machines, 2);
  small.reed_solomon(4, 2, 60);
  small.scenario.failures.disk = sim::Distribution::exponential(sim::years(1e9));
  auto& repair = small.scenario.strategies[0].repair;
  repair.throttles = {{scenario::ThrottleAt::machine, scenario::ThrottleCounts::writes, {100e6}}};
  return small;
}

/// A mission in which the test decides what fails.
class Struck {
 public:
  explicit Struck(const scenario::Scenario& scenario)
      : fleet_(compile(scenario, scenario.strategies[0], 1)),
        mission_(fleet_, 1),
        state_(mission_.initial(0)) {}

  const Fleet& fleet() const { return *fleet_; }
  const State& state() const { return state_; }
  const Outcome& outcome() const { return outcome_; }

  void lose(std::uint32_t disk) { happen(Harm::permanent, disk); }
  /// The event of the first class of this harm befalls the unit.
  void happen(Harm harm, std::uint32_t unit) {
    const auto entry = std::ranges::find(fleet_->classes(), harm, &EventClass::harm);
    ASSERT_NE(entry, fleet_->classes().end());
    sim::Stream stream(1, sim::Purpose::test, {draws_++, 0, 0, 0});
    double probability = 1;
    EXPECT_TRUE(mission_.strike(state_, *entry, unit, {}, stream, outcome_, probability));
  }
  void advance(Seconds until) {
    while (mission_.advance(state_, until, outcome_)) {
    }
  }
  /// When nothing is missing any more.
  Seconds heal() {
    while (!state_.incidents.empty() && mission_.advance(state_, fleet_->mission(), outcome_)) {
    }
    return state_.now;
  }
  bool works(std::uint32_t disk) const {
    return Mission::works(state_, {topology::UnitKind::disk, disk});
  }
  std::vector<std::uint32_t> homes(std::uint32_t group) {
    std::vector<std::uint32_t> homes(fleet_->map().width());
    mission_.homes(state_, group, homes);
    return homes;
  }
  int depth(std::uint32_t group) {
    return static_cast<int>(std::ranges::count(homes(group), repair::no_disk));
  }
  int deepest() {
    int most = 0;
    for (std::uint32_t group = 0; group < fleet_->map().groups(); ++group) {
      most = std::max(most, depth(group));
    }
    return most;
  }
  /// Shards that stand on the disk.
  int shards_on(std::uint32_t disk) {
    std::ptrdiff_t count = 0;
    for (std::uint32_t group = 0; group < fleet_->map().groups(); ++group) {
      count += std::ranges::count(homes(group), disk);
    }
    return static_cast<int>(count);
  }

 private:
  std::shared_ptr<const Fleet> fleet_;
  Mission mission_;
  State state_;
  Outcome outcome_;
  std::uint64_t draws_{};
};

}  // namespace models::fleet::testing
