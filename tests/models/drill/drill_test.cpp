#include "models/drill/drill.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/models/drill/small_drill.h"

namespace models::drill {
namespace {

using ::testing::Each;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string told(const StrategyResult& one) {
  std::string text;
  for (const std::string& violation : one.drill.violations) text += violation + "\n";
  if (one.failure) text += "shrunk: " + text_of(one.failure->shrunk) + "\n";
  return text;
}

TEST(Drill, TenThousandSchedulesOfEveryFaultLoseWhatTheCodeSaysAndNoWrongByteIsRead) {
  DrillOptions options = small_drill(1);
  options.missions = 3334;
  const auto result = drill(small_fleet(), options);
  ASSERT_TRUE(result);
  ASSERT_EQ(result.value().strategies.size(), 3U);
  StrategyDrill all;
  for (const StrategyResult& one : result.value().strategies) {
    ASSERT_TRUE(one.drill.passed()) << one.drill.name << "\n" << told(one);
    EXPECT_EQ(one.drill.objects_lost_predicted, one.drill.objects_lost_seen);
    EXPECT_EQ(one.drill.missions, 3334U);
    EXPECT_EQ(one.drill.steps, 3334U * 14U);
    EXPECT_GT(one.drill.objects_lost_seen, 0U) << one.drill.name;
    all.add(one.drill);
  }
  // The drill goes where it hurts: every kind of step, damage found, plans that came too late,
  // writes that had to leave shards out or were refused, objects out of reach.
  EXPECT_THAT(all.happened, Each(Gt(0U)));
  EXPECT_GT(all.damage_found, 0U);
  EXPECT_GT(all.rebuilds_put_off, 0U);
  EXPECT_GT(all.writes_degraded, 0U);
  EXPECT_GT(all.writes_refused, 0U);
  EXPECT_GT(all.out_of_reach, 0U);
  EXPECT_GT(all.work.bytes_decoded, 0U);
}

TEST(Drill, WithoutFaultsNothingIsLostOrDamaged) {
  DrillOptions options = small_drill(3);
  options.steps = 0;
  options.missions = 20;
  const auto result = drill(small_fleet(), options).value();
  for (const StrategyResult& one : result.strategies) {
    EXPECT_TRUE(one.drill.passed()) << told(one);
    EXPECT_EQ(one.drill.objects_lost_seen, 0U);
    EXPECT_EQ(one.drill.shards_rebuilt, 0U);
    EXPECT_EQ(one.drill.damage_found, 0U);
    EXPECT_EQ(one.drill.writes, 20U * 8U);
    EXPECT_FALSE(one.pace);
  }
}

TEST(Drill, RebuildsReadWhatTheCodeSays) {
  DrillOptions options = small_drill(7);
  options.faults = {StepKind::disk};
  const auto result = drill(small_fleet(), options).value();
  const Work& coded = result.strategies[0].drill.work;
  ASSERT_GT(coded.bytes_rebuilt, 0U);
  EXPECT_EQ(coded.rebuild_reads, coded.bytes_rebuilt * 4);
  const Work& copied = result.strategies[2].drill.work;
  EXPECT_EQ(copied.rebuild_reads, copied.bytes_rebuilt);
}

TEST(Drill, AFleetWithoutRoomLetsShardsWait) {
  scenario::Scenario scenario = small_fleet();
  scenario.hardware.racks_per_site = 6;
  scenario.strategies = {rs(4, 2)};
  DrillOptions options = small_drill(1);
  options.missions = 50;
  const auto result = drill(scenario, options).value();
  EXPECT_TRUE(result.passed()) << told(result.strategies[0]);
  EXPECT_GT(result.strategies[0].drill.shards_waited, 0U);
}

TEST(Drill, LooserLimitsOfAPlacementAreKept) {
  scenario::Scenario scenario = small_fleet();
  scenario.hardware.racks_per_site = 4;
  scenario.strategies = {rs(6, 3)};
  scenario.strategies[0].placement.max_per_rack = 3;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    scenario.strategies[0].placement.max_per_machine = 1 + static_cast<int>(seed % 2);
    scenario.hardware.machines_per_rack = 4 - static_cast<int>(seed % 2);
    const auto result = drill(scenario, small_drill(seed)).value();
    EXPECT_TRUE(result.passed()) << "seed " << seed << told(result.strategies[0]);
  }
}

TEST(Drill, IsTheSameForTheSameSeedWhateverTheThreadsAndNotForAnother) {
  DrillOptions options = small_drill(5);
  options.missions = 40;
  options.threads = 1;
  const auto a = drill(small_fleet(), options).value().strategies[1].drill;
  options.threads = 3;
  const auto b = drill(small_fleet(), options).value().strategies[1].drill;
  options.setting.seed = 6;
  const auto c = drill(small_fleet(), options).value().strategies[1].drill;
  EXPECT_EQ(a.happened, b.happened);
  EXPECT_EQ(a.disks_lost, b.disks_lost);
  EXPECT_EQ(a.shards_rebuilt, b.shards_rebuilt);
  EXPECT_EQ(a.bytes_verified, b.bytes_verified);
  EXPECT_EQ(a.work.rebuild_reads, b.work.rebuild_reads);
  EXPECT_EQ(a.objects_lost_seen, b.objects_lost_seen);
  EXPECT_NE(a.bytes_verified, c.bytes_verified);
}

TEST(Drill, LargeObjectsAreReadBackByManyThreadsAtOnce) {
  scenario::Scenario scenario = small_fleet();
  scenario.strategies = {rs(10, 2)};
  DrillOptions options = small_drill(2);
  options.setting.objects = 12;
  options.setting.object_bytes = std::size_t{1} << 19U;
  const auto result = drill(scenario, options).value();
  EXPECT_TRUE(result.passed()) << told(result.strategies[0]);
  EXPECT_GT(result.strategies[0].drill.bytes_verified, std::size_t{12} << 19U);
}

TEST(Drill, OnlyTheChosenFaultsHappen) {
  DrillOptions options = small_drill(1);
  options.missions = 20;
  options.faults = {StepKind::bit_flip, StepKind::crash_write};
  const auto result = drill(small_fleet(), options).value();
  for (const StepKindInfo& each : all_step_kinds()) {
    const bool chosen = each.kind == StepKind::bit_flip || each.kind == StepKind::crash_write;
    const auto happened = result.strategies[0].drill.happened[static_cast<std::size_t>(each.kind)];
    EXPECT_TRUE(!each.fault || (happened > 0) == chosen) << each.name;
  }
}

TEST(Drill, TheScrubberOfTheStrategyFindsDamageWithinItsPass) {
  scenario::Scenario scenario = small_fleet();
  scenario.strategies = {rs(4, 2)};
  scenario.strategies[0].repair.scrub.kind = scenario::ScrubKind::pass;
  scenario.strategies[0].repair.scrub.every = sim::days(14);
  DrillOptions options = small_drill(1);
  options.schedule = "bit-flip:0.1:77,stale-replica:3.5:0,scrub:0.0:0";
  const auto found = drill(scenario, options).value().strategies[0];
  EXPECT_TRUE(found.drill.passed()) << told(found);
  EXPECT_EQ(found.drill.damage_found, 2U);
  EXPECT_GE(found.drill.bytes_scrubbed, 2U * 8U * 6U * 76U);  // the pass, and once more at the end
  scenario.strategies[0].repair.scrub.checks = scenario::ScrubChecks::readable;
  options.schedule.reset();
  options.missions = 100;
  EXPECT_TRUE(drill(scenario, options).value().passed());
}

/// Found by the campaign of a million schedules: replaced while its rack is away, and lost again
/// after a restart that could not ask it, it was taken to hold its shards still.
TEST(Drill, ADiskThatIsLostTwiceAroundARestartIsKnownToBeEmpty) {
  DrillOptions options = small_drill(2);
  options.first_mission = 2161;
  options.strategies = {"RS 6+3"};
  options.schedule = "disk:5.2:0,switch:6.0:0,replace:0.0:0,crash-rebuild:0.0:0,disk:7.2:0";
  const auto result = drill(small_fleet(), options).value();
  EXPECT_TRUE(result.passed()) << told(result.strategies[0]);
}

/// Found by campaigns of a million schedules of RS 6+3 and by the gateway scenario. A shard was
/// given up in memory alone and its place used again; then power failed while the disk was away,
/// and the log gave the place to both. The disk's report later took the place's new owner for the
/// old one.
TEST(Drill, APlaceThatWasGivenUpHasOneOwnerAfterPowerFailsWhileItsDiskIsAway) {
  struct Known {
    std::uint64_t seed;
    std::uint64_t mission;
    const char* schedule;
  };
  const std::vector<Known> all{
      {2, 192606,
       "disk:0.0:0,crash-rebuild:0.0:1721125229,lost-write:0.0:0,crash-write:0.0:0,"
       "misdirected-write:0.0:1399659355,switch:0.2:0,crash-write:0.0:0"},
      {2, 219069,
       "stale-replica:6.7:0,crash-write:0.0:0,write:1.0:0,machine-outage:1.1:0,"
       "crash-rebuild:0.0:0"},
      {2, 260745,
       "bit-flip:5.2:0,read:5.0:0,disk:7.4:0,rebuild:0.0:0,switch:5.2:0,crash-rebuild:0.0:0"},
      {3, 266839,
       "bit-flip:0.2:0,crash-machine:4.0:0,crash-rebuild:0.0:0,crash-machine:7.0:0,"
       "machine-outage:0.2:0,crash-rebuild:0.0:0"}};
  for (const Known& known : all) {
    DrillOptions options = small_drill(known.seed);
    options.first_mission = known.mission;
    options.strategies = {"RS 6+3"};
    options.schedule = known.schedule;
    const auto result = drill(small_fleet(), options).value();
    EXPECT_TRUE(result.passed()) << known.mission << "\n" << told(result.strategies[0]);
  }
}

TEST(Drill, OnlyTheChosenStrategyRuns) {
  DrillOptions options = small_drill(1);
  options.strategies = {"RS 6+3"};
  const auto result = drill(small_fleet(), options).value();
  ASSERT_EQ(result.strategies.size(), 1U);
  EXPECT_EQ(result.strategies[0].drill.name, "RS 6+3");
}

TEST(Drill, AMissionIsTheSameAloneAndByItsSchedule) {
  DrillOptions options = small_drill(9);
  options.first_mission = 4;
  const auto drawn = drill(small_fleet(), options).value().strategies[0].drill;
  sim::Stream stream{9, sim::Purpose::drill, {4, 2, 0, 0}};
  options.schedule =
      text_of(draw_schedule(read_faults("all").kinds, options.steps, {8, 6}, stream));
  options.strategies = {"RS 4+2"};
  const auto replayed = drill(small_fleet(), options).value().strategies[0].drill;
  EXPECT_EQ(drawn.happened, replayed.happened);
  EXPECT_EQ(drawn.bytes_verified, replayed.bytes_verified);
}

TEST(Drill, OptionsOutOfRangeAreNamedTogether) {
  DrillOptions options;
  options.setting.objects = 0;
  options.setting.object_bytes = 0;
  options.steps = -1;
  options.strategies = {"RAID"};
  const auto result = drill(small_fleet(), options);
  ASSERT_FALSE(result);
  ASSERT_EQ(result.diagnostics().size(), 4U);
  EXPECT_THAT(result.diagnostics()[3].message, HasSubstr("\"RS 4+2\", \"RS 6+3\", \"3 replicas\""));
}

TEST(Drill, AScheduleThatNamesNoObjectIsRefused) {
  DrillOptions options = small_drill(1);
  options.schedule = "disk:8.0:1";
  const auto result = drill(small_fleet(), options);
  ASSERT_FALSE(result);
  EXPECT_THAT(result.diagnostics()[0].message, HasSubstr("object below 8"));
}

TEST(Drill, WhatDoesNotFitInMemoryIsRefused) {
  DrillOptions options;
  options.setting.objects = 1000;
  options.setting.object_bytes = std::size_t{1} << 30U;
  const auto result = drill(small_fleet(), options);
  ASSERT_FALSE(result);
  EXPECT_THAT(result.diagnostics()[0].message, HasSubstr("GiB"));
}

TEST(Drill, TellsWhatHoldsTheRebuildUp) {
  scenario::Scenario scenario = small_fleet();
  scenario.hardware.disk.read = {30e6};
  scenario.hardware.disk.write = {30e6};
  DrillOptions options = small_drill(1);
  options.missions = 5;
  const auto result = drill(scenario, options).value();
  const RebuildPace& pace = result.strategies[0].pace.value();
  EXPECT_GT(pace.measured.value, 0);
  EXPECT_EQ(pace.cores, 24);
  EXPECT_DOUBLE_EQ(pace.moved.value, 4e12 / (24 * 2 * 30e6));
  EXPECT_THAT(pace.limit, HasSubstr("reads"));
}

}  // namespace
}  // namespace models::drill
