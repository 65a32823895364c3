#include "models/fleet/scatter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "models/fleet/rare_mission.h"
#include "sim/estimators/rare_estimator.h"
#include "small_fleet.h"

namespace models::fleet {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::SmallFleet;

Scatter scatter_of(const SmallFleet& small) {
  const scenario::Strategy& strategy = small.scenario.strategies[0];
  return fleet::scatter_of(small.scenario, strategy, *codes::make_code(strategy.code));
}

std::string text_of(const SmallFleet& small) {
  const scenario::Strategy& strategy = small.scenario.strategies[0];
  return scatter_text(small.scenario, strategy, *codes::make_code(strategy.code));
}

TEST(Scatter, IsTheChanceThatASetOfDisksSharesAGroup) {
  SmallFleet small(6, 1, 1);
  small.reed_solomon(2, 1, 4);
  small.scenario.data.stripe = small.scenario.data.logical / 100;
  const Scatter scatter = scatter_of(small);
  EXPECT_EQ(scatter.failures, 2);
  EXPECT_EQ(scatter.stripes, 100);
  // 3 of the 15 pairs of 6 disks are in a group.
  EXPECT_NEAR(scatter.in_groups, 1 - std::pow(0.8, 4), 1e-12);
  EXPECT_NEAR(scatter.in_stripes, 1 - std::pow(0.8, 100), 1e-12);
}

TEST(Scatter, OfALargeDeclusteredArrayIsFiveNines) {
  SmallFleet small(106, 20, 1);
  small.reed_solomon(16, 4, 20000);
  scenario::Scenario& s = small.scenario;
  s.data.logical = {2120 * 25e12 * 0.8 * 0.8};
  s.data.stripe = {16 * 1048576.0};
  const Scatter scatter = scatter_of(small);
  EXPECT_NEAR(std::log10(scatter.ratio()), 5.0, 0.1);
  EXPECT_THAT(text_of(small), HasSubstr("P(any loss) hangs on the number of groups: 5 disks"));
}

TEST(Scatter, IsNotSpokenOfWhereItDoesNotMatter) {
  SmallFleet small(6, 1, 1);
  small.reed_solomon(2, 1, 100);  // any two disks share one
  EXPECT_THAT(text_of(small), IsEmpty());
  small.reed_solomon(2, 1, 1);
  EXPECT_THAT(text_of(small), HasSubstr("share one of the 1 groups with chance 0.2"));
  small.scenario.strategies[0].placement.kind = "partitioned";
  EXPECT_THAT(text_of(small), IsEmpty());
}

sim::Moments any_loss(const SmallFleet& small, std::uint64_t replicates) {
  const auto fleet = small.compiled();
  sim::RareOptions options;
  options.mission = fleet->mission();
  sim::RareEstimator<RareMission> estimator(RareMission(fleet, 5), sim::Method::exposure, options,
                                            5);
  sim::RareTally tally = estimator.empty_tally(options.mission);
  for (std::uint64_t r = 0; r < replicates; ++r) estimator.play(r, tally);
  return tally.loss().x();
}

TEST(Scatter, TellsHowMuchMoreOftenManyGroupsLoseSomething) {
  SmallFleet few(40, 1, 1);
  few.reed_solomon(2, 1, 5).exponential(sim::years(50), sim::hours(24));
  SmallFleet many = few;
  many.scenario.strategies[0].placement.groups = 500;
  few.scenario.data.stripe = few.scenario.data.logical / 500;
  const double found = any_loss(many, 400).mean() / any_loss(few, 20000).mean();
  const double told = scatter_of(few).ratio();
  EXPECT_GT(told, 30);
  // Of many shards each is whole before the last: P(any loss) is lower by up to half.
  EXPECT_LT(found, 1.2 * told);
  EXPECT_GT(found, 0.5 * told);
}

}  // namespace
}  // namespace models::fleet
