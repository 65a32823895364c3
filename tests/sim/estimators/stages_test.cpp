#include "sim/estimators/stages.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/random.h"

namespace sim {
namespace {

/// Replicates of a heavy-tailed estimate, numbered from `first`.
RareTally played(std::uint64_t seed, std::uint64_t first, std::uint64_t end) {
  RareTally tally(years(1), 0, 1);
  RareSample sample = tally.empty_sample();
  for (std::uint64_t replicate = first; replicate < end; ++replicate) {
    Stream stream(seed, Purpose::test, {replicate, 0, 0, 0});
    sample.clear();
    sample.any = std::exp(1.2 * stream.normal() - 0.72);  // mean 1
    sample.watched = years(1);
    sample.setting = replicate % 2;
    tally.add(sample);
  }
  return tally;
}

TEST(Stages, TheNextStageHasReplicatesOfItsOwnAndMoreOfThem) {
  Stages stages(400, 100000);
  EXPECT_EQ(stages.first(), 0U);
  EXPECT_EQ(stages.end(), 400U);
  RarePrecision precision;
  precision.relative = 0.05;
  precision.least_replicates = 0;
  ASSERT_FALSE(stages.finish(played(1, 0, 400), precision));
  EXPECT_EQ(stages.first(), 400U);
  EXPECT_GE(stages.end() - stages.first(), 500U);
}

TEST(Stages, NoStageIsPlayedThatWouldSayLessThanTheLast) {
  Stages stages(400, 700);
  RarePrecision precision;
  precision.relative = 0.001;
  EXPECT_TRUE(stages.finish(played(1, 0, 400), precision));
}

/// Mean of what 600 runs report, in standard errors from the truth.
template <class Rule>
double bias(const Rule& rule) {
  Moments means;
  for (std::uint64_t seed = 0; seed < 600; ++seed) means.add(rule(seed));
  return (means.mean() - 1.0) / means.standard_error();
}

TEST(Stages, AreLessBiasedThanStoppingAtFirstSight) {
  const auto half_width = [](const Moments& x) { return 1.96 * x.standard_error() / x.mean(); };
  constexpr double wanted = 0.2;
  // The rule of before: from 100 replicates on, as soon as the interval is narrow enough.
  const double first_sight = bias([&](std::uint64_t seed) {
    for (std::uint64_t end = 100;; end += 16) {
      const RareTally tally = played(seed, 0, end);
      if (half_width(tally.loss().x()) <= wanted) return tally.loss().x().mean();
    }
  });
  const double two_stages = bias([&](std::uint64_t seed) {
    const RareTally pilot = played(seed + 100000, 0, 100);
    const std::uint64_t planned = planned_replicates(pilot, wanted);
    return played(seed, 0, planned).loss().x().mean();
  });
  EXPECT_LT(first_sight, -4.0) << "the guard can see the bias";
  EXPECT_LT(std::abs(two_stages), 4.0);
}

}  // namespace
}  // namespace sim
