#include "sim/distribution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "sim/moments.h"

namespace sim {
namespace {

struct Case {
  std::string name;
  Distribution law;
};

Distribution bathtub() {
  return Distribution::competing({Distribution::weibull(0.7, years(400)),
                                  Distribution::exponential(years(60)),
                                  Distribution::weibull(3.0, years(12))});
}

std::vector<Case> smooth_cases() {
  return {{"exponential", Distribution::exponential(years(50))},
          {"young", Distribution::weibull(0.7, years(100))},
          {"old", Distribution::weibull(3.0, years(8))},
          {"late", Distribution::weibull(1.5, days(2), hours(6))},
          {"bathtub", bathtub()},
          {"lognormal", Distribution::lognormal(hours(8), 1.3)},
          {"gamma below one", Distribution::gamma(0.5, hours(3))},
          {"erlang", Distribution::gamma(20.0, hours(1))}};
}

std::vector<Case> all_cases() {
  std::vector<Case> cases = smooth_cases();
  cases.push_back({"uniform", Distribution::uniform(hours(1), hours(5))});
  cases.push_back({"empirical", Distribution::empirical({{4.0}, {9.0}, {10.0}, {30.0}, {31.0}})});
  return cases;
}

TEST(Distribution, TheTimeAtAHazardHasThatHazard) {
  for (const Case& c : all_cases()) {
    for (const double hazard : {1e-15, 1e-9, 1e-3, 0.1, 0.69, 0.7, 1.0, 5.0, 30.0}) {
      const Seconds t = c.law.time_at_hazard(hazard);
      const bool starts_late = c.name == "late" || c.name == "uniform";
      const bool ends = c.name == "uniform" || c.name == "empirical";
      // What is added to a location keeps the location's last digit only; and so before an end.
      const double digits = (starts_late && hazard < 1e-2) || (ends && hazard > 2.0) ? 1e-2 : 1e-12;
      if ((starts_late && hazard < 1e-12) || (ends && hazard > 20.0)) continue;
      EXPECT_NEAR(c.law.cumulative_hazard(t) / hazard, 1.0, digits) << c.name << " " << hazard;
    }
  }
}

TEST(Distribution, TheHazardAtATimeLeadsBackToThatTime) {
  for (const Case& c : smooth_cases()) {
    for (const double p : {1e-6, 1e-3, 0.2, 0.5, 0.9, 0.999}) {
      const Seconds t = c.law.time_at_hazard(-std::log1p(-p));
      const Seconds back = c.law.time_at_hazard(c.law.cumulative_hazard(t));
      EXPECT_NEAR(back / t, 1.0, 1e-12) << c.name << " " << p;
    }
  }
}

TEST(Distribution, SurvivalAndProbabilitySumToOne) {
  for (const Case& c : all_cases()) {
    for (const double hazard : {1e-12, 0.01, 0.5, 1.0, 3.0, 20.0}) {
      const Seconds t = c.law.time_at_hazard(hazard);
      EXPECT_NEAR(c.law.survival(t) + c.law.probability_by(t), 1.0, 1e-15) << c.name;
    }
    EXPECT_EQ(c.law.survival({0.0}), 1.0) << c.name;
    EXPECT_EQ(c.law.probability_by({0.0}), 0.0) << c.name;
  }
}

TEST(Distribution, TinyProbabilitiesKeepAllTheirDigits) {
  const Distribution exponential = Distribution::exponential(years(1));
  EXPECT_DOUBLE_EQ(exponential.probability_by(1e-18 * years(1)), 1e-18);
  // Phi(-9) and the incomplete gamma series' leading term, x^k/k!.
  const Distribution lognormal = Distribution::lognormal({1.0}, 1.0);
  EXPECT_NEAR(lognormal.probability_by({std::exp(-9.0)}) / 1.1285884059538406e-19, 1.0, 1e-12);
  const Distribution gamma = Distribution::gamma(3.0, {1.0});
  EXPECT_NEAR(gamma.probability_by({1e-6}) / (1e-18 / 6.0 * (1.0 - 0.75e-6)), 1.0, 1e-11);
}

TEST(Distribution, TheHazardStaysFiniteWhereTheSurvivalUnderflows) {
  // -ln Q(40) of the normal distribution: Abramowitz and Stegun 26.2.13, ln phi - ln 40 + ...
  const Distribution lognormal = Distribution::lognormal({1.0}, 1.0);
  EXPECT_NEAR(lognormal.cumulative_hazard({std::exp(40.0)}), 804.608442, 1e-6);
  // Gamma of shape 2: Q = (1 + x) exp(-x).
  const Distribution gamma = Distribution::gamma(2.0, {1.0});
  EXPECT_NEAR(gamma.cumulative_hazard({5000.0}) / (5000.0 - std::log(5001.0)), 1.0, 1e-13);
  EXPECT_NEAR(gamma.time_at_hazard(gamma.cumulative_hazard({5000.0})).value, 5000.0, 1e-8);
}

TEST(Distribution, TheHazardRunsWithoutStepsThroughTheTails) {
  for (const Distribution& law :
       {Distribution::lognormal({1.0}, 2.0), Distribution::gamma(0.4, {1.0}),
        Distribution::gamma(30.0, {1.0})}) {
    double before = 0.0;
    for (double hazard = 1e-20; hazard < 1e4; hazard *= 1.07) {
      const double t = law.time_at_hazard(hazard).value;
      ASSERT_GT(t, before) << law.describe() << " at hazard " << hazard;
      ASSERT_NEAR(law.cumulative_hazard({t}) / hazard, 1.0, 1e-11) << law.describe();
      before = t;
    }
  }
}

/// Kolmogorov-Smirnov at 1e-4: critical value sqrt(-ln(alpha/2)/2) = 2.2253 (asymptotic law).
double kolmogorov(const Distribution& law, Seconds age, std::vector<double> lives) {
  std::sort(lives.begin(), lives.end());
  const auto n = static_cast<double>(lives.size());
  double largest = 0.0;
  for (std::size_t i = 0; i < lives.size(); ++i) {
    const double gained =
        law.cumulative_hazard(age + Seconds{lives[i]}) - law.cumulative_hazard(age);
    const double p = -std::expm1(-gained);
    largest =
        std::max({largest, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
  }
  return largest * std::sqrt(n);
}

TEST(Distribution, ResidualLivesFollowTheConditionalLaw) {
  std::uint64_t stream_number = 0;
  for (const Case& c : all_cases()) {
    for (const double passed : {0.0, 0.05, 0.5, 1.2}) {
      const Seconds age = passed == 0.0 ? Seconds{} : c.law.time_at_hazard(passed);
      Stream stream(11, Purpose::test, {stream_number++, 0, 0, 0});
      std::vector<double> lives;
      lives.reserve(4000);
      for (int i = 0; i < 4000; ++i) lives.push_back(c.law.sample_residual(age, stream).value);
      EXPECT_LT(kolmogorov(c.law, age, lives), 2.2253) << c.name << " aged " << age.value;
    }
  }
}

TEST(Distribution, TinyResidualsOfOldUnitsFollowTheRate) {
  // After 30 years a residual of a microsecond is below the last digit of the age; still
  // H'(age) x residual must be the exponential drawn.
  const Seconds age = years(30);
  for (const Case& c : std::vector<Case>{
           {"Weibull", Distribution::weibull(1.4, days(1))},
           {"gamma", Distribution::gamma(2.0, {1e-3})},
           {"lognormal", Distribution::lognormal({1e-3}, 0.01)},
           {"competing", Distribution::competing({Distribution::gamma(2.0, {1e-3}),
                                                  Distribution::weibull(2.0, days(1))})}}) {
    Stream stream(12, Purpose::test);
    Stream same = stream;
    const double residual = c.law.sample_residual(age, stream).value;
    const double drawn = same.exponential();
    const Seconds step = age * 1e-5;
    const double rate =
        (c.law.cumulative_hazard(age + step) - c.law.cumulative_hazard(age - step)) /
        (2.0 * step.value);
    EXPECT_NEAR(residual * rate / drawn, 1.0, 1e-4) << c.name;
  }
}

TEST(Distribution, AnExponentialForgetsItsAgeToTheLastBit) {
  const Distribution law = Distribution::exponential(years(3));
  Stream a(13, Purpose::test);
  Stream b = a;
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(law.sample_residual(years(1e9), a), law.sample(b));
  }
  EXPECT_TRUE(law.memoryless());
  EXPECT_TRUE(Distribution::weibull(1.0, years(3)).memoryless());
  EXPECT_TRUE(Distribution::competing({law, law}).memoryless());
  EXPECT_DOUBLE_EQ(in_years(Distribution::competing({law, law}).mean()), 1.5);
  EXPECT_FALSE(bathtub().memoryless());
}

TEST(Distribution, TheMeanIsTheIntegralOfTheSurvival) {
  for (const Case& c : all_cases()) {
    // In the variable hazard^(1/4): smooth enough at both ends for every case here.
    const auto life = [&](double x) {
      const double hazard = x * x * x * x;
      return 4.0 * x * x * x * c.law.time_at_hazard(hazard).value * std::exp(-hazard);
    };
    const double mean =
        boost::math::quadrature::gauss_kronrod<double, 31>::integrate(life, 0.0, 3.2, 12, 1e-11);
    EXPECT_NEAR(c.law.mean().value / mean, 1.0, 1e-6) << c.name;
  }
}

TEST(Distribution, AFixedTimeIsAlwaysThatTime) {
  const Distribution law = Distribution::fixed(hours(2));
  Stream stream(14, Purpose::test);
  EXPECT_EQ(law.sample(stream), hours(2));
  EXPECT_EQ(law.sample_residual(hours(0.5), stream), hours(1.5));
  EXPECT_EQ(law.sample_residual(hours(5), stream), Seconds{});
  EXPECT_FALSE(law.has_hazard());
  EXPECT_EQ(law.survival(hours(1.9)), 1.0);
  EXPECT_EQ(law.survival(hours(2)), 0.0);
}

TEST(Distribution, ACutByAFixedTimeEndsThere) {
  const Distribution law =
      Distribution::competing({Distribution::exponential(hours(4)), Distribution::fixed(hours(2))});
  EXPECT_NEAR(law.time_at_hazard(0.25).value, hours(1).value, 1e-9);
  EXPECT_NEAR(law.time_at_hazard(3.0).value, hours(2).value, 1e-9);
  EXPECT_NEAR(in_hours(law.mean()), -4.0 * std::expm1(-0.5), 1e-9);
}

TEST(Distribution, EqualObservationsAreAJump) {
  const Distribution law = Distribution::empirical({{5.0}, {5.0}, {5.0}, {10.0}});
  EXPECT_NEAR(law.survival({5.0}), 0.25, 1e-15);
  EXPECT_EQ(law.time_at_hazard(-std::log(0.5)).value, 5.0);
  EXPECT_NEAR(law.probability_by({2.5}), 0.125, 1e-15);
  Stream stream(15, Purpose::test);
  for (int i = 0; i < 1000; ++i) {
    const double t = law.sample(stream).value;
    ASSERT_TRUE(t > 0.0 && t <= 10.0);
  }
}

TEST(Distribution, ATextForPeopleNamesKindAndUnits) {
  EXPECT_EQ(Distribution::weibull(1.12, years(52.6)).describe(),
            "Weibull(shape 1.12, scale 52.6 years)");
  EXPECT_EQ(Distribution::exponential(days(1)).describe(), "exponential(mean 1 day)");
  EXPECT_EQ(Distribution::fixed(minutes(15)).describe(), "fixed(15 minutes)");
  EXPECT_EQ(Distribution::lognormal(hours(8), 0.5).describe(),
            "lognormal(median 8 hours, sigma 0.5)");
}

}  // namespace
}  // namespace sim
