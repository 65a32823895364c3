// Time out of reach from branches, against direct simulation and against the share of time that a
// single switch is away.
#include "models/fleet/reach_mission.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/estimators/balance.h"
#include "sim/estimators/rare_estimator.h"
#include "small_fleet.h"

namespace models::fleet {
namespace {

using testing::SmallFleet;

/// Share of time, weighted by groups.
sim::Moments from_branches(const std::shared_ptr<const Fleet>& fleet, std::uint64_t replicates,
                           double starts) {
  ReachMission mission(fleet, 5);
  sim::RareOptions options;
  options.mission = fleet->mission();
  options = sim::balanced(mission, options, starts);
  sim::RareEstimator<ReachMission> estimator(mission, sim::Method::exposure, options, 5);
  sim::RareTally tally = estimator.empty_tally(options.mission);
  for (std::uint64_t r = 0; r < replicates; ++r) estimator.play(r, tally);
  return tally.loss().x();
}

sim::Moments directly(const std::shared_ptr<const Fleet>& fleet, std::uint64_t missions) {
  Mission mission(fleet, 77);
  sim::Moments time;
  for (std::uint64_t r = 0; r < missions; ++r) {
    State state = mission.initial(r);
    time.add(mission.play(state).unreadable_group_seconds);
  }
  return time;
}

scenario::Outage outage(Seconds between, Seconds duration) {
  return {sim::Distribution::exponential(between), sim::Distribution::exponential(duration)};
}

double z_between(const sim::Moments& a, const sim::Moments& b) {
  return (a.mean() - b.mean()) / std::hypot(a.standard_error(), b.standard_error());
}

TEST(ReachMission, AgreesWithDirectSimulationWhereOutagesOverlap) {
  SmallFleet small(6, 2, 1);
  small.replicas(3, 40);
  scenario::Scenario& s = small.scenario;
  s.failures.disk = sim::Distribution::weibull(1.5, sim::years(1));
  s.failures.machine_outage = outage(sim::years(0.05), sim::hours(20));
  s.failures.rack_switch_outage = outage(sim::years(0.2), sim::hours(10));
  s.failures.core_switch_outage = outage(sim::years(2), sim::hours(5));
  s.failures.rack_shock = scenario::Shock{sim::Distribution::exponential(sim::years(3)), 0.5,
                                          sim::Distribution::fixed(sim::hours(12))};
  s.strategies[0].repair.detection.process = sim::Distribution::fixed(sim::hours(3));
  s.strategies[0].repair.replacement = sim::Distribution::fixed(sim::hours(72));
  const auto fleet = small.compiled();
  ASSERT_TRUE(ReachMission::can_follow(*fleet));
  const sim::Moments plain = directly(fleet, 6000);
  const sim::Moments branches = from_branches(fleet, 2000, 8);
  EXPECT_LT(std::abs(z_between(branches, plain)), 4.0)
      << branches.mean() << " +- " << branches.standard_error() << " against " << plain.mean()
      << " +- " << plain.standard_error();
}

TEST(ReachMission, FindsTheShareOfTimeOfARareSwitchOutage) {
  SmallFleet small(4, 1, 1);
  small.replicas(3, 10);
  scenario::Scenario& s = small.scenario;
  s.failures.disk = sim::Distribution::exponential(sim::years(1000));
  s.failures.core_switch_outage = outage(sim::years(1000), sim::hours(4));
  const auto fleet = small.compiled();
  const sim::Moments time = from_branches(fleet, 6000, 2);
  // Outages begin at a constant rate while none is under way; the last may be cut by the end.
  const double mission = fleet->mission().value;
  const double mean = sim::hours(4).value;
  const double up = sim::years(1000).value;
  const double settled = mission - mean * -std::expm1(-mission / mean);
  const double truth = 10 * mean / (up + mean) * settled;
  EXPECT_LT(std::abs(time.mean() - truth) / time.standard_error(), 4.0)
      << time.mean() << " +- " << time.standard_error() << " against " << truth;
  EXPECT_LT(time.standard_error(), 0.05 * truth);
  EXPECT_EQ(directly(fleet, 200).non_zero(), 0U);
}

TEST(Mission, WhatGoesAwayWhileNothingCanBeReadIsOutOfReachAfterwards) {
  SmallFleet small(2, 1, 1);
  small.replicas(2, 10);  // every group on both machines
  scenario::Scenario& s = small.scenario;
  s.failures.machine_outage = scenario::Outage{sim::Distribution::exponential(sim::years(1e9)),
                                               sim::Distribution::fixed(sim::hours(20))};
  s.failures.core_switch_outage = scenario::Outage{sim::Distribution::exponential(sim::years(1e9)),
                                                   sim::Distribution::fixed(sim::hours(5))};
  const auto fleet = small.compiled();
  Mission mission(fleet, 1);
  State state = mission.initial(0);
  Outcome outcome;
  sim::Stream stream(1, sim::Purpose::test);
  double certain = 0;
  const auto strike = [&](topology::UnitKind kind, std::uint32_t unit) {
    for (const EventClass& entry : fleet->classes()) {
      if (entry.kind == kind) mission.strike(state, entry, unit, {}, stream, outcome, certain);
    }
  };
  strike(topology::UnitKind::core_switch, 0);
  strike(topology::UnitKind::machine, 0);
  strike(topology::UnitKind::machine, 1);
  while (mission.advance(state, sim::hours(100), outcome)) {
  }
  EXPECT_NEAR(outcome.unreadable_group_seconds, 10 * sim::hours(20).value, 1e-6);
}

TEST(ReachMission, DoesNotFollowOutagesThatAge) {
  SmallFleet small(4, 1, 1);
  small.replicas(3, 10);
  small.scenario.failures.rack_switch_outage = scenario::Outage{
      sim::Distribution::weibull(2, sim::years(1)), sim::Distribution::fixed(sim::hours(1))};
  EXPECT_FALSE(ReachMission::can_follow(*small.compiled()));
}

}  // namespace
}  // namespace models::fleet
