// Age, calendar and frailty of places told apart by one likelihood: planted, found and measured.
#include "models/records/hazard_model.h"

#include <gtest/gtest.h>

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <optional>

#include "models/records/burst_input.h"
#include "models/records/gamma_spread.h"
#include "models/records/joint_fit.h"
#include "tests/models/records/simulated_record.h"

namespace {

using models::records::burst_input;
using models::records::BurstFit;
using models::records::Counted;
using models::records::gamma_spread;
using models::records::hazard_model;
using models::records::HazardModel;
using models::records::JointFit;
using models::records::Life;
using models::records::LifeGroups;
using models::records::Sample;
using record_test::Planted;
using record_test::simulated_record;
using sim::Seconds;

HazardModel model_of(const Sample& sample, bool one_age = false) {
  const auto input = burst_input(sample);
  auto model = hazard_model(sample, sample.lives, input, std::nullopt, one_age, 1);
  EXPECT_TRUE(model);
  return *model;
}

/// Student 1907, yeast cells in 400 squares: the variance of a gamma law of mean 1 by maximum
/// likelihood is that of a negative binomial, here looked for by hand on a fine grid.
TEST(GammaSpread, IsTheTopOfTheNegativeBinomialLikelihood) {
  const std::vector<Counted> squares{{0, 1, 213}, {1, 1, 128}, {2, 1, 37},
                                     {3, 1, 18},  {4, 1, 3},   {5, 1, 1}};
  const auto found = gamma_spread(squares);
  const auto value = [&](double variance) {
    double mean = 0;
    double all = 0;
    for (const Counted& s : squares) {
      mean += s.times * s.seen;
      all += s.times;
    }
    mean /= all;
    double sum = 0;
    for (const Counted& s : squares) {
      double rising = 0;
      for (int i = 0; i < static_cast<int>(s.seen); ++i) rising += std::log1p(variance * i);
      sum += s.times * (rising + s.seen * std::log(mean) -
                        (s.seen + 1 / variance) * std::log1p(variance * mean));
    }
    return sum;
  };
  double best = 0.001;
  for (double v = 0.001; v < 2; v += 0.0005) best = value(v) > value(best) ? v : best;
  // The adjustment for the fitted level moves the top by a part of the order of 1/400.
  EXPECT_NEAR(found.variance, best, 0.02);
  EXPECT_LT(found.ci95.low, best);
  EXPECT_GT(found.ci95.high, best);
  EXPECT_GT(found.ci95.low, 0);
}

TEST(GammaSpread, OfCountsThatDifferLessThanChanceIsNone) {
  const std::vector<Counted> even{{4, 4, 50}};
  const auto found = gamma_spread(even);
  EXPECT_EQ(found.variance, 0);
  EXPECT_EQ(found.gain, 0);
  EXPECT_EQ(found.ci95.low, 0);
  EXPECT_GT(found.ci95.high, 0);
  EXPECT_LT(found.ci95.high, 0.2);
}

/// Two units, one level of time: the likelihood of a shape and a variance by hand.
TEST(JointFit, HasTheLikelihoodOfItsDefinition) {
  const std::vector<Life> lives{{Seconds{0}, sim::days(20), true, 1, Seconds{0}, 0},
                                {Seconds{0}, sim::days(8), false, 1, sim::days(20), 0},
                                {sim::days(100), sim::days(128), false, 1, sim::days(-100), 1}};
  const LifeGroups groups{{0, 0, 1}, {1, 1}};
  const JointFit fit(lives, Seconds{0}, sim::days(28), groups);
  const double shape = 1.7;
  const double variance = 0.8;
  const auto power = [&](double days) { return std::pow(days / 365.25, shape); };
  const auto point = fit.at(shape, variance);
  ASSERT_EQ(point.levels.size(), 1U);
  const double level = point.levels[0];
  const double first = level * (power(20) + power(8));
  const double second = level * (power(128) - power(100));
  // The first place failed once at 20 days; both factors are integrated out.
  const double wanted = std::log(level * shape * std::pow(20 / 365.25, shape - 1)) -
                        (1 + 1 / variance) * std::log1p(variance * first) -
                        1 / variance * std::log1p(variance * second);
  EXPECT_NEAR(point.log_likelihood, wanted, 1e-4);
  EXPECT_NEAR(point.group_expected[0], first, 1e-9);
  EXPECT_NEAR(point.group_expected[1], second, 1e-9);
  // Without factors the level is failures over exposure.
  const auto even = fit.at(shape, 0);
  EXPECT_NEAR(even.levels[0], 1 / (power(20) + power(8) + power(128) - power(100)), 1e-9);
}

TEST(HazardModel, FindsNothingWhereNothingIsPlanted) {
  const auto model = model_of(simulated_record({}, 1));
  EXPECT_TRUE(model.age.identified);
  EXPECT_FALSE(model.age.found());
  EXPECT_TRUE(model.age.size.ci95.contains(1));
  EXPECT_FALSE(model.calendar.found());
  for (const auto& place : model.places) EXPECT_FALSE(place.found()) << place.name;
  EXPECT_FALSE(model.frailty);
}

TEST(HazardModel, TellsWearFromBadMonthsAndBadMachines) {
  Planted all;
  all.shape = 1.6;
  all.rate = 0.065;
  all.months_variance = 0.15;
  all.machines_variance = 0.4;
  const auto model = model_of(simulated_record(all, 2));
  EXPECT_TRUE(model.age.found());
  EXPECT_NEAR(*model.age.size.value, 1.6, 0.25);
  EXPECT_TRUE(model.calendar.found());
  EXPECT_NEAR(*model.calendar.size.value, std::sqrt(0.15), 0.15);
  ASSERT_EQ(model.places.size(), 3U);
  EXPECT_TRUE(model.places[1].found());
  EXPECT_NEAR(*model.places[1].size.value, std::sqrt(0.4), 0.2);
  ASSERT_TRUE(model.frailty);
  EXPECT_EQ(model.places[*model.frailty].name, "machine");
}

/// Who fails often is often young: a shape without frailty takes bad slots for early failures.
TEST(HazardModel, DoesNotTakeBadSlotsForEarlyFailures) {
  Planted slots;
  slots.units_variance = 3;
  slots.rate = 0.2;
  const Sample sample = simulated_record(slots, 3);
  const auto model = model_of(sample);
  EXPECT_TRUE(model.places[0].found());
  ASSERT_TRUE(model.frailty);
  EXPECT_EQ(model.places[*model.frailty].name, "unit");
  EXPECT_TRUE(model.age.size.ci95.contains(1));
  const JointFit without(sample.lives, *sample.from, *sample.until);
  EXPECT_LT(without.shape_interval(without.best(true)).high, 1);
}

TEST(HazardModel, SaysWhatItCannotTellApart) {
  Planted young;
  young.most_age = 0;
  const Sample sample = simulated_record(young, 4);
  const auto model = model_of(sample, true);
  EXPECT_FALSE(model.age.identified);
  EXPECT_NE(model.age.why.find("one age"), std::string::npos);
  EXPECT_NE(model.calendar.why.find("cannot be told apart"), std::string::npos);
  Sample listed = sample;
  listed.units = 0;  // each unit fails once
  const auto once = model_of(listed, true);
  EXPECT_FALSE(once.places[0].identified);
  EXPECT_NE(once.places[0].why.find("fails once"), std::string::npos);
}

TEST(HazardModel, LevelsHoldAllFailuresAndTheirMeanIsOne) {
  Planted months;
  months.months_variance = 0.3;
  const Sample sample = simulated_record(months, 5);
  const auto model = model_of(sample);
  double seen = 0;
  double expected = 0;
  for (const auto& level : model.levels) {
    seen += level.failures;
    expected += level.expected;
    if (level.expected > 0) {
      EXPECT_NEAR(*level.factor.value, level.failures / level.expected, 1e-12);
    }
  }
  EXPECT_NEAR(seen, static_cast<double>(sample.happenings.size()), 1e-6);
  EXPECT_NEAR(expected, seen, 1e-6 * seen);
}

}  // namespace
