#include "models/codes/lrc.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "models/codes/slots.h"
#include "tests/models/codes/stripe.h"

namespace models::codes {
namespace {

/// Patterns of each number of erasures that the rank calls recoverable, and all of them, after
/// every one was decoded on bytes.
struct Counts {
  std::vector<int> recoverable;
  std::vector<int> all;
};

Counts every_pattern(const Lrc& code) {
  const int n = code.shape().total();
  Stripe stripe(code, 16, 53);
  Counts counts{std::vector<int>(static_cast<std::size_t>(n) + 1), {}};
  counts.all = counts.recoverable;
  for (std::uint64_t bits = 0; bits < (1ULL << n); ++bits) {
    const ShardSet erased = pattern(bits);
    const bool ranked = code.recoverable(erased);
    stripe.erase(erased);
    const auto blocks = stripe.blocks();
    const bool decoded = code.decode(blocks, erased);
    if (decoded != ranked || !(ranked ? stripe.intact() : stripe.untouched_since_erase())) {
      ADD_FAILURE() << code.name() << " " << erased;
      break;
    }
    ++counts.all[erased.count()];
    counts.recoverable[erased.count()] += ranked ? 1 : 0;
  }
  return counts;
}

// Huang et al., USENIX ATC 2012, section 2.1: "86 % of all the four failure cases".
TEST(Lrc, Of6And2And2Reads180Of210FourFailurePatternsByRankAndByBytes) {
  const Counts counts = every_pattern(Lrc(6, 2, 2));
  for (std::size_t i = 0; i <= 3; ++i) EXPECT_EQ(counts.recoverable[i], counts.all[i]) << i;
  EXPECT_EQ(counts.all[4], 210);
  EXPECT_EQ(counts.recoverable[4], 180);
  for (std::size_t i = 5; i <= 10; ++i) EXPECT_EQ(counts.recoverable[i], 0) << i;
}

TEST(Lrc, Of12And2And2Reads1568Of1820FourFailurePatternsByRankAndByBytes) {
  const Counts counts = every_pattern(Lrc(12, 2, 2));
  for (std::size_t i = 0; i <= 3; ++i) EXPECT_EQ(counts.recoverable[i], counts.all[i]) << i;
  EXPECT_EQ(counts.all[4], 1820);
  EXPECT_EQ(counts.recoverable[4], 1568);
  for (std::size_t i = 5; i <= 16; ++i) EXPECT_EQ(counts.recoverable[i], 0) << i;
}

/// What any code of this layout could recover: a group heals one loss by itself, and each further
/// one takes a global parity.
bool within_the_layout(const ShardSet& erased, int data, int local, int global) {
  const auto lost = [&erased](int shard) {
    const auto place = static_cast<std::size_t>(shard);
    return erased.test(place) ? 1 : 0;
  };
  int beyond = 0;
  const int size = data / local;
  for (int g = 0; g < local; ++g) {
    int in_group = lost(data + g);
    for (int i = 0; i < size; ++i) in_group += lost(g * size + i);
    beyond += std::max(0, in_group - 1);
  }
  for (int r = 0; r < global; ++r) beyond += lost(data + local + r);
  return beyond <= global;
}

struct LrcShape {
  int data, local, global;
};

TEST(Lrc, RecoversWhatAnyCodeOfItsLayoutCanWhereItSaysSo) {
  for (const LrcShape s : {LrcShape{4, 4, 2},
                           {6, 3, 2},
                           {8, 4, 2},
                           {9, 3, 2},
                           {12, 3, 2},
                           {8, 2, 2},
                           {6, 2, 1},
                           {9, 3, 1},
                           {6, 3, 0},
                           {7, 1, 4},
                           {1, 1, 3}}) {
    const Lrc code(s.data, s.local, s.global);
    ASSERT_TRUE(code.maximally_recoverable()) << code.name();
    for (std::uint64_t bits = 0; bits < (1ULL << code.shape().total()); ++bits) {
      ASSERT_EQ(code.recoverable(pattern(bits)),
                within_the_layout(pattern(bits), s.data, s.local, s.global))
          << code.name() << " " << pattern(bits);
    }
  }
}

TEST(Lrc, TheLargestShapeOnLinesIsMaximallyRecoverableWhereDrawnAtRandom) {
  const Lrc code(17 * 12, 17, 2);  // 223 shards
  ASSERT_TRUE(code.maximally_recoverable());
  std::mt19937 engine(59);
  for (int i = 0; i < 300; ++i) {
    const ShardSet erased = random_slots(engine, code.shape().total(), 3 + i % 12);
    ASSERT_EQ(code.recoverable(erased), within_the_layout(erased, 17 * 12, 17, 2)) << erased;
  }
}

TEST(Lrc, APyramidRecoversEveryPatternOneBeyondItsGlobalParities) {
  for (const LrcShape s : {LrcShape{6, 2, 3}, {9, 3, 3}, {8, 4, 4}, {32, 2, 2}}) {
    const Lrc code(s.data, s.local, s.global);
    EXPECT_FALSE(code.maximally_recoverable());
    std::mt19937 engine(61);
    const int n = code.shape().total();
    for (int i = 0; i < 2000; ++i) {
      const ShardSet erased = random_slots(engine, n, s.global + 1);
      ASSERT_TRUE(code.recoverable(erased)) << code.name() << " " << erased;
    }
  }
}

TEST(Lrc, OneLossIsRebuiltFromItsGroupAlone) {
  const Lrc code(12, 2, 2);
  for (int target = 0; target < 14; ++target) {
    const auto plan = code.repair_plan(ShardSet{}.set(static_cast<std::size_t>(target)), target);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->reads(), 6) << target;
    const int group = target < 12 ? target / 6 : target - 12;
    EXPECT_TRUE((plan->required & ~code.group(group)).none()) << target;
  }
  EXPECT_EQ(code.repair_plan(ShardSet{}.set(15), 15)->reads(), 12);
  EXPECT_DOUBLE_EQ(mean_repair_reads(code), (14 * 6 + 2 * 12) / 16.0);
}

TEST(Lrc, ALossInAnotherGroupLeavesTheRepairLocal) {
  const Lrc code(12, 2, 2);
  const auto plan = code.repair_plan(pattern(0b1000001), 0);  // slots 0 and 6
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->reads(), 6);
}

TEST(Lrc, TwoLossesInAGroupNeedTheGlobalParities) {
  const Lrc code(12, 2, 2);
  const auto plan = code.repair_plan(pattern(0b11), 0);
  ASSERT_TRUE(plan);
  EXPECT_GT(plan->reads(), 6);
  EXPECT_TRUE((plan->required & pattern(0b11)).none());
}

TEST(Lrc, ALocalRepairIsPossibleEvenWhereTheStripeIsLost) {
  const Lrc code(6, 2, 2);
  // Group 0 is gone with its parity and a global one; group 1 misses slot 3 alone.
  const ShardSet lost = pattern(0b0101001111);
  EXPECT_FALSE(code.recoverable(lost));
  const auto plan = code.repair_plan(lost, 3);
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->reads(), 3);
}

}  // namespace
}  // namespace models::codes
