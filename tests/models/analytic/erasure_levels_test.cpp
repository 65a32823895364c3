#include "models/analytic/erasure_levels.h"

#include <gtest/gtest.h>

#include "tests/models/analytic/uneven_codes.h"

namespace models::analytic {
namespace {

TEST(ErasureLevels, AnMdsCodeEndsAfterItsParity) {
  const auto code = codes::make_code({"reed-solomon", {{"data", 128}, {"parity", 128}}});
  const auto [levels, count] = erasure_levels(*code);
  ASSERT_EQ(levels.size(), 129U);
  EXPECT_EQ(levels[127].grows, 1);
  EXPECT_EQ(levels[127].ends, 0);
  EXPECT_EQ(levels[128].ends, 1);
  EXPECT_EQ(levels[128].unreadable, 0);
  EXPECT_EQ(count, LevelCount::exact);
}

TEST(ErasureLevels, TwoPairsLoseEverySecondErasureOfThree) {
  const auto [levels, count] = erasure_levels(*make_two_pairs());
  ASSERT_EQ(levels.size(), 3U);
  EXPECT_EQ(levels[0].grows, 1);
  EXPECT_DOUBLE_EQ(levels[1].grows, 2.0 / 3);
  EXPECT_DOUBLE_EQ(levels[1].ends, 1.0 / 3);
  EXPECT_DOUBLE_EQ(levels[2].unreadable, 1.0 / 3);
  EXPECT_EQ(levels[2].ends, 1);
}

// Huang et al., USENIX ATC 2012, section 2.2: all patterns of three failures, 86 % of four.
TEST(ErasureLevels, ALocalCodeReads180Of210FourFailurePatterns) {
  const auto code =
      codes::make_code({"lrc", {{"data", 6}, {"local_parity", 2}, {"global_parity", 2}}});
  const auto [levels, count] = erasure_levels(*code);
  ASSERT_EQ(levels.size(), 5U);
  EXPECT_EQ(levels[3].unreadable, 0);
  EXPECT_DOUBLE_EQ(levels[4].unreadable, 30.0 / 210);
  EXPECT_EQ(levels[4].ends, 1);
  EXPECT_EQ(count, LevelCount::exact);
}

}  // namespace
}  // namespace models::analytic
