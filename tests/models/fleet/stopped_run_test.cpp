// What a run holds that the clock or a request ended: whole replicates, the same bits as
// --replicates gives, nothing made up, and its reasons.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <regex>
#include <stop_token>
#include <string>
#include <utility>

#include "models/fleet/run.h"
#include "models/fleet/survival.h"
#include "sim/estimators/direct.h"
#include "small_fleet.h"

namespace models::fleet {
namespace {

using testing::SmallFleet;
using ::testing::StartsWith;

scenario::Scenario mirrored() {
  SmallFleet small(6, 2, 2);
  small.replicas(3, 60);
  scenario::Scenario scenario = small.scenario;
  scenario.data.logical = {2e13};
  scenario.data.stripe = {4e6};
  scenario.failures.disk = sim::Distribution::exponential(sim::years(3));
  scenario.failures.core_switch_outage =
      scenario::Outage{sim::Distribution::exponential(sim::years(200)),
                       sim::Distribution::exponential(sim::hours(3))};
  scenario.strategies[0].name = "three copies";
  scenario.strategies[0].repair.replacement = sim::Distribution::fixed(sim::hours(24));
  return scenario;
}

/// Asks to stop when a stage of that name has this many replicates.
Results stopped_in(const scenario::Scenario& scenario, const std::string& stage,
                   std::uint64_t replicates, RunOptions options = {}) {
  std::stop_source source;
  options.threads = 1;
  const auto results = run(
      scenario, options,
      [&](const Progress& now) {
        if (now.stage.starts_with(stage) && now.replicates_done >= replicates) {
          source.request_stop();
        }
      },
      source.get_token());
  EXPECT_TRUE(results);
  EXPECT_TRUE(source.stop_requested()) << stage;
  EXPECT_TRUE(results.value().interrupted) << stage;
  return results.value();
}

std::pair<std::uint64_t, std::uint64_t> replicates_in(const std::string& words) {
  std::smatch found;
  if (!std::regex_search(words, found, std::regex{"--replicates ([0-9]+):([0-9]+)"})) return {};
  return {std::stoull(found[1]), std::stoull(found[2])};
}

void expect_same(const StrategyResult& a, const StrategyResult& b,
                 std::initializer_list<const char*> metrics) {
  for (const char* id : metrics) {
    EXPECT_EQ(a.find(id)->estimate.value, b.find(id)->estimate.value) << id;
    EXPECT_EQ(a.find(id)->estimate.ci95, b.find(id)->estimate.ci95) << id;
    EXPECT_EQ(a.find(id)->estimate.method, b.find(id)->estimate.method) << id;
  }
}

TEST(StoppedRun, InItsMissionsKeepsThoseThatWereOver) {
  const Results part = stopped_in(mirrored(), "missions", 128);
  EXPECT_EQ(part.end_replicate, 128U);
  EXPECT_EQ(part.again, " --method direct --replicates 0:128");
  RunOptions options;
  options.method = sim::Method::direct;
  options.replicates = {0, 128};
  const auto again = run(mirrored(), options);
  expect_same(part.strategies[0], again.value().strategies[0],
              {"annual_object_loss", "data_unavailability", "repair_bytes_per_day.total"});
}

TEST(StoppedRun, InItsBranchesKeepsTheBlocksThatWereDone) {
  const Results part = stopped_in(mirrored(), "rare loss", 64);
  const StrategyResult& strategy = part.strategies[0];
  const sim::Estimate& loss = strategy.find("annual_object_loss")->estimate;
  EXPECT_TRUE(loss.method == sim::Method::exposure || loss.method == sim::Method::compensator);
  EXPECT_GE(loss.replicates, 64U);
  ASSERT_EQ(strategy.warnings.size(), 1U);
  EXPECT_THAT(strategy.warnings[0], StartsWith("rare loss: it was asked to stop after"));
  RunOptions options;
  options.replicates = replicates_in(strategy.warnings[0]);
  EXPECT_EQ(options.replicates->second - options.replicates->first, loss.replicates);
  const auto again = run(mirrored(), options);
  expect_same(strategy, again.value().strategies[0],
              {"annual_object_loss", "annual_loss_probability", "mttdl_years"});
}

TEST(StoppedRun, InTheTimeOutOfReachKeepsItsBlocksToo) {
  const Results part = stopped_in(mirrored(), "time out of reach", 64);
  const StrategyResult& strategy = part.strategies[0];
  ASSERT_FALSE(strategy.warnings.empty());
  const std::string& words = strategy.warnings.back();
  EXPECT_THAT(words, StartsWith("time out of reach: it was asked to stop after"));
  RunOptions options;
  options.replicates = replicates_in(words);
  const auto again = run(mirrored(), options);
  expect_same(strategy, again.value().strategies[0], {"data_unavailability"});
  EXPECT_EQ(strategy.find("annual_object_loss")->estimate.method, sim::Method::direct)
      << "of branches that were never begun nothing is known";
}

TEST(StoppedRun, WithoutAMissionKnowsNothingOfThemAndSaysWhy) {
  RunOptions options;
  options.method = sim::Method::direct;
  scenario::Scenario scenario = mirrored();
  options.threads = 1;
  // No mission of it is over in time.
  scenario.mission = sim::years(1000);
  scenario.failures.disk = sim::Distribution::exponential(sim::days(1));
  options.max_seconds = 0.5;
  const auto results = run(scenario, options);
  ASSERT_TRUE(results);
  EXPECT_TRUE(results.value().interrupted);
  EXPECT_EQ(results.value().end_replicate, 0U);
  EXPECT_LT(results.value().timing.cpu_s, 2.0);
  const StrategyResult& strategy = results.value().strategies[0];
  for (const char* id : {"annual_object_loss", "data_unavailability", "rebuild_hours_per_tb.p50",
                         "repair_bytes_per_day.total"}) {
    const Metric* metric = strategy.find(id);
    ASSERT_NE(metric, nullptr) << id;
    EXPECT_FALSE(metric->estimate.value) << id;
    EXPECT_EQ(metric->estimate.note, sim::none_played) << id;
  }
  EXPECT_TRUE(strategy.find("annual_object_loss")->analytic) << "the chain stands beside it";
}

scenario::Claim survives(const std::string& unit) {
  scenario::Claim claim;
  claim.id = "claim";
  claim.source = "test";
  claim.kind = "survives";
  claim.unit = unit;
  claim.count = 1;
  claim.restores = "data";
  return claim;
}

TEST(StoppedRun, LeavesVerdictsUndecidedThatItHadNoTimeFor) {
  scenario::Scenario scenario = mirrored();
  scenario.claims = {survives("disk")};
  std::stop_source source;
  source.request_stop();
  const auto results = run(scenario, {}, {}, source.get_token());
  ASSERT_EQ(results.value().claims.size(), 1U);
  EXPECT_EQ(results.value().claims[0].verdict, Verdict::undecided);
  EXPECT_THAT(results.value().claims[0].why, StartsWith("not judged: stopped before"));
  EXPECT_TRUE(results.value().interrupted);
}

TEST(StoppedRun, LeavesTheLookAtWhatIsSurvivedMidway) {
  const auto fleet = SmallFleet(6, 2, 2).replicas(3, 60).compiled();
  const LossUnit& rack = find_loss_unit("rack");
  sim::Limit free;
  const Rehoming whole = homeless_after(*fleet, rack, 2, 1, &free);
  EXPECT_FALSE(free.passed());
  EXPECT_EQ(whole.looked_at, 15U);
  int looks = 0;
  sim::Limit limit{[&looks] { return ++looks > 3; }};
  homeless_after(*fleet, rack, 2, 1, &limit);
  EXPECT_TRUE(limit.passed());
  looks = 0;
  sim::Limit of_groups{[&looks] { return ++looks > 8; }};
  EXPECT_FALSE(unreadable_after(*fleet, rack, 1, &of_groups));
  EXPECT_TRUE(of_groups.passed());
}

}  // namespace
}  // namespace models::fleet
