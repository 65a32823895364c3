#include "models/replay/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "models/fleet/fleet.h"
#include "models/input/read_scenario.h"
#include "models/records/read_trace.h"
#include "models/replay/exposure.h"
#include "models/replay/place_map.h"
#include "models/replay/resampled_failures.h"
#include "tests/models/input/small_scenario.h"
#include "tests/models/records/record_file.h"

namespace {

using models::replay::Exposure;
using models::replay::Replay;
using record_test::Folder;
using ::testing::HasSubstr;

models::scenario::Scenario small() {
  auto scenario = models::scenario::read_scenario_text(models::scenario::small_scenario(), "s");
  EXPECT_TRUE(scenario) << models::scenario::faults_of(scenario);
  return std::move(scenario.value());
}

models::records::Trace trace_of(const Folder& folder, const std::string& rows) {
  const auto trace = models::records::read_trace(
      folder.write("log.csv", "timestamp,unit,rack,machine,slot\n" + rows));
  EXPECT_TRUE(trace) << models::scenario::to_string(trace.diagnostics().front());
  return trace.value();
}

double value_of(const Replay& replay, std::size_t strategy, std::string_view id) {
  const auto* figure = replay.strategies[strategy].find(id);
  return figure->estimate.value.value_or(-1);
}

TEST(PlaceMap, TakesNumbersByNumberAndOtherNamesInTheirOrder) {
  const Folder folder;
  const models::topology::Topology topology(small().hardware);  // 12 racks of 2 machines of 4
  const auto map = models::replay::place_failures(
      trace_of(folder,
               "2020-01-01T12:00:00,x,12,enc10,4\n2020-01-02T00:00:00,y,12,enc9,1\n"
               "2020-01-03T00:00:00,z,3,1,2\n"),
      topology, 1);
  ASSERT_TRUE(map) << models::scenario::to_string(map.diagnostics().front());
  const auto& failures = map.value().failures;
  EXPECT_EQ(failures[0].disk, 11U * 8 + 4 + 3);  // enc9 comes before enc10
  EXPECT_EQ(failures[1].disk, 11U * 8);
  EXPECT_EQ(failures[2].disk, 2U * 8 + 1);
  EXPECT_EQ(failures[0].at.value, 43200);
  EXPECT_TRUE(models::replay::comes_before("a8", "a10"));
  EXPECT_FALSE(models::replay::comes_before("a10", "a8"));
  EXPECT_TRUE(models::replay::comes_before("1", "01") != models::replay::comes_before("01", "1"));
}

TEST(PlaceMap, DrawsWhatTheRecordDoesNotSayEachUnitADiskOfItsOwn) {
  const Folder folder;
  std::string rows;
  for (int i = 0; i < 8; ++i)
    rows += "2020-01-0" + std::to_string(i + 1) + ",u" + std::to_string(i) + ",5,,\n";
  const models::topology::Topology topology(small().hardware);
  const auto map = models::replay::place_failures(trace_of(folder, rows), topology, 1);
  ASSERT_TRUE(map);
  std::set<std::uint32_t> disks;
  for (const auto& failure : map.value().failures) disks.insert(failure.disk);
  EXPECT_EQ(disks.size(), 8U);
  EXPECT_EQ(*disks.begin(), 32U);
  EXPECT_EQ(*disks.rbegin(), 39U);
}

TEST(PlaceMap, TellsPlacesThatTheScenarioDoesNotHave) {
  const Folder folder;
  const models::topology::Topology topology(small().hardware);
  std::string rows;
  for (int i = 0; i < 13; ++i)
    rows += "2020-01-01,u" + std::to_string(i) + ",r" + std::to_string(i) + ",a,1\n";
  const auto racks = models::replay::place_failures(trace_of(folder, rows), topology, 1);
  ASSERT_FALSE(racks);
  EXPECT_THAT(models::scenario::to_string(racks.diagnostics().front()),
              HasSubstr("log.csv:14: unknown unit: rack 'r12' is more than the scenario has (12)"));
  const auto twice = models::replay::place_failures(
      trace_of(folder, "2020-01-01,a,1,1,1\n2020-01-02,b,1,1,1\n"), topology, 1);
  ASSERT_FALSE(twice);
  EXPECT_THAT(models::scenario::to_string(twice.diagnostics().front()),
              HasSubstr("log.csv:3: unit 'b' has no disk left in its place"));
}

/// By hand: group 1 misses a shard from 0 to 10 and two from 4 to 6; group 2 one from 4 to 30.
TEST(Exposure, AddsUpTheTimeThatGroupsMissShards) {
  Exposure exposure(2, {sim::Seconds{8}, sim::Seconds{40}});
  sim::Change change;
  change.deeper = {{1, 0, 1}};
  exposure.hit({0}, change);
  change.deeper = {{1, 1, 2}, {2, 0, 1}};
  exposure.hit({4}, change);
  // Told job by job, not in the order of time.
  exposure.made_whole({30}, 2);
  exposure.made_whole({10}, 1);
  exposure.made_whole({6}, 1);
  exposure.finish({40});
  ASSERT_EQ(exposure.spans().size(), 2U);
  EXPECT_EQ(exposure.spans()[0].degraded, 8 + 4);
  EXPECT_EQ(exposure.spans()[1].degraded, 2 + 22);
  EXPECT_EQ(exposure.spans()[0].twice, 2);
  EXPECT_EQ(exposure.spans()[0].bare, 2);
  EXPECT_EQ(exposure.spans()[0].peak, 2);
  EXPECT_EQ(exposure.deepest(), 2);
}

TEST(Replay, OneFailureExposesTheGroupsOfOneDiskUntilTheyAreRebuilt) {
  const Folder folder;
  const auto scenario = small();
  const auto played = models::replay::replay(scenario, trace_of(folder, "2020-01-01,x,1,1,1\n"),
                                             {.placements = 1, .strategies = {}});
  ASSERT_TRUE(played);
  ASSERT_EQ(played.value().strategies.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto fleet = models::fleet::compile(scenario, scenario.strategies[i], 1);
    const auto shards = static_cast<double>(fleet->map().shards_of(0).size());
    EXPECT_EQ(value_of(played.value(), i, "peak_degraded"), shards);
    const auto& strategy = played.value().strategies[i];
    EXPECT_EQ(strategy.least_redundancy, strategy.tolerance - 1);
    EXPECT_EQ(value_of(played.value(), i, "twice_degraded"), 0);
    // At least the time of detection, at most until the last shard is back.
    const double hours = strategy.years[0].degraded_group_hours / shards;
    const double detection = i == 0 ? 1.0 / 6 : 1;
    const double rebuild = value_of(played.value(), i, "rebuild_hours_per_tb.p99") * shards *
                           fleet->shard_bytes().value / 1e12;
    EXPECT_GT(hours, detection);
    EXPECT_LT(hours, detection + rebuild * 1.01);
    const double reads = i == 0 ? 1 : 6;
    EXPECT_NEAR(value_of(played.value(), i, "repair_bytes_per_day.total") *
                    sim::in_days(models::records::start_of(1)) * 30,
                reads * shards * fleet->shard_bytes().value,
                1e-6 * shards * fleet->shard_bytes().value);
  }
}

/// All disks of four racks at once: what three replicas and RS 6+3 with two shards a rack lose.
TEST(Replay, MoreFailuresThanTheCodeBearsLoseData) {
  const Folder folder;
  std::string rows;
  for (int rack = 1; rack <= 4; ++rack) {
    for (int disk = 0; disk < 8; ++disk) {
      rows += "2020-03-01T00:00:00,u" + std::to_string(rack * 8 + disk) + "," +
              std::to_string(rack) + "," + std::to_string(disk / 4 + 1) + "," +
              std::to_string(disk % 4 + 1) + "\n";
    }
  }
  const auto played =
      models::replay::replay(small(), trace_of(folder, rows), {.placements = 3, .strategies = {}});
  ASSERT_TRUE(played);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(played.value().strategies[i].least_redundancy, -1);
    EXPECT_EQ(value_of(played.value(), i, "loss_probability"), 1);
    EXPECT_GT(value_of(played.value(), i, "groups_lost"), 0);
    EXPECT_EQ(played.value().strategies[i].placements_with[0], 3U);
  }
}

TEST(Replay, IsTheSameForAnyNumberOfThreadsAndCountsEmptyPlaces) {
  const Folder folder;
  const auto trace = trace_of(folder,
                              "2020-01-01T00:00:00,x,1,1,1\n2020-01-01T01:00:00,x,1,1,1\n"
                              "2020-01-01T02:00:00,y,2,1,1\n2020-02-01T02:00:00,x,1,1,1\n");
  const auto scenario = small();
  const auto one =
      models::replay::replay(scenario, trace, {.placements = 6, .threads = 1, .strategies = {}});
  const auto four =
      models::replay::replay(scenario, trace, {.placements = 6, .threads = 4, .strategies = {}});
  ASSERT_TRUE(one);
  ASSERT_TRUE(four);
  EXPECT_EQ(one.value().in_empty_places, 12U);  // the second failure of x, in 6 x 2 plays
  for (std::size_t i = 0; i < 2; ++i) {
    for (std::size_t f = 0; f < one.value().strategies[i].figures.size(); ++f) {
      const auto& a = one.value().strategies[i].figures[f].estimate;
      const auto& b = four.value().strategies[i].figures[f].estimate;
      EXPECT_EQ(a.value, b.value);
      EXPECT_EQ(a.ci95, b.ci95);
    }
  }
}

/// Pools of three disks and three replicas: each group has the disks of its pool.
models::scenario::Scenario pooled() {
  auto scenario = small();
  scenario.strategies.resize(1);
  scenario.strategies[0].placement.kind = "partitioned";
  scenario.strategies[0].placement.pool = 3;
  scenario.strategies[0].placement.groups = 320;
  return scenario;
}

TEST(Replay, APlacementWithoutFreedomIsPlayedOnceAndSaysSo) {
  const Folder folder;
  const auto placed = trace_of(folder, "2020-01-01,x,1,1,1\n2020-01-02,y,3,1,1\n");
  const auto once = models::replay::replay(pooled(), placed, {.placements = 10, .strategies = {}});
  ASSERT_TRUE(once);
  const auto& pools = once.value().strategies[0];
  EXPECT_TRUE(pools.one_placement);
  EXPECT_EQ(pools.placements, 1U);
  EXPECT_EQ(pools.find("degraded")->estimate.note, "one placement: no interval");
  EXPECT_EQ(pools.find("loss_probability")->estimate.value, 0);
  const auto free = models::replay::replay(small(), placed, {.placements = 10, .strategies = {}});
  EXPECT_FALSE(free.value().strategies[0].one_placement);
  EXPECT_EQ(free.value().strategies[0].placements, 10U);
}

/// Twelve failures on one day among 32 pools of three: in some draws two meet in a pool.
TEST(Replay, UnitsWithoutAPlaceStandElsewhereInEachPlacement) {
  const Folder folder;
  std::string rows;
  for (int i = 0; i < 12; ++i) rows += "2020-01-01,u" + std::to_string(i) + ",,,\n";
  const auto played = models::replay::replay(pooled(), trace_of(folder, rows),
                                             {.placements = 40, .strategies = {}});
  ASSERT_TRUE(played);
  const auto& pools = played.value().strategies[0];
  EXPECT_FALSE(pools.one_placement);
  EXPECT_EQ(pools.placements, 40U);
  EXPECT_GT(pools.placements_with[2], 0U);  // one shard left to lose: none met
  EXPECT_LT(pools.placements_with[2], 40U);
}

std::vector<models::replay::PlacedFailure> one_a_week(int weeks) {
  std::vector<models::replay::PlacedFailure> failures;
  for (int i = 0; i < weeks; ++i) {
    failures.push_back({sim::days(7 * i + 1), static_cast<std::uint32_t>(i % 96)});
  }
  return failures;
}

TEST(Resampled, WeeksKeepWhatBelongsTogetherAndMachinesTheirOwnTimes) {
  using models::replay::Blocks;
  using models::replay::resampled;
  const models::topology::Topology topology(small().hardware);  // 24 machines of 4
  const auto failures = one_a_week(40);
  const sim::Seconds length = sim::days(280);
  const auto weeks = resampled(failures, Blocks::weeks, length, topology, 1, 0);
  EXPECT_EQ(weeks.size(), 40U);  // ten blocks of four each
  std::set<std::uint32_t> blocks;
  for (std::size_t i = 0; i < weeks.size(); ++i) {
    EXPECT_EQ(weeks[i].at, failures[i].at);
    EXPECT_EQ(weeks[i].disk % 4, i % 4);  // a block is moved as a whole
    blocks.insert(weeks[i].disk / 4);
  }
  EXPECT_LT(blocks.size(), 10U);
  EXPECT_GT(blocks.size(), 1U);
  double mean = 0;
  for (std::uint64_t record = 0; record < 400; ++record) {
    const auto machines = resampled(failures, Blocks::machines, length, topology, 1, record);
    EXPECT_TRUE(std::ranges::is_sorted(machines, {}, &models::replay::PlacedFailure::at));
    mean += static_cast<double>(machines.size()) / 400;
  }
  // 24 draws of machines that hold 4 in 10 cases of 24: standard error 0.5 over 400 records.
  EXPECT_NEAR(mean, 40, 2);
}

TEST(Replay, ResampledRecordsGiveAnIntervalAndTheSameForAnyThreads) {
  const Folder folder;
  std::string rows;
  for (int i = 0; i < 60; ++i) {
    rows += models::records::date_text(18262 + 3 * i) + ",u" + std::to_string(i) + "," +
            std::to_string(i % 12 + 1) + ",1," + std::to_string(i / 12 % 4 + 1) + "\n";
  }
  models::replay::Options options{.placements = 2, .threads = 1, .strategies = {}};
  options.resample = models::replay::Blocks::weeks;
  options.resampled_records = 12;
  const auto trace = trace_of(folder, rows.substr(0, rows.find("u48") - 11));
  const auto one = models::replay::replay(small(), trace, options);
  options.threads = 3;
  const auto three = models::replay::replay(small(), trace, options);
  ASSERT_TRUE(one) << models::scenario::to_string(one.diagnostics().front());
  const auto& first = one.value().strategies[0].resampled;
  ASSERT_TRUE(first);
  EXPECT_EQ(first->records, 12U);
  const auto& degraded = first->figures[0].estimate;
  EXPECT_LT(degraded.ci95.low, *degraded.value);
  EXPECT_GT(degraded.ci95.high, *degraded.value);
  const auto& again = three.value().strategies[0].resampled->figures[0].estimate;
  EXPECT_EQ(degraded.value, again.value);
  EXPECT_EQ(degraded.ci95, again.ci95);
  options.resample = models::replay::Blocks::weeks;
  const auto brief =
      models::replay::replay(small(), trace_of(folder, "2020-01-01,x,1,1,1\n"), options);
  ASSERT_FALSE(brief);
  EXPECT_THAT(brief.diagnostics().front().message, HasSubstr("less than four weeks"));
}

TEST(Replay, OfTheRealRecordRunsOnTheMachineItComesFrom) {
  const std::string record = record_test::alpine_record();
  if (record.empty()) GTEST_SKIP() << "the record is not here";
  auto scenario = models::scenario::read_scenario(
      std::string{HOLDFAST_SOURCE_DIR} + "/scenarios/records/alpine.json",
      {"strategies.0.placement.groups=2010"});
  ASSERT_TRUE(scenario) << models::scenario::faults_of(scenario);
  EXPECT_GE(scenario.value().strategies.size(), 6U);
  const auto trace = models::records::read_trace(record);
  const auto played = models::replay::replay(
      scenario.value(), trace.value(),
      {.placements = 1, .strategies = {scenario.value().strategies[0].name}});
  ASSERT_TRUE(played) << models::scenario::to_string(played.diagnostics().front());
  EXPECT_EQ(played.value().failures, 3766U);
  EXPECT_EQ(played.value().strategies[0].years[0].failures, 1534U);
  EXPECT_GT(value_of(played.value(), 0, "degraded"), 0);
}

}  // namespace
