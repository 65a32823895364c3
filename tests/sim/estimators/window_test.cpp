#include "sim/estimators/window.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/moments.h"

namespace sim {
namespace {

/// Three stretches of two event classes; what a point is worth depends on its stretch.
struct Case {
  Window window{2};
  double worth[3] = {1.0, 5.0, 0.2};
  double truth{};

  explicit Case(const double (&promises)[3]) {
    const double hazards[3] = {0.5, 0.01, 2.0};
    for (std::uint32_t i = 0; i < 3; ++i) {
      const Exposed unit{{static_cast<std::uint16_t>(i / 2), i}};
      window.add({unit, {double(i)}, {i + 2.0}, hazards[i], promises[i]});
      truth += hazards[i] * worth[i];
    }
  }

  Moments play(double floor, int points) const {
    Stream stream(1, Purpose::test);
    std::vector<Point> drawn;
    Moments moments;
    for (int i = 0; i < 40000; ++i) {
      window.draw(points, floor, stream, drawn);
      double sum = 0;
      for (const Point& point : drawn) sum += point.weight * worth[point.segment];
      moments.add(sum);
    }
    return moments;
  }
};

TEST(Window, SumsOverPointsAreTheIntegralOverHazardWhateverThePromises) {
  const Case even({1.0, 1.0, 1.0});
  const Case steep({1.0, 40.0, 0.25});
  for (const Case* tried : {&even, &steep}) {
    for (const double floor : {0.0, 0.2, 1.0}) {
      const Moments moments = tried->play(floor, 2);
      EXPECT_LT(std::abs(moments.mean() - tried->truth) / moments.standard_error(), 4.0)
          << moments.mean() << " against " << tried->truth;
    }
  }
}

TEST(Window, APromiseInProportionToWhatAPointIsWorthLeavesNoVariance) {
  const Case right({1.0, 5.0, 0.2});
  const Moments moments = right.play(0.0, 1);
  EXPECT_NEAR(moments.mean(), right.truth, 1e-9);
  EXPECT_LT(moments.standard_error(), 1e-9);
}

TEST(Window, ReachesFromTheFirstToTheLastStretch) {
  const Case any({1.0, 1.0, 1.0});
  EXPECT_EQ(any.window.begin(), Seconds{0});
  EXPECT_EQ(any.window.end(), Seconds{4});
}

}  // namespace
}  // namespace sim
