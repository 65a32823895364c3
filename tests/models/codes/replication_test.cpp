#include "models/codes/replication.h"

#include <gtest/gtest.h>

#include "tests/models/codes/stripe.h"

namespace models::codes {
namespace {

TEST(Replication, IsLostOnlyWithItsLastCopy) {
  const Replication three(3);
  for (std::uint64_t bits = 0; bits < 8; ++bits) {
    EXPECT_EQ(three.recoverable(pattern(bits)), bits != 7) << bits;
  }
}

TEST(Replication, RebuildReadsAnyOneCopy) {
  const auto plan = Replication(3).repair_plan(pattern(0b001), 0);
  ASSERT_TRUE(plan);
  EXPECT_TRUE(plan->required.none());
  EXPECT_EQ(plan->any_of, pattern(0b110));
  EXPECT_EQ(plan->any_count, 1);
  EXPECT_EQ(plan->reads(), 1);
  EXPECT_FALSE(Replication(3).repair_plan(pattern(0b111), 1));
}

}  // namespace
}  // namespace models::codes
