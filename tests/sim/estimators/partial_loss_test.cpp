// Atoms that take part of a group, which goes on: an error met where no redundancy is left.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/sim/estimators/oracles.h"

namespace sim::testing {
namespace {

// That something was lost is as likely as if the whole group were: the truth is that of O4.
Oracle loses_a_part(int tolerance) {
  Oracle oracle = latent_errors(tolerance);
  std::get<ToyFleet>(oracle.model).part = 0.25;
  return oracle;
}

void expect_truth(const Moments& moments, double truth, const std::string& what) {
  EXPECT_LT(std::abs(moments.mean() - truth) / moments.standard_error(), 4.0)
      << what << ": " << moments.mean() << " +- " << moments.standard_error() << ", truth "
      << truth;
}

/// Mean amount lost by whole missions: parts struck and whole groups.
Moments amounts_lost(const ToyFleet& fleet, Seconds mission, std::uint64_t missions) {
  Moments lost;
  Change change;
  for (std::uint64_t i = 0; i < missions; ++i) {
    auto state = fleet.initial(i);
    double amount = 0.0;
    for (bool event = true; event;) {
      change.clear();
      event = fleet.advance(state, mission, change);
      for (const double whole : change.amounts) amount += whole;
      if (change.struck) amount += fleet.part;
    }
    lost.add(amount);
  }
  return lost;
}

TEST(PartialLoss, IsAsLikelyAsTheLossOfWholeGroups) {
  for (const int tolerance : {1, 2}) {
    const Oracle oracle = loses_a_part(tolerance);
    const RareOptions options = options_for(oracle, 2.0);
    expect_truth(play(oracle, Estimator::exposure, options, 4000, 11).loss().x(), oracle.loss,
                 "exposure");
    expect_truth(play(oracle, Estimator::compensator, options, 4000, 12).loss().x(), oracle.loss,
                 "compensator");
    RareOptions split = options;
    split.effort = 2048;
    expect_truth(play(oracle, Estimator::splitting, split, 40, 13).loss().x(), oracle.loss,
                 "splitting");
  }
}

TEST(PartialLoss, AmountsToWhatWholeMissionsLose) {
  const Oracle oracle = loses_a_part(1);
  const auto& fleet = std::get<ToyFleet>(oracle.model);
  const Moments plain = amounts_lost(fleet, oracle.mission, 200000);
  ASSERT_GT(plain.non_zero(), 300U);
  const RareOptions options = options_for(oracle, 2.0);
  for (const Estimator estimator : {Estimator::exposure, Estimator::compensator}) {
    const Moments amounts = play(oracle, estimator, options, 8000, 14).amounts()[0];
    EXPECT_LT(std::abs(amounts.mean() - plain.mean()) /
                  std::hypot(amounts.standard_error(), plain.standard_error()),
              4.0)
        << amounts.mean() << " against " << plain.mean();
  }
}

}  // namespace
}  // namespace sim::testing
