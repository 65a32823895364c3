#include "tests/models/oracle/detection_formula.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/moments.h"
#include "sim/random.h"

namespace oracle {
namespace {

/// Detection and whole-disk rebuild from D/W = 0.02 to 5.
DetectionCase with(int tolerance, double detection_per_rebuild) {
  return {.tolerance = tolerance,
          .shards = 3 + tolerance,
          .disks = 20,
          .groups = 100,
          .rate = 1e-6,
          .detection = 10 * detection_per_rebuild,
          .rebuild = 10,
          .time = 8766};
}
constexpr double ratios[] = {0.02, 0.1, 0.5, 1, 2, 5};

TEST(DetectionFormula, WithoutWaitingTheQuadratureIsTheClosedForm) {
  for (const int m : {1, 2, 3}) {
    for (const double ratio : ratios) {
      DetectionCase c = with(m, ratio);
      c.deep_waits = false;
      const double closed = expected_losses_without_waiting(c);
      EXPECT_NEAR(expected_losses(c) / closed, 1, 1e-3) << m << " at D/W " << ratio;
    }
  }
}

TEST(DetectionFormula, GivesTheFiguresOfSixtyDisks) {
  DetectionCase c{.tolerance = 2,
                  .shards = 6,
                  .disks = 60,
                  .groups = 20000,
                  .rate = 0.02 / 8766,
                  .detection = 1,
                  .rebuild = 11.5,
                  .time = 8766};
  EXPECT_NEAR(expected_losses(c), 2.07e-6, 0.005e-6);
  c.detection = 4;
  EXPECT_NEAR(expected_losses(c), 8.4e-6, 0.05e-6);
}

/// Plays one group: its disks fail one by one at random times in a long enough window; when is it
/// lifted from which depth? Returns the mean number lost, by the same leading order.
sim::Moments play_one_group(const DetectionCase& c, std::uint64_t samples) {
  sim::Stream random(17, sim::Purpose::test, {static_cast<std::uint64_t>(c.tolerance), 0, 0, 0});
  const double window = c.detection + c.rebuild;
  double weight = c.groups * c.time;
  for (int i = 0; i <= c.tolerance; ++i) weight *= (c.shards - i) * c.rate;
  sim::Moments lost;
  for (std::uint64_t i = 0; i < samples; ++i) {
    const double whole = c.detection + random.uniform() * c.rebuild;  // at its old place
    double lifted = whole;  // when the deepest level so far ends
    double at = 0;
    double sample = weight;
    for (int loss = 2; loss <= c.tolerance + 1; ++loss) {
      sample *= window;
      at += random.uniform() * window;
      if (at > lifted) sample = 0;
      const double ahead = std::max(0.0, c.rebuild - std::max(0.0, at - c.detection));
      const double among = random.uniform() * (c.shards - 1.0) / (c.disks - 1.0) * ahead;
      // Known D later; a group with three missing is the only one of its kind and goes first.
      lifted = std::min(lifted, at + c.detection + (loss == 2 ? among : 0.0));
    }
    lost.add(sample);
  }
  return lost;
}

TEST(DetectionFormula, AgreesWithOneGroupPlayedOut) {
  for (const int m : {1, 2, 3}) {
    for (const double ratio : ratios) {
      const DetectionCase c = with(m, ratio);
      const sim::Moments played = play_one_group(c, 400000);
      const double z = (played.mean() - expected_losses(c)) / played.standard_error();
      EXPECT_LT(std::abs(z), 4) << m << " at D/W " << ratio << ": " << played.mean() << " against "
                                << expected_losses(c);
    }
  }
}

TEST(DetectionFormula, WaitingCostsMostWhereDetectionIsShort) {
  DetectionCase late = with(2, 0.02);
  DetectionCase early = with(2, 5);
  const auto waiting = [](DetectionCase c) {
    return expected_losses(c) / expected_losses_without_waiting(c);
  };
  EXPECT_GT(waiting(late), 4);
  EXPECT_LT(waiting(early), 1.01);
  EXPECT_GT(waiting(early), 1);
}

}  // namespace
}  // namespace oracle
