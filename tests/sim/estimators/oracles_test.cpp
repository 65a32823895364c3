#include "tests/sim/estimators/oracles.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/estimators/publish.h"
#include "sim/model.h"

namespace sim::testing {
namespace {

static_assert(RareModel<RareKOfN>);
static_assert(RareModel<PriorityRebuild>);
static_assert(RareModel<ToyFleet>);

constexpr std::uint64_t replicates = 20000;
constexpr std::uint64_t seed = 11;

double z(const Moments& moments, double truth) {
  return (moments.mean() - truth) / moments.standard_error();
}

class Oracles : public ::testing::TestWithParam<Oracle> {};

TEST_P(Oracles, ExposureHitsTheTruth) {
  const Oracle& oracle = GetParam();
  const RareTally tally =
      play(oracle, Estimator::exposure, options_for(oracle, 2.0), replicates, seed);
  EXPECT_GE(tally.loss().x().non_zero(), 300U);
  EXPECT_LT(std::abs(z(tally.loss().x(), oracle.loss)), 4.0);
  EXPECT_LT(std::abs(z(tally.amounts()[0], oracle.amount)), 4.0);
}

TEST_P(Oracles, CompensatorHitsTheTruthWhereItSeesLosses) {
  const Oracle& oracle = GetParam();
  const RareTally tally =
      play(oracle, Estimator::compensator, options_for(oracle, 2.0), replicates, seed);
  if (tally.loss().x().non_zero() < 300) {
    EXPECT_FALSE(loss_probability(tally, {Method::compensator, "", {}, {}}).converged);
    return;
  }
  EXPECT_LT(std::abs(z(tally.loss().x(), oracle.loss)), 4.0);
  EXPECT_LT(std::abs(z(tally.amounts()[0], oracle.amount)), 4.0);
}

INSTANTIATE_TEST_SUITE_P(All, Oracles, ::testing::ValuesIn(all_oracles()), name_of);

TEST(Truths, AreThePublishedOnes) {
  EXPECT_NEAR(ten_of_fourteen(36.5).loss / 1.686546e-11, 1.0, 1e-6);
  EXPECT_NEAR(ten_of_fourteen(365.0).loss / 1.792810e-15, 1.0, 1e-6);
}

TEST(MeanTimeToLoss, OfAMirrorIsThatOfTheClosedForm) {
  // (3 l + m) / (2 l^2), over missions short against it and long against a repair.
  const Oracle oracle = mirror();
  const double l = 0.05;
  const double m = 52.0;
  const RareTally tally =
      play(oracle, Estimator::exposure, options_for(oracle, 2.0), replicates, seed);
  const Estimate estimate = mean_time_to_loss(tally, {Method::exposure, "", {}, {}});
  const double years_to_loss = in_years(Seconds{*estimate.value});
  const double error = years_to_loss * tally.loss().x().standard_error() / tally.loss().x().mean();
  // The first weeks, in which nothing can be missing yet, cost 1/(T m) of the mean hazard.
  EXPECT_NEAR(years_to_loss, (3.0 * l + m) / (2.0 * l * l) * (1.0 + 1.0 / (5.0 * m)), 4.0 * error);
}

}  // namespace
}  // namespace sim::testing
