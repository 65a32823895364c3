#include "sim/interval.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "sim/random.h"

namespace sim {
namespace {

// Of 2,000 independent 95 % intervals 1,861 or fewer cover with probability below 1e-4 / 2.
constexpr int trials = 2000;
constexpr int least_covering = 1862;

template <class Covers>
int covering(Covers covers) {
  int count = 0;
  for (std::uint64_t trial = 0; trial < trials; ++trial) {
    Stream stream(41, Purpose::test, {trial, 0, 0, 0});
    if (covers(stream)) ++count;
  }
  return count;
}

TEST(Interval, StudentQuantilesAreThoseOfTheTables) {
  // One degree of freedom is Cauchy's law: tan(pi (p - 1/2)).
  EXPECT_NEAR(student_quantile(0.975, 1.0), std::tan(0.475 * std::numbers::pi), 1e-11);
  EXPECT_NEAR(student_quantile(0.975, 4.0), 2.7764451051977987, 1e-12);
  EXPECT_NEAR(student_quantile(0.975, 30.0), 2.0422724563012373, 1e-12);
  EXPECT_NEAR(student_quantile(0.975, 1e9), 1.959963984540054, 1e-7);
  EXPECT_NEAR(student_quantile(0.025, 4.0), -2.7764451051977987, 1e-12);
}

TEST(Interval, TheWilsonIntervalIsTheTextbooks) {
  // 10 of 100: centre (0.1 + z^2/200)/(1 + z^2/100), worked by hand.
  const Interval interval = wilson_interval(10, 100);
  EXPECT_NEAR(interval.low, 0.0552291, 1e-6);
  EXPECT_NEAR(interval.high, 0.1743657, 1e-6);
  EXPECT_EQ(wilson_interval(0, 50).low, 0.0);
  EXPECT_EQ(wilson_interval(50, 50).high, 1.0);
  EXPECT_NEAR(wilson_interval(50, 50).low, 1.0 - wilson_interval(0, 50).high, 1e-15);
  EXPECT_EQ(zero_bound(3000), (Interval{0.0, 0.001}));
}

TEST(Interval, WilsonCoversRareProportions) {
  const int count = covering([](Stream& stream) {
    std::uint64_t seen = 0;
    for (int i = 0; i < 1000; ++i) seen += stream.uniform() < 0.02 ? 1U : 0U;
    return wilson_interval(seen, 1000).contains(0.02);
  });
  EXPECT_GE(count, least_covering);
}

TEST(Interval, TheMeanOfNormalReplicatesIsCovered) {
  const int count = covering([](Stream& stream) {
    Moments moments;
    for (int i = 0; i < 5; ++i) moments.add(3.0 + stream.normal());
    return t_interval(moments).contains(3.0);
  });
  EXPECT_GE(count, least_covering);
}

TEST(Interval, TheLogarithmHelpsSkewedReplicates) {
  // Relative variance e - 1, 100 times that many replicates: at least 93 % (methods, section 3).
  const double truth = std::exp(0.5);
  int on_log = 0;
  int plain = 0;
  covering([&](Stream& stream) {
    Moments moments;
    for (int i = 0; i < 172; ++i) moments.add(std::exp(stream.normal()));
    on_log += mean_interval(moments).contains(truth) ? 1 : 0;
    plain += t_interval(moments).contains(truth) ? 1 : 0;
    return true;
  });
  EXPECT_GE(on_log, 1814);  // four standard deviations below a true 93 %
  EXPECT_GE(on_log, plain);
}

TEST(Interval, RatiosOfPairsAreCovered) {
  const int count = covering([](Stream& stream) {
    PairedMoments moments;
    for (int i = 0; i < 400; ++i) {
      const double x = stream.exponential();
      moments.add(x, 2.0 * x + stream.exponential());
    }
    return ratio_interval(moments).contains(3.0);
  });
  EXPECT_GE(count, least_covering - 20);
}

TEST(Interval, ReplicatesWithoutSpreadGiveAPoint) {
  Moments moments;
  moments.add(2.0);
  moments.add(2.0);
  EXPECT_EQ(mean_interval(moments), (Interval{2.0, 2.0}));
}

TEST(Estimate, AnExactFigureHasNoSamplingError) {
  const Estimate estimate = Estimate::exact(0.25, Method::analytic, "chain");
  EXPECT_EQ(estimate.value, 0.25);
  EXPECT_EQ(estimate.ci95, (Interval{0.25, 0.25}));
  EXPECT_EQ(to_string(estimate.method), "analytic");
}

}  // namespace
}  // namespace sim
