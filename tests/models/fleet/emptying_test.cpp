// Disks that are emptied before they are taken out, new ones that are filled, mixed fleets.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "models/fleet/arithmetic.h"
#include "models/fleet/rare_mission.h"
#include "sim/estimators/rare_estimator.h"
#include "struck_mission.h"

namespace models::fleet {
namespace {

using testing::quiet_fleet;
using testing::SmallFleet;
using testing::Struck;

SmallFleet with_predictor(double catches, Seconds lead) {
  SmallFleet small = quiet_fleet(8, 2);
  small.scenario.strategies[0].repair.predictor = scenario::Predictor{catches, lead, {}};
  small.scenario.strategies[0].repair.replacement = sim::Distribution::fixed(sim::hours(24));
  return small;
}

TEST(Predictor, AForetoldDiskIsEmptiedAndReplacedAndNothingIsMissing) {
  Struck struck(with_predictor(1, sim::years(100)).scenario);
  const int before = struck.shards_on(5);
  ASSERT_GT(before, 5);
  struck.lose(5);
  EXPECT_TRUE(struck.works(5));
  EXPECT_EQ(struck.state().known.emptied.size(), 1U);
  struck.advance(sim::days(1));
  EXPECT_EQ(struck.deepest(), 0);
  EXPECT_EQ(struck.shards_on(5), 0);
  EXPECT_FALSE(struck.works(5));  // taken out: the new one comes after a day
  EXPECT_TRUE(struck.state().known.emptied.empty());
  struck.advance(sim::days(3));
  EXPECT_TRUE(struck.works(5));
  EXPECT_EQ(struck.outcome().disks_lost, 0U);
  // Each shard was read once, from the disk itself.
  const double shard = struck.fleet().shard_bytes().value;
  EXPECT_NEAR(struck.outcome().repair_bytes / (before * shard), 1, 1e-9);
}

TEST(Predictor, WhatComesTooLateIsLostAndRebuiltLikeAnyDisk) {
  Struck struck(with_predictor(1, sim::minutes(1)).scenario);
  struck.lose(5);
  struck.advance(sim::hours(1));
  EXPECT_EQ(struck.outcome().disks_lost, 1U);
  EXPECT_TRUE(struck.state().lives.empty());
  struck.heal();
  EXPECT_EQ(struck.deepest(), 0);
}

TEST(Predictor, FalseAlarmsCostTrafficAndNoData) {
  SmallFleet small = quiet_fleet(8, 2);
  small.scenario.strategies[0].repair.predictor =
      scenario::Predictor{0, sim::days(7), {2 / sim::year.value}};
  Struck struck(small.scenario);
  struck.advance(sim::years(1));
  EXPECT_EQ(struck.outcome().disks_lost, 0U);
  const double shard = struck.fleet().shard_bytes().value;
  const double moved = struck.outcome().repair_bytes / shard;
  // 32 disks, two alarms each, 360 shards on them: 720 moves on average.
  EXPECT_NEAR(moved / 720, 1, 0.4);
}

/// Common losses, so that whole missions see them.
SmallFleet rough(double catches, Seconds lead) {
  SmallFleet small(6, 2, 2);
  small.reed_solomon(3, 1, 60);
  small.scenario.failures.disk = sim::Distribution::weibull(1.5, sim::years(1.2));
  auto& repair = small.scenario.strategies[0].repair;
  repair.detection.process = sim::Distribution::fixed(sim::hours(3));
  repair.replacement = sim::Distribution::fixed(sim::hours(72));
  repair.throttles = {{scenario::ThrottleAt::machine, scenario::ThrottleCounts::writes, {20e6}}};
  if (catches > 0) repair.predictor = scenario::Predictor{catches, lead, {0.5 / sim::year.value}};
  return small;
}

sim::Moments direct(const std::shared_ptr<const Fleet>& fleet, std::uint64_t missions,
                    double* by_foretold = nullptr) {
  Mission mission(fleet, 77);
  sim::Moments lost;
  for (std::uint64_t r = 0; r < missions; ++r) {
    State state = mission.initial(r);
    const Outcome outcome = mission.play(state);
    lost.add(outcome.first_loss ? 1 : 0);
    if (by_foretold != nullptr && !outcome.lost_by_family.empty()) {
      *by_foretold += outcome.lost_by_family[fleet->foretold_family()];
    }
  }
  return lost;
}

double z_between(const sim::Moments& a, const sim::Moments& b) {
  return (a.mean() - b.mean()) / std::hypot(a.standard_error(), b.standard_error());
}

void expect_estimators_agree(const std::shared_ptr<const Fleet>& fleet, const sim::Moments& plain) {
  sim::RareOptions options;
  options.mission = fleet->mission();
  for (const auto method : {sim::Method::exposure, sim::Method::compensator}) {
    sim::RareEstimator<RareMission> estimator(RareMission(fleet, 5), method, options, 5);
    sim::RareTally tally = estimator.empty_tally(options.mission);
    const std::uint64_t replicates = method == sim::Method::exposure ? 500 : 3000;
    for (std::uint64_t r = 0; r < replicates; ++r) estimator.play(r, tally);
    EXPECT_LT(std::abs(z_between(tally.loss().x(), plain)), 4.0)
        << tally.loss().x().mean() << " +- " << tally.loss().x().standard_error() << " against "
        << plain.mean();
  }
}

TEST(Predictor, LowersLossTheMoreItCatchesAndAllEstimatorsSeeIt) {
  const sim::Moments without = direct(rough(0, {}).compiled(), 4000);
  const auto half = rough(0.5, sim::days(14)).compiled();
  double late = 0;
  const sim::Moments seen = direct(half, 4000, &late);
  const sim::Moments most = direct(rough(0.9, sim::days(14)).compiled(), 4000);
  EXPECT_GT(z_between(without, seen), 4.0) << without.mean() << " " << seen.mean();
  EXPECT_GT(z_between(seen, most), 4.0) << seen.mean() << " " << most.mean();
  EXPECT_GT(late, 0);
  expect_estimators_agree(half, seen);
}

TEST(Predictor, WithoutTimeToActItChangesNothing) {
  const sim::Moments without = direct(rough(0, {}).compiled(), 4000);
  const sim::Moments late = direct(rough(0.9, Seconds{1}).compiled(), 4000);
  EXPECT_LT(std::abs(z_between(without, late)), 4.0) << without.mean() << " " << late.mean();
}

TEST(Refresh, EveryDiskIsReplacedInItsTurn) {
  SmallFleet small = quiet_fleet(8, 2);
  small.scenario.strategies[0].repair.refresh = sim::years(1);
  Struck struck(small.scenario);
  struck.advance(sim::years(0.999));
  EXPECT_EQ(struck.outcome().disks_lost, 0U);
  EXPECT_EQ(struck.deepest(), 0);
  for (std::uint32_t disk = 0; disk < 31; ++disk) {
    EXPECT_EQ(struck.state().disks.find(disk)->generation, 1U) << disk;
  }
  EXPECT_GT(struck.outcome().repair_bytes, 360 * struck.fleet().shard_bytes().value);
}

TEST(Refresh, KeepsAnAgeingFleetYoung) {
  SmallFleet small = rough(0, {});
  small.scenario.failures.disk = sim::Distribution::weibull(4, sim::years(1.5));
  small.scenario.failures.disk_age = {sim::years(0.2), sim::years(0.8), 3};
  const sim::Moments ageing = direct(small.compiled(), 3000);
  small.scenario.strategies[0].repair.refresh = sim::years(0.5);
  const auto young = small.compiled();
  const sim::Moments refreshed = direct(young, 3000);
  EXPECT_GT(z_between(ageing, refreshed), 4.0) << ageing.mean() << " " << refreshed.mean();
  expect_estimators_agree(young, refreshed);
}

TEST(NewDisks, TakeBackTheShardsThatStoodInTheirPlace) {
  SmallFleet small = quiet_fleet(8, 2);
  small.scenario.strategies[0].repair.replacement = sim::Distribution::fixed(sim::days(3));
  Struck waits(small.scenario);
  const int before = waits.shards_on(5);
  waits.lose(5);
  waits.advance(sim::days(30));
  EXPECT_EQ(waits.shards_on(5), 0);
  small.scenario.strategies[0].repair.new_disks = scenario::NewDisks::take_back;
  Struck filled(small.scenario);
  filled.lose(5);
  filled.advance(sim::days(2));
  EXPECT_EQ(filled.shards_on(5), 0);
  filled.advance(sim::days(30));
  EXPECT_EQ(filled.shards_on(5), before);
  const double shard = filled.fleet().shard_bytes().value;
  EXPECT_NEAR((filled.outcome().repair_bytes - waits.outcome().repair_bytes) / (before * shard), 1,
              1e-9);
  // And what they leave is free again: after many losses no disk is fuller than it was.
  for (int i = 0; i < 20; ++i) {
    filled.lose(static_cast<std::uint32_t>(i));
    filled.advance(filled.state().now + sim::days(10));
  }
  for (std::uint32_t disk = 0; disk < 32; ++disk) {
    const KnownDisk* record = filled.state().known.disks.find(disk);
    if (record == nullptr) continue;
    EXPECT_LE(record->added, 0);
    EXPECT_EQ(record->promised, 0);
  }
}

TEST(MixedDisks, FailAtTheRatesOfTheirModels) {
  SmallFleet small(6, 2, 4);
  small.reed_solomon(4, 2, 60);
  small.scenario.failures.disk_models = {
      {"old", 1, sim::Distribution::weibull(2, sim::years(3)), sim::years(3)},
      {"new", 3, sim::Distribution::exponential(sim::years(50)), {}}};
  small.scenario.strategies[0].repair.replacement = sim::Distribution::fixed(sim::hours(1));
  const auto fleet = small.compiled();
  Mission mission(fleet, 3);
  sim::Moments old_ones;
  sim::Moments new_ones;
  for (std::uint64_t r = 0; r < 2000; ++r) {
    State state = mission.initial(r);
    mission.play(state);
    std::array<double, 2> lost{};
    for (std::uint32_t disk = 0; disk < 48; ++disk) {
      const DiskState* record = state.disks.find(disk);
      if (record != nullptr) lost[disk % 4 == 0 ? 0 : 1] += record->generation;
    }
    old_ones.add(lost[0] / 12);
    new_ones.add(lost[1] / 36);
  }
  EXPECT_NEAR(new_ones.mean(), 1.0 / 50, 4 * new_ones.standard_error());
  // An old disk is lost first with H(4) - H(3) = 7/9; its successors are young.
  EXPECT_GT(old_ones.mean(), 1 - std::exp(-7.0 / 9));
  EXPECT_LT(old_ones.mean(), 7.0 / 9);
  const double rate =
      failure_rates(small.scenario.failures, small.scenario.hardware, sim::years(1)).disk.value;
  EXPECT_NEAR(rate, 0.25 * 7 / 9 + 0.75 / 50, 1e-9);
}

TEST(MixedDisks, AllEstimatorsSeeThem) {
  SmallFleet small = rough(0, {});
  small.scenario.failures.disk.reset();
  small.scenario.failures.disk_models = {
      {"wearing", 1, sim::Distribution::weibull(2, sim::years(1)), sim::years(0.5)},
      {"steady", 2, sim::Distribution::exponential(sim::years(1.5)), {}},
      {"young", 1, sim::Distribution::weibull(0.8, sim::years(1)), {}}};
  const auto fleet = small.compiled();
  expect_estimators_agree(fleet, direct(fleet, 4000));
}

}  // namespace
}  // namespace models::fleet
