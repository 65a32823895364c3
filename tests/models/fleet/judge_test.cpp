#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/fleet/run.h"
#include "models/scenario/claim_kinds.h"
#include "small_fleet.h"

namespace models::fleet {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::SmallFleet;

scenario::Claim claim_of(const std::string& kind) {
  scenario::Claim claim;
  claim.id = "claim";
  claim.source = "test";
  claim.kind = kind;
  claim.text = {{"en", "words"}};
  return claim;
}

scenario::Claim survives(const std::string& unit, int count, const std::string& restores) {
  scenario::Claim claim = claim_of("survives");
  claim.unit = unit;
  claim.count = count;
  claim.restores = restores;
  return claim;
}

/// The verdict on one claim; nothing is simulated unless missions are asked for.
ClaimResult verdict_on(const scenario::Claim& claim, int racks, std::uint64_t missions = 0) {
  SmallFleet small(racks, 2, 2);
  small.replicas(3, 20);
  small.scenario.failures.disk = sim::Distribution::exponential(sim::years(2));
  small.scenario.claims = {claim};
  RunOptions options;
  if (missions == 0) options.method = sim::Method::analytic;
  if (missions > 0) options.replicates = {0, missions};
  const auto results = run(small.scenario, options);
  EXPECT_TRUE(results);
  EXPECT_EQ(results.value().claims.size(), 1U);
  return results.value().claims.at(0);
}

TEST(Judge, SurvivalIsDecidedByTopologyCodeAndPlacement) {
  EXPECT_EQ(verdict_on(survives("rack", 2, "data"), 3).verdict, Verdict::supported);
  const ClaimResult core = verdict_on(survives("core switch", 1, "data"), 4);
  EXPECT_EQ(core.verdict, Verdict::refuted);
  EXPECT_THAT(core.why, HasSubstr("core switch 0"));
  EXPECT_THAT(core.why, HasSubstr("20 of 20 placement groups"));
  EXPECT_THAT(core.why, HasSubstr("nothing is lost"));
}

TEST(Judge, APairOfSwitchesSurvivesOneAndIsRefutedOnTwo) {
  SmallFleet small(4, 2, 2);
  small.replicas(3, 20);
  small.scenario.hardware.network.core_switches = 2;
  small.scenario.claims = {survives("core switch", 1, "data"), survives("core switch", 2, "data")};
  small.scenario.claims[1].id = "two";
  RunOptions options;
  options.method = sim::Method::analytic;
  const auto results = run(small.scenario, options);
  ASSERT_TRUE(results);
  EXPECT_EQ(results.value().claims.at(0).verdict, Verdict::supported);
  EXPECT_EQ(results.value().claims.at(1).verdict, Verdict::refuted);
  EXPECT_THAT(results.value().claims.at(1).why, HasSubstr("core switches 0 and 1"));
}

TEST(Judge, FullRedundancyAlsoNeedsAPlaceToRebuildInto) {
  EXPECT_EQ(verdict_on(survives("rack", 1, "redundancy"), 4).verdict, Verdict::supported);
  const ClaimResult tight = verdict_on(survives("rack", 1, "redundancy"), 3);
  EXPECT_EQ(tight.verdict, Verdict::refuted);
  EXPECT_THAT(tight.why, HasSubstr("the data are kept"));
  EXPECT_THAT(verdict_on(survives("rack switch", 1, "redundancy"), 4).why,
              HasSubstr("an outage starts no rebuild"));
}

TEST(Judge, MoreUnitsThanThereAreCannotBeJudged) {
  const ClaimResult two_cores = verdict_on(survives("core switch", 2, "data"), 4);
  EXPECT_EQ(two_cores.verdict, Verdict::undecided);
  EXPECT_THAT(two_cores.why, HasSubstr("only 1 core switch"));
}

TEST(Judge, ASinglePointOfFailureIsNamed) {
  const ClaimResult result = verdict_on(claim_of("no_spof"), 4);
  EXPECT_EQ(result.verdict, Verdict::refuted);
  EXPECT_THAT(result.why, HasSubstr("core switch 0"));
}

/// The verdict on "no single point of failure" of two copies on two sites.
ClaimResult verdict_on_two_sites(int gateways, int needed, int controllers) {
  SmallFleet small(1, 2, 2);
  small.replicas(2, 20);
  small.scenario.hardware.sites = 2;
  small.scenario.hardware.gateways = {gateways, needed};
  small.scenario.hardware.controllers = {controllers, 2};
  small.scenario.claims = {claim_of("no_spof")};
  RunOptions options;
  options.method = sim::Method::analytic;
  const auto results = run(small.scenario, options);
  EXPECT_TRUE(results);
  return results.value().claims.at(0);
}

TEST(Judge, PartsInTheWayToTheDataCanBeSinglePointsOfFailure) {
  const ClaimResult paired = verdict_on_two_sites(2, 1, 2);
  EXPECT_EQ(paired.verdict, Verdict::undecided);
  EXPECT_THAT(paired.why, HasSubstr("power domain, controller, gateway takes"));
  const ClaimResult both_needed = verdict_on_two_sites(2, 2, 2);
  EXPECT_EQ(both_needed.verdict, Verdict::refuted);
  EXPECT_THAT(both_needed.why, HasSubstr("gateway 0: 20 of 20 placement groups"));
  // A controller of its own on each site is borne by the other site.
  EXPECT_EQ(verdict_on_two_sites(2, 1, 1).verdict, Verdict::undecided);
  // One supply for all racks.
  EXPECT_THAT(verdict_on(survives("power domain", 1, "data"), 3).why,
              HasSubstr("without power domain 0: 20 of 20"));
}

TEST(Judge, ARebuildClaimIsHeldAgainstTheSimulatedMedian) {
  scenario::Claim claim = claim_of("rebuild");
  claim.amount = {1e12};
  claim.within = sim::days(100);
  EXPECT_EQ(verdict_on(claim, 4, 64).verdict, Verdict::supported);
  EXPECT_THAT(verdict_on(claim, 4).why, HasSubstr("no rebuild was simulated"));
  claim.within = {1};
  EXPECT_EQ(verdict_on(claim, 4, 64).verdict, Verdict::refuted);
}

TEST(Judge, WhatHasNoModelIsUndecidedForAReasonOfItsOwn) {
  std::vector<std::string> reasons;
  for (const char* kind : {"rpo", "rto", "service", "qualitative"}) {
    const ClaimResult result = verdict_on(claim_of(kind), 4);
    EXPECT_EQ(result.verdict, Verdict::undecided) << kind;
    EXPECT_THAT(result.why, Not(HasSubstr("still to come"))) << kind;
    EXPECT_THAT(reasons, Not(::testing::Contains(result.why))) << kind;
    reasons.push_back(result.why);
  }
}

TEST(Judge, KnowsEveryKindOfClaim) {
  for (const scenario::ClaimKind& kind : scenario::all_claim_kinds()) {
    scenario::Claim claim = survives("disk", 1, "data");
    claim.kind = kind.name;
    claim.metric = "durability_nines";
    claim.op = ">=";
    claim.amount = {1e12};
    claim.within = {60};
    EXPECT_FALSE(verdict_on(claim, 4).why.empty()) << kind.name;
  }
}

}  // namespace
}  // namespace models::fleet
