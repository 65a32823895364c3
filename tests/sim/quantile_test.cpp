#include "sim/quantile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "sim/random.h"

namespace sim {
namespace {

TEST(QuantileSketch, QuantilesAreWithinHalfAPercentOfTheSortedValues) {
  Stream stream(21, Purpose::test);
  QuantileSketch sketch;
  std::vector<double> values;
  for (int i = 0; i < 20000; ++i) {
    values.push_back(std::exp(3.0 * stream.normal()));
    sketch.add(values.back());
  }
  std::sort(values.begin(), values.end());
  for (const double p : {0.001, 0.05, 0.5, 0.95, 0.99, 0.9999}) {
    const auto rank = static_cast<std::size_t>(std::ceil(p * 20000.0));
    EXPECT_NEAR(sketch.quantile(p) / values[rank - 1], 1.0, 0.005) << p;
  }
  EXPECT_EQ(sketch.quantile(0.0), values.front());
  EXPECT_EQ(sketch.quantile(1.0), values.back());
}

TEST(QuantileSketch, TheOrderOfMergingChangesNoBit) {
  std::vector<QuantileSketch> parts(5);
  QuantileSketch whole;
  Stream stream(22, Purpose::test);
  for (int i = 0; i < 5000; ++i) {
    const double value = stream.exponential() * std::pow(10.0, static_cast<double>(i % 5));
    parts[stream.below(5)].add(value, 2);
    whole.add(value);
    whole.add(value);
  }
  QuantileSketch forward;
  QuantileSketch backward;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    forward.merge(parts[i]);
    backward.merge(parts[parts.size() - 1 - i]);
  }
  EXPECT_EQ(forward, backward);
  EXPECT_EQ(forward, whole);
}

TEST(QuantileSketch, ZeroAndNeverAreValuesLikeOthers) {
  QuantileSketch sketch;
  sketch.add(0.0, 60);
  sketch.add(-0.0, 10);
  sketch.add(1.0, 20);
  sketch.add(std::numeric_limits<double>::infinity(), 10);
  EXPECT_EQ(sketch.quantile(0.0), 0.0);
  EXPECT_EQ(sketch.quantile(0.7), 0.0);
  EXPECT_NEAR(sketch.quantile(0.9), 1.0, 0.005);
  EXPECT_EQ(sketch.quantile(0.95), std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace sim
