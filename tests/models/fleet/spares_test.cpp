// How long a lost disk takes with one heir: a hot spare, or the disk that a technician brings.
#include <gtest/gtest.h>

#include "models/fleet/arithmetic.h"
#include "models/fleet/mission.h"
#include "small_fleet.h"

namespace models::fleet {
namespace {

using testing::SmallFleet;

/// RS 4+2 on 12 machines of two disks that write 250 MB/s.
SmallFleet twelve_machines() {
  SmallFleet small(12, 1, 2);
  small.reed_solomon(4, 2, 120);
  small.scenario.failures.disk = sim::Distribution::exponential(sim::years(20));
  scenario::Repair& repair = small.scenario.strategies[0].repair;
  repair.detection.process = sim::Distribution::fixed(sim::hours(1));
  repair.replacement = sim::Distribution::fixed(sim::years(1));
  return small;
}

/// Hours per TB of the first rebuild that had no other beside it.
double first_rebuild(const SmallFleet& small) {
  Mission mission(small.compiled(), 3);
  for (std::uint64_t r = 0; r < 1000; ++r) {
    State state = mission.initial(r);
    Outcome outcome;
    while (outcome.rebuild_hours_per_tb.empty() &&
           mission.advance(state, small.scenario.mission, outcome)) {
    }
    if (outcome.disks_lost == 1 && outcome.rebuild_hours_per_tb.size() == 1) {
      return outcome.rebuild_hours_per_tb[0];
    }
  }
  return 0;
}

TEST(Spares, AHotSpareIsFilledAtTheRateOfOneDisk) {
  SmallFleet small = twelve_machines();
  scenario::Repair& repair = small.scenario.strategies[0].repair;
  repair.spares = {"dedicated", 1, scenario::Domain::machine, {}};
  const double hours = 1e12 / 250e6 / 3600;  // 1.11 h per TB
  EXPECT_NEAR(first_rebuild(small), hours, 0.01 * hours);
  const auto arithmetic = rebuild_arithmetic(small.scenario.hardware, repair, 4);
  EXPECT_NEAR(sim::in_hours(arithmetic.per_tb()), hours, 1e-9);
  EXPECT_EQ(arithmetic.limit, "writes: 250 MB/s onto one disk");
}

TEST(Spares, SpreadOverTheFleetTheSameDiskIsBackSooner) {
  EXPECT_LT(first_rebuild(twelve_machines()), 0.6);
}

TEST(Spares, WithoutASpareTheRebuildWaitsForTheTechnician) {
  SmallFleet small = twelve_machines();
  scenario::Repair& repair = small.scenario.strategies[0].repair;
  repair.spares = {"technician", 0, {}, sim::Distribution::fixed(sim::hours(49))};
  const auto fleet = small.compiled();
  const double tb = fleet->shard_bytes().value * 30 / 1e12;  // 720 shards on 24 disks
  const double hours = 48 / tb + 1e12 / 250e6 / 3600;
  EXPECT_NEAR(first_rebuild(small), hours, 0.01 * hours);
  const auto in = chain_inputs(small.scenario, small.scenario.strategies[0], fleet->code());
  EXPECT_NEAR(sim::in_hours(in.shard_repair), 49 + tb * 1e12 / 250e6 / 3600, 0.1);
}

TEST(Spares, WhereEverySpareIsUsedTheRebuildWaitsForTheReplacement) {
  // A spare in each machine is soon used up when nothing is replaced for a year.
  SmallFleet small = twelve_machines();
  small.scenario.failures.disk = sim::Distribution::exponential(sim::years(0.5));
  small.scenario.strategies[0].repair.spares = {"dedicated", 1, scenario::Domain::machine, {}};
  Mission mission(small.compiled(), 5);
  State state = mission.initial(0);
  Outcome outcome;
  bool waited = false;
  while (mission.advance(state, small.scenario.mission, outcome)) {
    waited = waited || !state.waiting.empty();
  }
  EXPECT_TRUE(waited);
}

}  // namespace
}  // namespace models::fleet
