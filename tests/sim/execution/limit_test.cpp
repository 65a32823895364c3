#include "sim/execution/limit.h"

#include <gtest/gtest.h>

namespace sim {
namespace {

TEST(Limit, IsNoneUnlessItIsGiven) {
  Limit none;
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(none.step() || none.look());
}

TEST(Limit, LooksSeldomAndStaysOver) {
  int looks = 0;
  Limit limit([&looks] { return ++looks == 3; });
  int steps = 0;
  while (!limit.step()) ++steps;
  EXPECT_EQ(looks, 3);
  EXPECT_GT(steps, 10);
  EXPECT_LT(steps, 100);
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(limit.step() && limit.look() && limit.passed());
  EXPECT_EQ(looks, 3) << "asked again though it was over";
}

TEST(Limit, LooksAtOnceBeforeALongStep) {
  bool over = false;
  Limit limit([&over] { return over; });
  EXPECT_FALSE(limit.look());
  over = true;
  EXPECT_TRUE(limit.look());
}

}  // namespace
}  // namespace sim
