// How long one lost disk takes, when all machines rebuild it and one limit holds them up.
#include <gtest/gtest.h>

#include "models/fleet/arithmetic.h"
#include "models/fleet/mission.h"
#include "small_fleet.h"

namespace models::fleet {
namespace {

using testing::SmallFleet;

constexpr double megabyte = 1e6;

/// 100 machines in 100 racks with one disk each, 30 MB/s of rebuild reads and writes a machine; as
/// many groups as give every disk 1 TB in 9,900 shards: 100 for each of the other 99 machines.
SmallFleet hundred_machines() {
  SmallFleet small(100, 1, 1);
  small.replicas(3, 330000);
  small.scenario.data.logical = {1e14 / 3};
  small.scenario.hardware.network = {{1.25e9}, {1e12}, {1e15}, 1.0};
  scenario::Repair& repair = small.scenario.strategies[0].repair;
  repair.throttles = {
      {scenario::ThrottleAt::machine, scenario::ThrottleCounts::reads, {30 * megabyte}},
      {scenario::ThrottleAt::machine, scenario::ThrottleCounts::writes, {30 * megabyte}}};
  repair.replacement = sim::Distribution::fixed(sim::years(1));
  small.scenario.failures.disk = sim::Distribution::exponential(sim::years(60));
  return small;
}

/// Seconds per TB of the first rebuild that had no other beside it.
double first_rebuild_s_per_tb(const SmallFleet& small) {
  Mission mission(small.compiled(), 3);
  for (std::uint64_t r = 0;; ++r) {
    State state = mission.initial(r);
    Outcome outcome;
    while (outcome.rebuild_hours_per_tb.empty() &&
           mission.advance(state, small.scenario.mission, outcome)) {
    }
    if (outcome.disks_lost == 1 && outcome.rebuild_hours_per_tb.size() == 1) {
      return outcome.rebuild_hours_per_tb[0] * 3600;
    }
  }
}

TEST(RebuildTime, OneTerabyteOverAHundredMachinesTakesTheArithmetic333Seconds) {
  const SmallFleet small = hundred_machines();
  const auto arithmetic =
      rebuild_arithmetic(small.scenario.hardware, small.scenario.strategies[0].repair, 1);
  EXPECT_NEAR(arithmetic.per_tb().value, 333.33, 0.01);
  EXPECT_NEAR(first_rebuild_s_per_tb(small), 333.33, 0.05 * 333.33);
}

TEST(RebuildTime, WhenTheUplinksLimitItTakesLonger) {
  SmallFleet small = hundred_machines();
  small.scenario.hardware.network.rack_uplink = {10 * megabyte};
  const auto arithmetic =
      rebuild_arithmetic(small.scenario.hardware, small.scenario.strategies[0].repair, 1);
  EXPECT_GT(arithmetic.uplinks.value, 2 * 333.0);
  EXPECT_GT(first_rebuild_s_per_tb(small), 2 * 333.0);
  EXPECT_NE(arithmetic.limit.find("uplink"), std::string::npos);
}

TEST(RebuildTime, ReadingSixForOneTakesSixTimesAsLong) {
  const SmallFleet small = hundred_machines();
  const auto arithmetic =
      rebuild_arithmetic(small.scenario.hardware, small.scenario.strategies[0].repair, 6);
  EXPECT_NEAR(arithmetic.per_tb().value, 2000.0, 0.1);
}

}  // namespace
}  // namespace models::fleet
