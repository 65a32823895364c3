#include "models/fleet/playback.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "small_fleet.h"

namespace models::fleet {
namespace {

using testing::SmallFleet;
using topology::UnitKind;

Playback six_racks() {
  SmallFleet fleet(6, 1, 2);
  fleet.scenario.strategies[0].repair.replacement = sim::Distribution::fixed(sim::hours(10));
  return {fleet.reed_solomon(3, 2, 40).compiled(), 1};
}

TEST(Playback, AStruckDiskExposesItsGroupsUntilTheyAreRebuilt) {
  Playback playback = six_racks();
  EXPECT_TRUE(playback.look().whole);
  ASSERT_TRUE(playback.strike({UnitKind::disk, 4}, sim::hours(1)));
  EXPECT_FALSE(playback.strike({UnitKind::disk, 4}, sim::hours(1))) << "it is lost already";
  const FleetLook struck = playback.look();
  EXPECT_EQ(struck.disks[4], DiskLook::lost);
  ASSERT_EQ(struck.missing.size(), 1U);
  EXPECT_EQ(struck.missing[0].shards, 1);
  EXPECT_FALSE(struck.missing[0].last_line);
  playback.play_until(sim::years(0.5));
  EXPECT_TRUE(playback.look().whole);
  EXPECT_EQ(playback.log().front().kind, "disk failed");
}

TEST(Playback, ARackIsAwayForAsLongAsItWasSaid) {
  Playback playback = six_racks();
  ASSERT_TRUE(playback.strike({UnitKind::rack, 2}, sim::hours(5)));
  playback.play_until(playback.now());
  const FleetLook away = playback.look();
  EXPECT_EQ(std::ranges::count(away.disks, DiskLook::away), 2);
  EXPECT_TRUE(std::ranges::binary_search(away.down, topology::Unit{UnitKind::rack, 2}));
  playback.play_until(sim::hours(6));
  EXPECT_EQ(std::ranges::count(playback.look().disks, DiskLook::away), 0);
}

TEST(Playback, MoreLossesThanTheCodeBearsAreTold) {
  Playback playback = six_racks();
  for (const std::uint32_t disk : {0U, 2U, 4U, 6U}) {
    playback.strike({UnitKind::disk, disk}, sim::hours(1));
  }
  playback.play_until(playback.now());
  EXPECT_GT(playback.look().groups_lost, 0);
}

TEST(Playback, TheSameStrikesGiveTheSameCourse) {
  const auto play = [] {
    Playback playback = six_racks();
    playback.strike({UnitKind::machine, 1}, sim::hours(1));
    playback.play_until(sim::hours(30));
    return playback.log().size();
  };
  EXPECT_EQ(play(), play());
}

TEST(FindLoss, NamesTheFirstMissionThatLostData) {
  const SmallFleet small =
      SmallFleet(3, 1, 1).reed_solomon(2, 1, 1).exponential(sim::hours(4000), sim::hours(60));
  const std::string& name = small.scenario.strategies.front().name;
  const auto found = find_loss(small.scenario, name, 7, 0, 2000);
  ASSERT_TRUE(found) << found.diagnostics().front().message;
  ASSERT_TRUE(found.value().mission);
  for (std::uint64_t mission = 0; mission <= *found.value().mission; ++mission) {
    EXPECT_EQ(explain(small.scenario, name, 7, mission).value().lost,
              mission == *found.value().mission);
  }
  EXPECT_EQ(found.value().played, *found.value().mission + 1);
}

TEST(FindLoss, OfAFleetThatLosesNothingEndsWithoutOne) {
  const SmallFleet small = SmallFleet(3, 1, 1).replicas(3, 1);
  const auto found = find_loss(small.scenario, small.scenario.strategies.front().name, 1, 0, 5);
  ASSERT_TRUE(found) << found.diagnostics().front().message;
  EXPECT_FALSE(found.value().mission);
  EXPECT_EQ(found.value().played, 5U);
}

}  // namespace
}  // namespace models::fleet
