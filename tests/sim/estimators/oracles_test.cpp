#include "tests/sim/estimators/oracles.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/estimators/exposure.h"

namespace sim::testing {
namespace {

static_assert(RareModel<RareKOfN>);
static_assert(RareModel<ToyFleet>);

double z(const Moments& moments, double truth) {
  return (moments.mean() - truth) / moments.standard_error();
}

class Oracles : public ::testing::TestWithParam<Oracle> {};

TEST_P(Oracles, ExposureHitsTheTruth) {
  const Oracle& oracle = GetParam();
  const RareTally tally = play(oracle, Estimator::exposure, options_for(oracle, 2.0), 20000, 11);
  std::printf("%-45s %10.4g: rel se %.3g z %.2f, amount %10.4g z %.2f, work %g\n",
              oracle.name.c_str(), oracle.loss, tally.loss().x().standard_error() / oracle.loss,
              z(tally.loss().x(), oracle.loss), oracle.amount, z(tally.amounts()[0], oracle.amount),
              double(tally.work().total()));
  EXPECT_LT(std::abs(z(tally.loss().x(), oracle.loss)), 4.0);
  EXPECT_LT(std::abs(z(tally.amounts()[0], oracle.amount)), 4.0);
}

TEST_P(Oracles, CompensatorHitsTheTruth) {
  const Oracle& oracle = GetParam();
  const RareOptions options = options_for(oracle, 2.0);
  const RareTally tally = play(oracle, Estimator::compensator, options, 20000, 11);
  std::printf("%-45s %10.4g: rel se %.3g z %.2f, amount %10.4g z %.2f, work %g\n",
              oracle.name.c_str(), oracle.loss, tally.loss().x().standard_error() / oracle.loss,
              z(tally.loss().x(), oracle.loss), oracle.amount, z(tally.amounts()[0], oracle.amount),
              double(tally.work().total()));
  if (tally.loss().x().non_zero() < 100) GTEST_SKIP() << "too rare for it";
  EXPECT_LT(std::abs(z(tally.loss().x(), oracle.loss)), 4.0);
  EXPECT_LT(std::abs(z(tally.amounts()[0], oracle.amount)), 4.0);
}

INSTANTIATE_TEST_SUITE_P(All, Oracles, ::testing::ValuesIn(all_oracles()));

}  // namespace
}  // namespace sim::testing
