#include "models/fleet/mission.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/interval.h"
#include "small_fleet.h"

namespace models::fleet {
namespace {

using testing::chain_loss_by;
using testing::SmallFleet;

struct ChainCase {
  int data;
  int parity;
};

SmallFleet chain_fleet(ChainCase c) {
  SmallFleet fleet(c.data + c.parity, 1, 1);
  if (c.data == 1) {
    fleet.replicas(c.parity + 1, 1);
  } else {
    fleet.reed_solomon(c.data, c.parity, 1);
  }
  return fleet.exponential(sim::hours(2000), sim::hours(100));
}

std::uint64_t losses(const SmallFleet& small, std::uint64_t seed, std::uint64_t missions) {
  Mission mission(small.compiled(), seed);
  std::uint64_t lost = 0;
  for (std::uint64_t r = 0; r < missions; ++r) {
    State state = mission.initial(r);
    lost += mission.play(state).first_loss ? 1 : 0;
  }
  return lost;
}

class AgainstTheChain : public ::testing::TestWithParam<ChainCase> {};

TEST_P(AgainstTheChain, LossProbabilityIsWithinFourStandardErrors) {
  const ChainCase c = GetParam();
  const double truth =
      chain_loss_by(c.data + c.parity, c.parity, sim::hours(2000), sim::hours(100), sim::years(1));
  constexpr std::uint64_t missions = 6000;
  const auto lost = static_cast<double>(losses(chain_fleet(c), 7, missions));
  const double z = (lost / missions - truth) / std::sqrt(truth * (1 - truth) / missions);
  EXPECT_LT(std::abs(z), 4.0) << "simulated " << lost / missions << ", chain " << truth;
}

TEST_P(AgainstTheChain, AtLeast175Of200IntervalsCover) {
  const ChainCase c = GetParam();
  const double truth =
      chain_loss_by(c.data + c.parity, c.parity, sim::hours(2000), sim::hours(100), sim::years(1));
  const SmallFleet small = chain_fleet(c);
  int covered = 0;
  constexpr std::uint64_t missions = 200;
  for (std::uint64_t seed = 1000; seed < 1200; ++seed) {
    if (sim::wilson_interval(losses(small, seed, missions), missions).contains(truth)) ++covered;
  }
  EXPECT_GE(covered, 175);
}

INSTANTIATE_TEST_SUITE_P(Codes, AgainstTheChain,
                         ::testing::Values(ChainCase{4, 2}, ChainCase{6, 3}, ChainCase{1, 2}));

TEST(AgainstTheChainPlanted, AWrongRepairTimeIsNoticed) {
  // The guard can fail: a chain that repairs twice as slowly is far outside.
  const double wrong = chain_loss_by(3, 2, sim::hours(2000), sim::hours(200), sim::years(1));
  constexpr std::uint64_t missions = 6000;
  const auto lost = static_cast<double>(losses(chain_fleet({1, 2}), 7, missions));
  const double z = (lost / missions - wrong) / std::sqrt(wrong * (1 - wrong) / missions);
  EXPECT_GT(std::abs(z), 4.0);
}

TEST(Mission, WithoutRedundancyEveryDiskLossIsADataLoss) {
  SmallFleet small(4, 1, 1);
  small.reed_solomon(4, 0, 1).exponential(sim::hours(20000), sim::hours(10));
  const double truth = -std::expm1(-4.0 * sim::years(1).value / sim::hours(20000).value);
  constexpr std::uint64_t missions = 4000;
  const auto lost = static_cast<double>(losses(small, 3, missions));
  EXPECT_LT(std::abs(lost / missions - truth) / std::sqrt(truth * (1 - truth) / missions), 4.0);
}

TEST(Mission, GroupsOnTheSameDisksAreLostTogether) {
  // Oracle O6: S groups on the same disks: P(any) = p, E[lost groups] = S p.
  // Each disk is whole at once, after a wait.
  SmallFleet one(3, 1, 1);
  one.replicas(3, 1).exponential(sim::hours(2000), sim::hours(200));
  scenario::Repair& repair = one.scenario.strategies[0].repair;
  repair.detection.process = *repair.rebuild_time;
  repair.rebuild_time = sim::Distribution::fixed({});
  SmallFleet many = one;
  many.replicas(3, 8);
  Mission single(one.compiled(), 5);
  Mission eight(many.compiled(), 5);
  for (std::uint64_t r = 0; r < 400; ++r) {
    State a = single.initial(r);
    State b = eight.initial(r);
    const Outcome x = single.play(a);
    const Outcome y = eight.play(b);
    ASSERT_EQ(x.first_loss.has_value(), y.first_loss.has_value()) << r;
    EXPECT_DOUBLE_EQ(8 * x.groups_lost, y.groups_lost);
  }
}

TEST(Mission, AFailedMachineTakesAllItsDisks) {
  SmallFleet small(4, 1, 3);
  small.replicas(3, 40);
  small.scenario.failures.machine = sim::Distribution::exponential(sim::years(0.5));
  small.scenario.strategies[0].repair.replacement = sim::Distribution::fixed(sim::hours(24));
  Mission mission(small.compiled(), 2);
  State state = mission.initial(1);
  const Outcome outcome = mission.play(state);
  EXPECT_GT(outcome.disks_lost, 0u);
  EXPECT_EQ(outcome.disks_lost % 3, 0u);
}

TEST(Mission, OutagesOfMachinesMakeDataUnavailableAsTheBinomialSays) {
  // Two machines, two copies; each is away 10 % of the time, independently: both are for 1 %.
  SmallFleet small(2, 1, 1);
  small.replicas(2, 4);
  small.scenario.failures.machine_outage = scenario::Outage{
      sim::Distribution::exponential(sim::hours(9)), sim::Distribution::exponential(sim::hours(1))};
  Mission mission(small.compiled(), 11);
  sim::Moments share;
  for (std::uint64_t r = 0; r < 60; ++r) {
    State state = mission.initial(r);
    const Outcome outcome = mission.play(state);
    share.add(outcome.unreadable_group_seconds / 4 / sim::years(1).value);
    EXPECT_FALSE(outcome.first_loss);
  }
  EXPECT_LT(std::abs(share.mean() - 0.01) / share.standard_error(), 4.0) << share.mean();
}

TEST(Mission, ACoreSwitchOutageMakesEverythingUnavailable) {
  SmallFleet small(3, 2, 2);
  small.replicas(3, 20);
  small.scenario.failures.core_switch_outage =
      scenario::Outage{sim::Distribution::exponential(sim::hours(99)),
                       sim::Distribution::exponential(sim::hours(1))};
  Mission mission(small.compiled(), 4);
  sim::Moments share;
  for (std::uint64_t r = 0; r < 60; ++r) {
    State state = mission.initial(r);
    share.add(mission.play(state).unreadable_group_seconds / 20 / sim::years(1).value);
  }
  EXPECT_LT(std::abs(share.mean() - 0.01) / share.standard_error(), 4.0) << share.mean();
}

TEST(Mission, WeibullLivesWithoutRepairFollowTheBinomialTail) {
  // Oracle O9: 6 disks of Weibull(1.5, 2 years), nothing is replaced within the mission.
  SmallFleet small(6, 1, 1);
  small.reed_solomon(4, 2, 1);
  small.scenario.failures.disk = sim::Distribution::weibull(1.5, sim::years(2));
  small.scenario.strategies[0].repair.rebuild_time = sim::Distribution::fixed(sim::years(50));
  small.scenario.strategies[0].repair.replacement = sim::Distribution::fixed(sim::years(50));
  const double q = small.scenario.failures.disk->probability_by(sim::years(1));
  double truth = 0;
  for (int i = 3; i <= 6; ++i) {
    const double ways[] = {0, 0, 0, 20, 15, 6, 1};
    truth += ways[i] * std::pow(q, i) * std::pow(1 - q, 6 - i);
  }
  constexpr std::uint64_t missions = 5000;
  const auto lost = static_cast<double>(losses(small, 21, missions));
  EXPECT_LT(std::abs(lost / missions - truth) / std::sqrt(truth * (1 - truth) / missions), 4.0)
      << lost / missions << " against " << truth;
}

TEST(Mission, AgedFleetsFailByTheHazardOfTheirAge) {
  // 40 disks aged 3 years of Weibull(3, 5 years): expected failures in a year from the hazard.
  SmallFleet small(40, 1, 1);
  small.replicas(2, 40);
  const auto law = sim::Distribution::weibull(3, sim::years(5));
  small.scenario.failures.disk = law;
  small.scenario.failures.disk_age = {sim::years(3), sim::years(3), 4};
  small.scenario.strategies[0].repair.replacement = sim::Distribution::fixed(sim::years(9));
  Mission mission(small.compiled(), 8);
  sim::Moments failed;
  for (std::uint64_t r = 0; r < 400; ++r) {
    State state = mission.initial(r);
    failed.add(static_cast<double>(mission.play(state).disks_lost));
  }
  const double hazard = law.cumulative_hazard(sim::years(4)) - law.cumulative_hazard(sim::years(3));
  const double truth = 40 * -std::expm1(-hazard);
  EXPECT_LT(std::abs(failed.mean() - truth) / failed.standard_error(), 4.0)
      << failed.mean() << " against " << truth;
}

TEST(Mission, ABranchLeavesItsBaseAsItWas) {
  SmallFleet small(8, 2, 2);
  small.reed_solomon(4, 2, 200);
  small.scenario.failures.disk = sim::Distribution::exponential(sim::years(0.3));
  small.scenario.strategies[0].repair.replacement = sim::Distribution::fixed(sim::hours(30));
  small.scenario.strategies[0].repair.detection.process = sim::Distribution::fixed(sim::hours(1));
  Mission mission(small.compiled(), 6);
  Outcome ignored;
  State base = mission.initial(3);
  while (base.now < sim::years(0.5) && mission.advance(base, sim::years(0.5), ignored)) {
  }
  State first = State::overlay(base);
  State second = State::overlay(base);
  const Outcome a = mission.play(first);
  const Outcome b = mission.play(second);
  const Outcome c = mission.play(base);
  for (const Outcome* other : {&b, &c}) {
    EXPECT_EQ(a.events, other->events);
    EXPECT_EQ(a.disks_lost, other->disks_lost);
    EXPECT_EQ(a.repair_bytes, other->repair_bytes);
    EXPECT_EQ(a.groups_lost, other->groups_lost);
    EXPECT_EQ(a.rebuild_hours, other->rebuild_hours);
  }
}

}  // namespace
}  // namespace models::fleet
