#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "models/paths/path_results.h"
#include "tests/models/paths/small_system.h"

namespace models::paths {
namespace {

using fleet::ClaimResult;
using fleet::Verdict;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

scenario::Claim claim(std::string kind, double within = 0, std::string unit = {}) {
  scenario::Claim one;
  one.id = kind;
  one.kind = std::move(kind);
  one.within = {within};
  one.unit = std::move(unit);
  return one;
}

scenario::Scenario with(std::vector<scenario::Claim> claims) {
  auto scenario = small_system();
  scenario.paths->times.path_error = sim::Distribution::fixed({5});
  scenario.paths->times.heartbeat = sim::Distribution::fixed({10});
  scenario.claims = std::move(claims);
  return scenario;
}

ClaimResult judged(const scenario::Scenario& scenario) {
  const auto results = run_paths(scenario, {.threads = 1, .missions = 4, .incidents = 8});
  EXPECT_EQ(results.claims.size(), 1U);
  EXPECT_TRUE(results.drill.passed());
  return results.claims.front();
}

TEST(JudgePaths, NoSinglePointIsRefutedByTheRoomAndTheProgram) {
  const auto result = judged(with({claim("no_spof")}));
  EXPECT_EQ(result.verdict, Verdict::refuted);
  EXPECT_THAT(result.why, HasSubstr("gateway software, power"));
  EXPECT_THAT(result.flips_when, Not(IsEmpty()));
}

TEST(JudgePaths, WithoutARateOfTheSoftwareItStaysUndecided) {
  auto scenario = with({claim("no_spof")});
  scenario.hardware.sites = 2;
  scenario.hardware.racks_per_site = 1;
  scenario.strategies.front().placement.across = scenario::Domain::site;
  EXPECT_EQ(judged(scenario).verdict, Verdict::refuted);
  scenario.failures.software_outage.reset();
  EXPECT_EQ(judged(scenario).verdict, Verdict::undecided);
}

TEST(JudgePaths, NothingIsLostWithAnArrayAndAPauseIsNotZero) {
  EXPECT_EQ(judged(with({claim("rpo", 0, "rack")})).verdict, Verdict::supported);
  EXPECT_EQ(judged(with({claim("rpo", 0, "gateway")})).verdict, Verdict::supported);
  const auto rto = judged(with({claim("rto", 0, "gateway")}));
  EXPECT_EQ(rto.verdict, Verdict::refuted);
  EXPECT_THAT(rto.why, HasSubstr("first engine 10 s"));
  EXPECT_EQ(judged(with({claim("rto", 10, "gateway")})).verdict, Verdict::supported);
}

TEST(JudgePaths, ACacheOfTheHostLosesWritesWithIt) {
  auto scenario = with({claim("rpo")});
  scenario.paths->services.front().host_cache = {30};
  const auto result = judged(scenario);
  EXPECT_EQ(result.verdict, Verdict::refuted);
  EXPECT_THAT(result.why, HasSubstr("HIS host"));
  EXPECT_THAT(result.flips_when, ::testing::Contains("the hosts' own caches write through"));
}

TEST(JudgePaths, LogicalFaultsAreCopiedAndSnapshotsWouldHelp) {
  const auto result = judged(with({claim("logical_faults")}));
  EXPECT_EQ(result.verdict, Verdict::refuted);
  EXPECT_THAT(result.flips_when, ::testing::Contains(HasSubstr("snapshots")));
  EXPECT_EQ(judged(with({claim("backup")})).verdict, Verdict::refuted);
  auto scenario = with({claim("backup")});
  const auto soon = sim::Distribution::fixed({60});
  scenario.paths->logical = scenario::LogicalFaults{sim::Distribution::exponential(sim::years(1)),
                                                    soon, soon, sim::hours(1)};
  EXPECT_EQ(judged(scenario).verdict, Verdict::supported);
}

TEST(JudgePaths, AMigrationFitsBesideTheHostsOrNot) {
  auto scenario = with({claim("migration")});
  EXPECT_EQ(judged(scenario).verdict, Verdict::undecided);
  scenario.paths->migration = scenario::Migration{{1e12}, {2e8}, {4e8}};
  EXPECT_EQ(judged(scenario).verdict, Verdict::supported);
  scenario.paths->migration->demand = {3e9};
  EXPECT_EQ(judged(scenario).verdict, Verdict::refuted);
}

TEST(RunPaths, TheSameForAnyNumberOfThreads) {
  const auto scenario = with({});
  const auto one = run_paths(scenario, {.threads = 1, .missions = 40, .incidents = 2});
  const auto two = run_paths(scenario, {.threads = 2, .missions = 40, .incidents = 2});
  EXPECT_EQ(*one.strategies.front().services.front().unavailability.value,
            *two.strategies.front().services.front().unavailability.value);
}

}  // namespace
}  // namespace models::paths
