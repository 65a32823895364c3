#include "models/records/law_fit.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "tests/models/records/simulated_lives.h"

namespace {

using models::records::AgeTable;
using models::records::fit_law;
using models::records::LawKind;
using models::records::Life;
using record_test::simulated_lives;
using record_test::Watch;
using sim::Distribution;
using sim::years;

TEST(LawFit, ExponentialIsFailuresOverExposure) {
  const std::vector<Life> lives{{years(0), years(2), true, 1},
                                {years(1), years(4), true, 1},
                                {years(0.5), years(5.5), false, 4}};
  const AgeTable ages(lives);
  const auto fit = fit_law(ages, LawKind::exponential);
  ASSERT_TRUE(fit);
  const double mean = (2 + 3 + 4 * 5) / 2.0;
  EXPECT_NEAR(*fit->risks[0].scale.value, mean, 1e-9 * mean);
  EXPECT_NEAR(fit->log_likelihood, 2 * std::log(1 / mean) - 2, 1e-12);
  EXPECT_FALSE(fit->risks[0].shape);
  // The profile of the rate: 2 (d log(r/r0) - d (r/r0 - 1)) = -3.841 at both ends.
  for (const double end : {fit->risks[0].scale.ci95.low, fit->risks[0].scale.ci95.high}) {
    const double ratio = mean / end;
    EXPECT_NEAR(2 * 2 * (std::log(ratio) - ratio + 1), -3.8414588, 1e-3);
  }
}

TEST(LawFit, DerivativesOfTheLikelihoodAreThoseOfDifferences) {
  const AgeTable ages(simulated_lives(Distribution::weibull(0.8, years(20)), {200, 2, 4, true}, 1));
  const models::records::RiskModel model({{std::log(0.05), 0}, {0, 0}, {0, std::log(50.0)}});
  Eigen::VectorXd at(5);
  at << std::log(50.0), std::log(0.6), std::log(30.0), std::log(12.0), std::log(3.0);
  const auto here = models::records::likelihood(ages, model, at);
  constexpr double step = 1e-5;
  for (Eigen::Index i = 0; i < 5; ++i) {
    Eigen::VectorXd above = at;
    Eigen::VectorXd below = at;
    above[i] += step;
    below[i] -= step;
    const auto up = models::records::likelihood(ages, model, above);
    const auto down = models::records::likelihood(ages, model, below);
    EXPECT_NEAR(here.gradient[i], (up.value - down.value) / (2 * step),
                1e-5 * (1 + std::abs(here.gradient[i])));
    const Eigen::VectorXd row = (up.gradient - down.gradient) / (2 * step);
    EXPECT_LT((here.hessian.row(i).transpose() - row).norm(), 1e-5 * (1 + row.norm()));
  }
}

/// Without censoring and truncation: the failure times of Lieblein and Zelen 1956 (23 ball
/// bearings, millions of revolutions). Lawless 2003, example 5.2.1: shape 2.10, scale 81.88.
TEST(LawFit, WeibullIsThatOfPublishedData) {
  std::vector<Life> lives;
  for (const double age :
       {17.88, 28.92, 33.00, 41.52, 42.12, 45.60, 48.48,  51.84,  51.96,  54.12,  55.56, 67.80,
        68.64, 68.64, 68.88, 84.12, 93.12, 98.64, 105.12, 105.84, 127.92, 128.04, 173.40}) {
    lives.push_back({years(0), years(age), true, 1});
  }
  const auto fit = fit_law(AgeTable(lives), LawKind::weibull);
  ASSERT_TRUE(fit);
  EXPECT_NEAR(*fit->risks[0].shape->value, 2.102, 0.001);
  EXPECT_NEAR(*fit->risks[0].scale.value, 81.88, 0.01);
  EXPECT_NEAR(fit->log_likelihood, -113.691, 0.001);
}

TEST(LawFit, FindsALawBehindCensoringAndTruncation) {
  const auto lives =
      simulated_lives(Distribution::weibull(0.7, years(60)), {20'000, 0, 5, true}, 2);
  const auto fit = fit_law(AgeTable(lives), LawKind::weibull);
  ASSERT_TRUE(fit);
  EXPECT_TRUE(fit->risks[0].shape->ci95.contains(0.7));
  EXPECT_TRUE(fit->risks[0].scale.ci95.contains(60));
  // Those who failed alone tell of much shorter lives: what is left out is the point.
  std::vector<Life> failed;
  std::copy_if(lives.begin(), lives.end(), std::back_inserter(failed),
               [](const Life& life) { return life.failed; });
  const auto wrong = fit_law(AgeTable(failed), LawKind::weibull);
  EXPECT_LT(*wrong->risks[0].scale.value, 3);
}

TEST(LawFit, FindsTheThreePartsOfABathtub) {
  const auto law = Distribution::competing({Distribution::weibull(0.4, years(2000)),
                                            Distribution::exponential(years(100)),
                                            Distribution::weibull(4, years(12))});
  const auto lives = simulated_lives(law, {30'000, 4, 4, true}, 3);
  const AgeTable ages(lives);
  const auto fit = fit_law(ages, LawKind::bathtub);
  ASSERT_TRUE(fit);
  ASSERT_EQ(fit->risks.size(), 3U);
  EXPECT_TRUE(fit->risks[0].shape->ci95.contains(0.4))
      << fit->risks[0].shape->ci95.low << " " << fit->risks[0].shape->ci95.high;
  EXPECT_TRUE(fit->risks[2].shape->ci95.contains(4));
  EXPECT_TRUE(fit->risks[2].scale.ci95.contains(12));
  EXPECT_LT(fit->aic(), fit_law(ages, LawKind::weibull)->aic());
  ASSERT_GE(fit->rate_in_year.size(), 7U);
  for (std::size_t year = 0; year < 7; ++year) {
    const double truth = law.cumulative_hazard(years(static_cast<double>(year) + 1)) -
                         law.cumulative_hazard(years(static_cast<double>(year)));
    const auto& ci = fit->rate_in_year[year].ci95;
    EXPECT_LT(std::abs(std::log(*fit->rate_in_year[year].value / truth)),
              2 * std::log(ci.high / ci.low))
        << year;
  }
}

TEST(LawFit, SeesNoBathtubInAConstantHazard) {
  const auto lives = simulated_lives(Distribution::exponential(years(50)), {3000, 0, 5, true}, 4);
  const AgeTable ages(lives);
  const auto bathtub = fit_law(ages, LawKind::bathtub);
  const auto constant = fit_law(ages, LawKind::exponential);
  if (bathtub) {
    EXPECT_GT(bathtub->aic(), constant->aic() - 4);
  }
}

/// Of `repeats` fits, how many intervals hold the truth.
struct Coverage {
  int shape{}, scale{}, rate{}, repeats{};
};
Coverage coverage_of(double shape, double scale, const Watch& watch, int repeats) {
  Coverage covered{.repeats = repeats};
  const auto law = Distribution::weibull(shape, years(scale));
  const double rate = law.cumulative_hazard(years(2)) - law.cumulative_hazard(years(1));
  for (int i = 0; i < repeats; ++i) {
    const AgeTable ages(simulated_lives(law, watch, static_cast<std::uint64_t>(1000 + i)));
    const auto fit = fit_law(ages, LawKind::weibull);
    if (!fit) continue;
    covered.shape += fit->risks[0].shape->ci95.contains(shape) ? 1 : 0;
    covered.scale += fit->risks[0].scale.ci95.contains(scale) ? 1 : 0;
    covered.rate += fit->rate_in_year[1].ci95.contains(rate) ? 1 : 0;
  }
  return covered;
}

/// Of 400 at a true 95 % fewer than 362 or more than 397 come once in 10^4.
void expect_good(const Coverage& covered) {
  for (const int count : {covered.shape, covered.scale, covered.rate}) {
    const double expected = 0.95 * covered.repeats;
    const double error = std::sqrt(0.95 * 0.05 * covered.repeats);
    EXPECT_LT(std::abs(count - expected), 4 * error) << count << " of " << covered.repeats;
  }
}

TEST(LawFit, IntervalsOfCensoredRecordsHoldTheTruthNineteenTimesInTwenty) {
  expect_good(coverage_of(0.7, 60, {1000, 0, 5, true}, 400));
}

TEST(LawFit, IntervalsOfTruncatedRecordsHoldTheTruthNineteenTimesInTwenty) {
  expect_good(coverage_of(1.4, 20, {600, 4, 4, false}, 400));
}

/// p-values of a true law are even between 0 and 1; those of a wrong one are not.
TEST(FitTest, HasEvenChancesUnderTheLawThatWasFitted) {
  constexpr int repeats = 400;
  int below_half = 0;
  int below_tenth = 0;
  for (int i = 0; i < repeats; ++i) {
    const AgeTable ages(simulated_lives(Distribution::weibull(0.7, years(60)), {1000, 0, 5, true},
                                        static_cast<std::uint64_t>(5000 + i)));
    const auto fit = fit_law(ages, LawKind::weibull);
    ASSERT_TRUE(fit->test);
    below_half += fit->test->p < 0.5 ? 1 : 0;
    below_tenth += fit->test->p < 0.1 ? 1 : 0;
  }
  EXPECT_LT(std::abs(below_half - 200) / std::sqrt(100.0), 4) << below_half;
  EXPECT_LT(std::abs(below_tenth - 40) / std::sqrt(36.0), 4) << below_tenth;
}

TEST(FitTest, FindsAWrongLaw) {
  const auto law = Distribution::competing(
      {Distribution::exponential(years(60)), Distribution::weibull(6, years(6))});
  const AgeTable ages(simulated_lives(law, {3000, 0, 6, true}, 6));
  EXPECT_LT(fit_law(ages, LawKind::exponential)->test->p, 1e-6);
  EXPECT_LT(fit_law(ages, LawKind::weibull)->test->p, 1e-3);
  EXPECT_GT(fit_law(ages, LawKind::bathtub)->test->p, 1e-3);
}

}  // namespace
