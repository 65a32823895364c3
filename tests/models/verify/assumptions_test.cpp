#include "models/verify/assumptions.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "models/fleet/arithmetic.h"
#include "tests/models/fleet/small_fleet.h"

namespace models::verify {
namespace {

using fleet::Verdict;
using fleet::testing::SmallFleet;

scenario::Shock shock(Seconds between, double kills) {
  return {sim::Distribution::exponential(between), kills, sim::Distribution::fixed({})};
}

/// Three copies; only a rack that burns can lose data fast enough to matter.
scenario::Scenario burning_racks() {
  SmallFleet small(6, 1, 2);
  small.replicas(2, 40);
  scenario::Scenario s = small.scenario;
  s.failures.disk = sim::Distribution::weibull(1.5, sim::years(60));
  s.failures.site_shock = shock(sim::years(5), 0.5);
  s.strategies[0].repair.detection.process = sim::Distribution::fixed(sim::hours(1));
  s.strategies[0].repair.replacement = sim::Distribution::fixed(sim::hours(2));
  scenario::Claim claim;
  claim.id = "any loss";
  claim.kind = "metric";
  claim.metric = "annual_loss_probability";
  claim.op = "<=";
  claim.value = 0.01;
  s.claims = {claim};
  claim.id = "words";
  claim.kind = "qualitative";
  s.claims.push_back(claim);
  return s;
}

const Assumption& assumption(std::string_view id) {
  return *std::ranges::find(all_assumptions(), id, &Assumption::id);
}

TEST(Assumptions, FailingAloneKeepsTheRateAtWhichDisksFail) {
  scenario::Scenario s = burning_racks();
  s.failures.machine = sim::Distribution::exponential(sim::years(10));
  const auto before = fleet::failure_rates(s.failures, s.hardware, s.mission);
  ASSERT_TRUE(assumption("alone").apply(s));
  EXPECT_FALSE(s.failures.machine);
  EXPECT_FALSE(s.failures.site_shock);
  const auto after = fleet::failure_rates(s.failures, s.hardware, s.mission);
  EXPECT_NEAR(after.disk.value / (before.disk.value + before.machine.value), 1.0, 1e-9);
  EXPECT_FALSE(assumption("alone").apply(s)) << "nothing is left to change";
}

TEST(Assumptions, AConstantRateIsTheMeanOneOfTheMission) {
  scenario::Scenario s = burning_racks();
  s.failures.disk_age = {sim::years(1), sim::years(4), 3};
  const double before = fleet::failure_rates(s.failures, s.hardware, s.mission).disk.value;
  ASSERT_TRUE(assumption("constant").apply(s));
  EXPECT_TRUE(s.failures.disk->memoryless());
  EXPECT_NEAR(fleet::failure_rates(s.failures, s.hardware, s.mission).disk.value / before, 1.0,
              1e-9);
  EXPECT_FALSE(assumption("constant").apply(s));
  EXPECT_FALSE(assumption("aged").apply(s)) << "a constant rate has no age";
}

TEST(Assumptions, AClaimThatHoldsForIndependentFailuresAloneIsSaidToFlip) {
  const scenario::Scenario s = burning_racks();
  fleet::RunOptions options;
  options.replicates = {0, 600};
  const auto full = fleet::run(s, options);
  ASSERT_TRUE(full);
  const auto claims = claims_under_assumptions(s, options, full.value());
  ASSERT_EQ(claims.size(), 1U) << "the other claim is not about a figure";
  EXPECT_EQ(claims[0].as_it_stands, Verdict::refuted);
  const auto under = [&](std::string_view id) {
    const auto all = all_assumptions();
    return claims[0].under[static_cast<std::size_t>(&assumption(id) - all.data())];
  };
  EXPECT_EQ(under("alone").verdict, Verdict::supported) << under("alone").why;
  EXPECT_EQ(under("constant").verdict, Verdict::refuted) << under("constant").why;
  EXPECT_TRUE(under("constant").changes);
  EXPECT_EQ(under("latent").verdict, Verdict::refuted) << under("latent").why;
}

}  // namespace
}  // namespace models::verify
