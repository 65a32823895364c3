#include "models/fleet/run.h"
#include "models/scenario/metrics.h"

#include <gtest/gtest.h>

#include <cmath>

#include "small_fleet.h"

namespace models::fleet {
namespace {

using testing::SmallFleet;

scenario::Scenario two_strategies() {
  SmallFleet small(6, 2, 2);
  small.replicas(2, 60);
  scenario::Scenario scenario = small.scenario;
  scenario.data.logical = {2e13};
  scenario.data.stripe = {4e6};
  scenario.failures.disk = sim::Distribution::exponential(sim::years(1));
  scenario.failures.machine_outage = scenario::Outage{
      sim::Distribution::exponential(sim::days(20)), sim::Distribution::exponential(sim::hours(3))};
  scenario.strategies[0].name = "two copies";
  scenario.strategies[0].repair.replacement = sim::Distribution::fixed(sim::hours(24));
  scenario.strategies[0].repair.detection.process = sim::Distribution::fixed(sim::hours(2));
  scenario.strategies.push_back(scenario.strategies[0]);
  scenario.strategies[1].name = "RS 4+2";
  scenario.strategies[1].code = {"reed-solomon", {{"data", 4}, {"parity", 2}}};
  scenario.strategies[1].placement.groups = 60;
  return scenario;
}

Results results_of(const scenario::Scenario& scenario, int threads, std::uint64_t missions,
                   std::optional<sim::Method> method = {}) {
  RunOptions options;
  options.method = method;
  options.threads = threads;
  options.replicates = {0, missions};
  const auto results = run(scenario, options);
  EXPECT_TRUE(results);
  return results ? results.value() : Results{};
}

void expect_same(const Results& a, const Results& b) {
  ASSERT_EQ(a.strategies.size(), b.strategies.size());
  for (std::size_t s = 0; s < a.strategies.size(); ++s) {
    ASSERT_EQ(a.strategies[s].metrics.size(), b.strategies[s].metrics.size());
    for (std::size_t m = 0; m < a.strategies[s].metrics.size(); ++m) {
      const auto& x = a.strategies[s].metrics[m];
      const auto& y = b.strategies[s].metrics[m];
      EXPECT_EQ(x.estimate.value, y.estimate.value) << x.id;
      EXPECT_EQ(x.estimate.ci95, y.estimate.ci95) << x.id;
    }
  }
}

TEST(Run, SameBitsForOneTwoAndSevenThreads) {
  const scenario::Scenario scenario = two_strategies();
  const Results one = results_of(scenario, 1, 500);
  expect_same(one, results_of(scenario, 2, 500));
  expect_same(one, results_of(scenario, 7, 500));
}

TEST(Run, EveryMetricOfTheTableIsThere) {
  scenario::Scenario scenario = two_strategies();
  scenario.prices = scenario::Prices{"USD", {{"disk", {15, "per TB", "test"}}}, sim::years(5)};
  scenario.failures.software_outage = scenario.failures.machine_outage;
  const Results results = results_of(scenario, 0, 200);
  for (const scenario::MetricInfo& metric : scenario::all_metrics()) {
    EXPECT_NE(results.strategies[0].find(metric.id), nullptr) << metric.id;
  }
}

TEST(Run, LossesHaveACauseAndSharesAddUpToOne) {
  const Results results = results_of(two_strategies(), 0, 400);
  double sum = 0;
  for (const auto& [cause, share] : results.strategies[0].loss_by_cause) sum += share;
  EXPECT_NEAR(sum, 1.0, 1e-12);
}

TEST(Run, TimeOutOfReachThatMissionsHardlySeeComesFromBranches) {
  scenario::Scenario scenario = two_strategies();
  scenario.failures.machine_outage.reset();
  scenario.failures.core_switch_outage =
      scenario::Outage{sim::Distribution::exponential(sim::years(200)),
                       sim::Distribution::exponential(sim::hours(3))};
  const Results results = results_of(scenario, 0, 600);
  const StrategyResult& strategy = results.strategies[1];
  const sim::Estimate& out = strategy.find("data_unavailability")->estimate;
  EXPECT_EQ(out.method, sim::Method::exposure);
  EXPECT_TRUE(out.converged) << out.note;
  const double share = 3.0 / (200 * 365.25 * 24 + 3);
  EXPECT_NEAR(*out.value / share, 1.0, 0.1);
  EXPECT_EQ(strategy.out_of_reach_by_cause.size(), 1U);
  EXPECT_DOUBLE_EQ(strategy.out_of_reach_by_cause.at("core switch outage"), 1.0);
  const Results direct = results_of(scenario, 0, 200, sim::Method::direct);
  EXPECT_EQ(direct.strategies[1].find("data_unavailability")->estimate.method, sim::Method::direct);
}

TEST(Run, NoLossIsABoundAndNeverAValue) {
  scenario::Scenario scenario = two_strategies();
  scenario.failures.disk = sim::Distribution::exponential(sim::years(1e6));
  const Results results = results_of(scenario, 0, 300, sim::Method::direct);
  const Metric* loss = results.strategies[1].find("annual_loss_probability");
  ASSERT_NE(loss, nullptr);
  EXPECT_FALSE(loss->estimate.value);
  EXPECT_EQ(loss->estimate.ci95.low, 0);
  EXPECT_NEAR(loss->estimate.ci95.high, 0.01, 1e-4);
  const Metric* nines = results.strategies[1].find("durability_nines");
  EXPECT_FALSE(nines->estimate.value);
  EXPECT_NEAR(nines->estimate.ci95.low, 2.0, 1e-2);
  ASSERT_TRUE(loss->analytic);
  EXPECT_GT(*loss->analytic->value, 0);
}

TEST(Run, TellsWhatItCanWhereTheClockLeavesNoTime) {
  RunOptions options;
  for (const double seconds : {1e-9, 0.02}) {
    options.max_seconds = seconds;
    const auto results = run(two_strategies(), options);
    ASSERT_TRUE(results);
    EXPECT_EQ(results.value().strategies.size(), 2U);
  }
}

TEST(Run, AnalyticAloneNeedsNoMission) {
  RunOptions options;
  options.method = sim::Method::analytic;
  const auto results = run(two_strategies(), options);
  ASSERT_TRUE(results);
  const Metric* nines = results.value().strategies[0].find("durability_nines");
  ASSERT_NE(nines, nullptr);
  EXPECT_TRUE(std::isfinite(*nines->estimate.value));
  EXPECT_EQ(results.value().timing.missions, 0u);
}

TEST(Run, AnImpossibleStrategyIsRefusedWithItsPlace) {
  scenario::Scenario scenario = two_strategies();
  scenario.strategies[1].code = {"reed-solomon", {{"data", 10}, {"parity", 4}}};
  const auto results = run(scenario, {});
  ASSERT_FALSE(results);
  EXPECT_NE(results.diagnostics()[0].pointer.find("/strategies/1"), std::string::npos);
}

TEST(Run, AClaimBeyondTheBoundIsUndecidedAndNamesTheAssumption) {
  scenario::Scenario scenario = two_strategies();
  scenario.failures.disk = sim::Distribution::exponential(sim::years(1000));
  scenario::Claim claim;
  claim.id = "nines";
  claim.metric = "durability_nines";
  claim.op = ">=";
  claim.value = 5;
  claim.strategy = "RS 4+2";
  claim.kind = "metric";
  scenario.claims.push_back(claim);
  const Results results = results_of(scenario, 0, 300, sim::Method::direct);
  ASSERT_EQ(results.claims.size(), 1u);
  EXPECT_EQ(results.claims[0].verdict, Verdict::undecided);
  ASSERT_FALSE(results.claims[0].flips_when.empty());
  EXPECT_NE(results.claims[0].flips_when[0].find("independent"), std::string::npos);
}

TEST(Run, AStrategyOnItsOwnHardwareIsAsIfTheScenarioHadIt) {
  scenario::Scenario mixed = two_strategies();
  scenario::Hardware other = mixed.hardware;
  other.racks_per_site = 9;
  other.disk.write = {100e6};
  scenario::Failures worse = mixed.failures;
  worse.disk = sim::Distribution::exponential(sim::years(0.5));
  mixed.strategies[1].hardware = other;
  mixed.strategies[1].failures = worse;
  scenario::Scenario plain = two_strategies();
  plain.hardware = other;
  plain.failures = worse;
  const Results a = results_of(mixed, 0, 60);
  const Results b = results_of(plain, 0, 60);
  ASSERT_EQ(a.strategies[1].metrics.size(), b.strategies[1].metrics.size());
  for (std::size_t m = 0; m < a.strategies[1].metrics.size(); ++m) {
    const auto& x = a.strategies[1].metrics[m];
    const auto& y = b.strategies[1].metrics[m];
    EXPECT_EQ(x.estimate.value, y.estimate.value) << x.id;
    EXPECT_EQ(x.analytic.has_value() ? x.analytic->value : std::nullopt,
              y.analytic.has_value() ? y.analytic->value : std::nullopt)
        << x.id;
  }
  EXPECT_NE(a.strategies[0].find("annual_object_loss")->estimate.value,
            b.strategies[0].find("annual_object_loss")->estimate.value);
}

TEST(Explain, TellsTheFailuresOfOneMissionInOrder) {
  const auto log = explain(two_strategies(), "two copies", 1, 3);
  ASSERT_TRUE(log);
  ASSERT_FALSE(log.value().lines.empty());
  for (std::size_t i = 1; i < log.value().lines.size(); ++i) {
    EXPECT_LE(log.value().lines[i - 1].time_years, log.value().lines[i].time_years);
  }
  EXPECT_FALSE(log.value().summary.empty());
}

}  // namespace
}  // namespace models::fleet
