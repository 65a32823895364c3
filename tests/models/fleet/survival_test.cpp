#include "models/fleet/survival.h"

#include <gtest/gtest.h>

#include "models/scenario/claim_kinds.h"
#include "small_fleet.h"

namespace models::fleet {
namespace {

using testing::SmallFleet;

bool survives(const Fleet& fleet, std::string_view unit, int count) {
  return !unreadable_after(fleet, find_loss_unit(unit), count);
}

TEST(Survival, TheUnitsAreThoseThatAClaimMayName) {
  const auto names = scenario::claim_units();
  ASSERT_EQ(all_loss_units().size(), names.size());
  for (std::size_t i = 0; i < names.size(); ++i) EXPECT_EQ(all_loss_units()[i].name, names[i]);
}

TEST(Survival, ThreeReplicasInThreeRacksSurviveAnyTwoOfAllButTheCore) {
  const auto fleet = SmallFleet(5, 2, 2).replicas(3, 40).compiled();
  for (const char* unit : {"disk", "machine", "rack", "rack switch"}) {
    EXPECT_TRUE(survives(*fleet, unit, 1)) << unit;
    EXPECT_TRUE(survives(*fleet, unit, 2)) << unit;
  }
  for (const char* unit : {"core switch", "site"}) {
    const auto exception = unreadable_after(*fleet, find_loss_unit(unit), 1);
    ASSERT_TRUE(exception) << unit;
    EXPECT_EQ(exception->units, std::vector<std::uint32_t>{0});
    EXPECT_EQ(exception->hit, 40U);
    EXPECT_EQ(exception->of, 40U);
  }
}

TEST(Survival, BothSwitchesOfAPairCutOffWhatNeitherDoesAlone) {
  SmallFleet small(4, 2, 2);
  small.replicas(3, 20);
  small.scenario.hardware.network.core_switches = 2;
  EXPECT_TRUE(survives(*small.compiled(), "core switch", 1));
  const auto cores = unreadable_after(*small.compiled(), find_loss_unit("core switch"), 2);
  ASSERT_TRUE(cores);
  EXPECT_EQ(cores->units, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(cores->hit, 20U);
  small.scenario.hardware.network.core_switches = 3;
  EXPECT_TRUE(survives(*small.compiled(), "core switch", 2));
}

TEST(Survival, APairOfRackSwitchesIsTheRackAndNothingMore) {
  SmallFleet small(4, 2, 2);
  small.replicas(3, 20);
  small.scenario.hardware.network.rack_switches = 2;
  EXPECT_TRUE(survives(*small.compiled(), "rack switch", 2));
  // Two shards of each group in either rack, and one may be missing.
  SmallFleet two_racks(2, 2, 2);
  two_racks.reed_solomon(3, 1, 20);
  two_racks.scenario.hardware.network.rack_switches = 2;
  two_racks.scenario.strategies[0].placement.max_per_rack = 2;
  const auto fleet = two_racks.compiled();
  EXPECT_TRUE(survives(*fleet, "rack switch", 1));
  const auto pair = unreadable_after(*fleet, find_loss_unit("rack switch"), 2);
  ASSERT_TRUE(pair);
  EXPECT_EQ(pair->units, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(pair->hit, 20U);
}

TEST(Survival, TwoCopiesDoNotSurviveEveryPairOfDisks) {
  const auto fleet = SmallFleet(5, 2, 2).replicas(2, 40).compiled();
  EXPECT_TRUE(survives(*fleet, "disk", 1));
  const auto exception = unreadable_after(*fleet, find_loss_unit("disk"), 2);
  ASSERT_TRUE(exception);
  ASSERT_EQ(exception->units.size(), 2U);
  // The exception names a pair that really holds both copies of so many groups.
  std::uint64_t both = 0;
  for (std::uint32_t group = 0; group < 40; ++group) {
    const auto members = fleet->map().members(group);
    const bool first = members[0] == exception->units[0] || members[1] == exception->units[0];
    const bool second = members[0] == exception->units[1] || members[1] == exception->units[1];
    both += first && second ? 1 : 0;
  }
  EXPECT_GE(both, 1U);
  EXPECT_EQ(exception->hit, both);
}

TEST(Survival, MoreShardsInARackThanTheCodeToleratesEndWithTheRack) {
  SmallFleet small(3, 2, 2);
  small.reed_solomon(4, 2, 30);
  small.scenario.strategies[0].placement.max_per_rack = 2;
  small.scenario.strategies[0].placement.max_per_machine = 1;
  EXPECT_TRUE(survives(*small.compiled(), "rack", 1));
  EXPECT_FALSE(survives(*small.compiled(), "rack", 2));
  small.scenario.strategies[0].code = {"reed-solomon", {{"data", 5}, {"parity", 1}}};
  EXPECT_FALSE(survives(*small.compiled(), "rack", 1));
  EXPECT_FALSE(survives(*small.compiled(), "rack switch", 1));
  EXPECT_TRUE(survives(*small.compiled(), "machine", 1));
}

TEST(Survival, ANewHomeNeedsADomainThatIsFree) {
  const LossUnit& rack = find_loss_unit("rack");
  // Three racks for three copies: nowhere to go when one is lost. A fourth one helps.
  const Rehoming tight =
      homeless_after(*SmallFleet(3, 2, 2).replicas(3, 20).compiled(), rack, 1, 1);
  ASSERT_TRUE(tight.exception);
  EXPECT_EQ(tight.exception->hit, tight.exception->of);
  const Rehoming wide = homeless_after(*SmallFleet(4, 2, 2).replicas(3, 20).compiled(), rack, 1, 1);
  EXPECT_FALSE(wide.exception);
  EXPECT_EQ(wide.looked_at, 4U);
  EXPECT_EQ(wide.sets, 4U);
  EXPECT_EQ(homeless_after(*SmallFleet(6, 1, 2).replicas(3, 20).compiled(), rack, 2, 1).sets, 15U);
}

TEST(Survival, ANewHomeNeedsRoomOnADisk) {
  SmallFleet small(4, 1, 1);
  small.replicas(3, 20);  // 1 TB groups: 15 shards on each of 4 disks
  small.scenario.hardware.disk.capacity = {15.5e12};
  const LossUnit& machine = find_loss_unit("machine");
  EXPECT_TRUE(homeless_after(*small.compiled(), machine, 1, 1).exception);
  small.scenario.hardware.disk.capacity = {20.5e12};
  EXPECT_FALSE(homeless_after(*small.compiled(), machine, 1, 1).exception);
}

}  // namespace
}  // namespace models::fleet
