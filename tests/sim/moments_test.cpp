#include "sim/moments.h"

#include <gtest/gtest.h>

#include <type_traits>

#include "sim/random.h"

namespace sim {
namespace {

// Partial results store them as they lie.
static_assert(std::is_trivially_copyable_v<Moments>);
static_assert(std::is_trivially_copyable_v<PairedMoments>);

TEST(Moments, AgreeWithTheTwoPassSums) {
  Moments moments;
  for (const double x : {2.0, 0.0, 4.0, 10.0}) moments.add(x);
  EXPECT_EQ(moments.count(), 4U);
  EXPECT_EQ(moments.non_zero(), 3U);
  EXPECT_DOUBLE_EQ(moments.mean(), 4.0);
  EXPECT_DOUBLE_EQ(moments.variance(), 56.0 / 3.0);
  EXPECT_DOUBLE_EQ(moments.largest() / moments.sum(), 10.0 / 16.0);
}

TEST(Moments, KeepTheVarianceOfSmallDifferences) {
  Moments moments;
  for (int i = 0; i < 1000; ++i) moments.add(1e9 + i % 2);
  EXPECT_NEAR(moments.variance(), 0.25 * 1000.0 / 999.0, 1e-6);
}

TEST(Moments, MergingEqualsAddingAndNothingChangesNoBit) {
  Stream stream(31, Purpose::test);
  Moments whole;
  Moments left;
  Moments right;
  PairedMoments pair_whole;
  PairedMoments pair_left;
  PairedMoments pair_right;
  for (int i = 0; i < 1000; ++i) {
    const double x = stream.exponential();
    const double y = x + stream.normal();
    whole.add(x);
    pair_whole.add(x, y);
    (i < 300 ? left : right).add(x);
    (i < 300 ? pair_left : pair_right).add(x, y);
  }
  Moments folded;
  folded.merge(left);
  EXPECT_EQ(folded, left);
  folded.merge(Moments{});
  EXPECT_EQ(folded, left);
  folded.merge(right);
  EXPECT_NEAR(folded.mean(), whole.mean(), 1e-14);
  EXPECT_NEAR(folded.variance(), whole.variance(), 1e-12);
  PairedMoments pair_folded;
  pair_folded.merge(pair_left);
  EXPECT_EQ(pair_folded, pair_left);
  pair_folded.merge(pair_right);
  EXPECT_NEAR(pair_folded.covariance(), pair_whole.covariance(), 1e-12);
  EXPECT_NEAR(pair_whole.covariance(), pair_whole.x().variance(), 0.2);
}

}  // namespace
}  // namespace sim
