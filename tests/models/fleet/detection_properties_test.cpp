// What detection may not do, whatever the system: properties over many of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "models/fleet/mission.h"
#include "models/fleet/rare_run.h"
#include "small_fleet.h"

namespace models::fleet {
namespace {

using testing::SmallFleet;

struct Layout {
  std::string name;
  int racks, machines, disks;
  int data, parity, groups;
};

// Fleets that go by tickets and by lists, and a code of each of one to three parities.
const std::vector<Layout>& layouts() {
  static const std::vector<Layout> all{{"lists, one parity", 6, 1, 2, 2, 1, 60},
                                       {"lists, two parities", 8, 1, 2, 4, 2, 80},
                                       {"tickets, two parities", 8, 3, 2, 4, 2, 200},
                                       {"tickets, three parities", 8, 4, 1, 4, 3, 150}};
  return all;
}

SmallFleet fleet_of(const Layout& layout, Seconds detection) {
  SmallFleet small(layout.racks, layout.machines, layout.disks);
  small.reed_solomon(layout.data, layout.parity, layout.groups);
  small.scenario.failures.disk = sim::Distribution::exponential(sim::years(20));
  auto& repair = small.scenario.strategies[0].repair;
  repair.detection.process = sim::Distribution::fixed(detection);
  repair.replacement = sim::Distribution::fixed(sim::hours(24));
  repair.throttles = {{scenario::ThrottleAt::machine, scenario::ThrottleCounts::writes, {50e6}}};
  return small;
}

sim::Moments loss_of(const Layout& layout, Seconds detection) {
  RareRunOptions options;
  options.method = sim::Method::exposure;
  options.seed = 5;
  options.threads = 2;
  options.replicates = {{0, 512}};
  return estimate_rare_loss(fleet_of(layout, detection).compiled(), options).tally.loss().x();
}

// One-sided, 4 standard errors: wrongly refused once in 30,000 comparisons.
TEST(DetectionProperties, LongerDetectionNeverKeepsMoreData) {
  for (const Layout& layout : layouts()) {
    const sim::Moments at_once = loss_of(layout, Seconds{});
    EXPECT_GT(at_once.mean(), 0) << layout.name;
    sim::Moments before = at_once;
    for (const double hours : {0.5, 4.0, 24.0}) {
      const sim::Moments now = loss_of(layout, sim::hours(hours));
      const double error = std::hypot(now.standard_error(), before.standard_error());
      EXPECT_GT(now.mean(), before.mean() - 4 * error) << layout.name << ", " << hours << " h";
      before = now;
    }
    // From nothing to a day it is much more than noise.
    EXPECT_GT(before.mean(), 1.5 * at_once.mean()) << layout.name;
  }
}

/// Everything lost is known, and the other way round, whenever the clock moves on.
bool known_is_true(const State& state) {
  return std::ranges::all_of(state.incidents,
                             [&](const Incident& incident) {
                               const Home home{incident.disk, incident.generation};
                               return incident.reported && state.known.lost.hold(home) &&
                                      state.lost_disks.hold(home);
                             }) &&
         state.known.lost.size() == state.lost_disks.size();
}

int instants_that_differ(const Layout& layout, Seconds detection) {
  const SmallFleet small = fleet_of(layout, detection);
  Mission mission(small.compiled(), 3);
  int differ = 0;
  std::uint64_t lost = 0;
  for (std::uint64_t r = 0; r < 60; ++r) {
    State state = mission.initial(r);
    Outcome outcome;
    while (mission.advance(state, small.scenario.mission, outcome)) {
      if (state.queue.empty() || state.queue.next_time() > state.now) {
        differ += known_is_true(state) ? 0 : 1;
      }
    }
    lost += outcome.disks_lost;
  }
  EXPECT_GT(lost, 10U) << layout.name;
  return differ;
}

TEST(DetectionProperties, WithoutDetectionTimeWhatIsKnownIsWhatIsTrue) {
  for (const Layout& layout : layouts()) {
    EXPECT_EQ(instants_that_differ(layout, Seconds{}), 0) << layout.name;
    EXPECT_GT(instants_that_differ(layout, sim::hours(1)), 0) << layout.name;
  }
}

/// A branch that nothing refreshes is the mission that it came from.
TEST(DetectionProperties, ABranchGoesOnAsTheMissionDoes) {
  for (const Layout& layout : layouts()) {
    SmallFleet small = fleet_of(layout, sim::hours(2));
    small.scenario.failures.disk = sim::Distribution::exponential(sim::years(0.5));
    Mission mission(small.compiled(), 9);
    State state = mission.initial(0);
    Outcome before;
    for (int i = 0; i < 15 && mission.advance(state, small.scenario.mission, before); ++i) {
    }
    State branch = State::overlay(state);
    const Outcome of_branch = mission.play(branch);
    const Outcome of_mission = mission.play(state);
    EXPECT_EQ(of_branch.events, of_mission.events) << layout.name;
    EXPECT_EQ(of_branch.disks_lost, of_mission.disks_lost) << layout.name;
    EXPECT_EQ(of_branch.repair_bytes, of_mission.repair_bytes) << layout.name;
    EXPECT_EQ(of_branch.groups_lost, of_mission.groups_lost) << layout.name;
    EXPECT_EQ(of_branch.rebuild_hours, of_mission.rebuild_hours) << layout.name;
    EXPECT_GT(of_branch.events, 20U) << layout.name;
  }
}

}  // namespace
}  // namespace models::fleet
