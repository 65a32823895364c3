// How long one lost disk takes, when all machines rebuild it and one limit holds them up.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/fleet/arithmetic.h"
#include "models/fleet/mission.h"
#include "models/fleet/rare_mission.h"
#include "sim/estimators/rare_estimator.h"
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

/// One group of many stripes, on as many disks.
SmallFleet one_group(int data, int parity, const sim::Distribution& repair) {
  SmallFleet small(data + parity, 1, 1);
  small.reed_solomon(data, parity, 1).exponential(sim::hours(200000), sim::hours(50));
  small.scenario.strategies[0].repair.rebuild_time = repair;
  return small;
}

// The disks that are being rebuilt go through the stripes in one order, each at its own share x of
// its time, which is uniform when the fatal failure comes. A stripe is lost if none of the m has
// come to it: 1 - max(x) of them, on average 1/(m+1).
TEST(RebuildTime, AFatalFailureTakesTheStripesThatNoRebuildHasReached) {
  for (const int parity : {1, 2, 3}) {
    for (const auto& repair : {sim::Distribution::fixed(sim::hours(50)),
                               sim::Distribution::exponential(sim::hours(50))}) {
      const auto fleet = one_group(4, parity, repair).compiled();
      sim::RareOptions options;
      options.mission = fleet->mission();
      sim::RareEstimator<RareMission> estimator(RareMission(fleet, 5), sim::Method::exposure,
                                                options, 5);
      sim::RareTally tally = estimator.empty_tally(options.mission);
      for (std::uint64_t r = 0; r < 6000; ++r) estimator.play(r, tally);
      const sim::Moments& any = tally.loss().x();
      const sim::Moments& stripes = tally.amounts()[RareMission::stripes];
      ASSERT_GT(any.non_zero(), 500U);
      const double share = 1.0 / (parity + 1);
      EXPECT_LT(std::abs(stripes.mean() - share * any.mean()) /
                    std::hypot(stripes.standard_error(), share * any.standard_error()),
                4.0)
          << parity << " " << stripes.mean() / any.mean();
    }
  }
}

TEST(RebuildTime, AStripeThatIsHalfRebuiltIsNotWhole) {
  SmallFleet small = one_group(4, 1, sim::Distribution::fixed(sim::hours(50)));
  const auto many = small.compiled();
  EXPECT_NEAR(many->whole_stripes(0.4567), 0.456, 1e-9);  // of 1,000
  small.scenario.data.stripe = small.scenario.data.logical;
  const auto one = small.compiled();
  EXPECT_EQ(one->whole_stripes(0.999), 0);
  EXPECT_EQ(one->whole_stripes(1), 1);
  small.scenario.data.stripe = {};
  EXPECT_EQ(small.compiled()->whole_stripes(0.4567), 0.4567);
}

/// P(one of n disks more than `tolerance` is out within t) with `at_once` rebuilds side by side.
double chain_loss(int n, int tolerance, double life, double repair, int at_once, double t) {
  std::vector<double> p(static_cast<std::size_t>(tolerance) + 2, 0.0);
  p[0] = 1;
  const double step = repair / 1e4;
  for (double at = 0; at < t; at += step) {
    std::vector<double> next = p;
    for (int i = 0; i <= tolerance; ++i) {
      const auto here = static_cast<std::size_t>(i);
      const double up = step * (n - i) / life * p[here];
      const double down = step * std::min(i, at_once) / repair * p[here];
      next[here] -= up + down;
      next[here + 1] += up;
      if (i > 0) next[here - 1] += down;
    }
    p = next;
  }
  return p.back();
}

TEST(RebuildTime, ByArrivalDisksAreRebuiltOneAfterAnother) {
  constexpr double life = 3000;
  constexpr double repair = 150;
  constexpr int n = 6;
  constexpr int tolerance = 2;
  SmallFleet small(n, 1, 1);
  small.reed_solomon(n - tolerance, tolerance, 1).exponential(sim::hours(life), sim::hours(repair));
  small.scenario.strategies[0].repair.order = scenario::RebuildOrder::arrival;
  small.scenario.mission = sim::hours(8766);
  Mission mission(small.compiled(), 11);
  sim::Moments lost;
  for (std::uint64_t r = 0; r < 12000; ++r) {
    State state = mission.initial(r);
    lost.add(mission.play(state).first_loss ? 1 : 0);
  }
  const double serial = chain_loss(n, tolerance, life, repair, 1, 8766);
  const double parallel = chain_loss(n, tolerance, life, repair, n, 8766);
  EXPECT_LT(std::abs(lost.mean() - serial) / lost.standard_error(), 4.0)
      << lost.mean() << " against " << serial;
  EXPECT_GT(std::abs(lost.mean() - parallel) / lost.standard_error(), 4.0);
}

}  // namespace
}  // namespace models::fleet
