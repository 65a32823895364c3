#include "models/codes/reed_solomon.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

#include "models/codes/slots.h"
#include "tests/models/codes/stripe.h"

namespace models::codes {
namespace {

// Counting, rank and real bytes have to give one answer.
testing::AssertionResult agrees(const ReedSolomon& code, Stripe& stripe, const ShardSet& erased) {
  const bool counted = code.recoverable(erased);
  const ShardSet left = first_slots(code.shape().total()) & ~erased;
  if ((code.rank_of(left) == code.shape().data) != counted) {
    return testing::AssertionFailure() << "rank differs from the count";
  }
  if (code.LinearCode::recoverable(erased) != counted) {
    return testing::AssertionFailure() << "the base's recoverable differs";
  }
  stripe.erase(erased);
  const auto blocks = stripe.blocks();
  if (code.decode(blocks, erased) != counted) {
    return testing::AssertionFailure() << "decode differs from recoverable";
  }
  if (counted ? !stripe.intact() : !stripe.untouched_since_erase()) {
    return testing::AssertionFailure() << "wrong bytes";
  }
  return testing::AssertionSuccess();
}

void every_pattern(int data, int parity) {
  const ReedSolomon code(data, parity);
  Stripe stripe(code, 21, 31);
  int recoverable = 0;
  for (std::uint64_t bits = 0; bits < (1ULL << (data + parity)); ++bits) {
    ASSERT_TRUE(agrees(code, stripe, pattern(bits))) << code.name() << " " << pattern(bits);
    recoverable += code.recoverable(pattern(bits)) ? 1 : 0;
  }
  int expected = 0;  // sum of binomials up to `parity`
  int choose = 1;
  for (int i = 0; i <= parity; ++i) {
    expected += choose;
    choose = choose * (data + parity - i) / (i + 1);
  }
  EXPECT_EQ(recoverable, expected);
}

TEST(ReedSolomon, EveryPatternOf6And3IsRecoverableWhenDecodeGivesBackTheBytes) {
  every_pattern(6, 3);
}

TEST(ReedSolomon, EveryPatternOf10And4IsRecoverableWhenDecodeGivesBackTheBytes) {
  every_pattern(10, 4);
}

TEST(ReedSolomon, EveryPatternOfFiveAndMoreParitiesIsRight) {
  // From five parities on, Vandermonde-style generators are singular for some patterns.
  every_pattern(6, 6);
  every_pattern(4, 7);
}

TEST(ReedSolomon, TheLargestCodesGiveBackTheBytesAtTheirLimit) {
  std::mt19937 engine(37);
  for (const auto& [data, parity] :
       {std::pair{128, 128}, {255, 1}, {1, 255}, {200, 56}, {56, 200}, {255, 0}}) {
    const ReedSolomon code(data, parity);
    Stripe stripe(code, 97, 41, 3);
    for (int i = 0; i < 6; ++i) {
      const auto lost = random_slots(engine, data + parity, parity);
      ASSERT_TRUE(agrees(code, stripe, lost)) << code.name() << " " << lost;
      const auto more = random_slots(engine, data + parity, parity + 1);
      ASSERT_TRUE(agrees(code, stripe, more)) << code.name() << " " << more;
    }
    // All parity; and as much of the data as there is parity for.
    const ShardSet tail = first_slots(data + parity) & ~first_slots(data);
    ASSERT_TRUE(agrees(code, stripe, tail)) << code.name();
    ASSERT_TRUE(agrees(code, stripe, first_slots(std::min(data, parity)))) << code.name();
  }
}

TEST(ReedSolomon, RebuildReadsAnyDataManyOfTheSurvivors) {
  const ReedSolomon code(6, 3);
  const auto plan = code.repair_plan(pattern(0b100000001), 8);
  ASSERT_TRUE(plan);
  EXPECT_TRUE(plan->required.none());
  EXPECT_EQ(plan->any_of, pattern(0b011111110));
  EXPECT_EQ(plan->any_count, 6);
  EXPECT_FALSE(code.repair_plan(pattern(0b1111), 0));
}

TEST(ReedSolomon, EveryChoiceOfReadsRebuildsEveryShardOf6And3) {
  const ReedSolomon code(6, 3);
  const Stripe stripe(code, 33, 43);
  std::vector<std::byte> out(stripe.size());
  for (std::uint64_t bits = 0; bits < 512; ++bits) {
    const ShardSet reads = pattern(bits);
    for (int target = 0; target < 9; ++target) {
      if (reads.test(static_cast<std::size_t>(target))) continue;
      const bool done = code.rebuild(target, reads, stripe.views(reads), out);
      ASSERT_EQ(done, reads.count() >= 6) << reads << " " << target;
      if (done) {
        ASSERT_TRUE(stripe.matches(static_cast<std::size_t>(target), out));
      }
    }
  }
}

TEST(LinearCode, PlansAndRebuildsByTheGeneratorAlone) {
  const ReedSolomon code(6, 3);
  const Stripe stripe(code, 33, 47);
  std::vector<std::byte> out(stripe.size());
  const ShardSet erased = pattern(0b010000101);
  for (const std::size_t target : slots_of(erased)) {
    const auto plan = code.LinearCode::repair_plan(erased, static_cast<int>(target));
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->reads(), 6);
    EXPECT_TRUE((plan->required & erased).none());
    ASSERT_TRUE(
        code.rebuild(static_cast<int>(target), plan->required, stripe.views(plan->required), out));
    EXPECT_TRUE(stripe.matches(target, out));
  }
  EXPECT_FALSE(code.LinearCode::repair_plan(pattern(0b1111), 0));
}

RC_GTEST_PROP(ReedSolomon, AnyShapeSizeAlignmentAndPatternAgree, ()) {
  const int data = *rc::gen::inRange(1, 256);
  const int parity = *rc::gen::inRange(0, 257 - data);
  const int lost = *rc::gen::inRange(0, data + parity + 1);
  const auto size = *rc::gen::inRange<std::size_t>(1, 700);
  const auto skew = *rc::gen::inRange<std::size_t>(0, 64);
  const auto seed = *rc::gen::arbitrary<std::uint32_t>();
  const ReedSolomon code(data, std::min(parity, 255));
  std::mt19937 engine(seed);
  Stripe stripe(code, size, seed, skew);
  const int n = code.shape().total();
  const auto anything = agrees(code, stripe, random_slots(engine, n, std::min(lost, n)));
  const auto limit = agrees(code, stripe, random_slots(engine, n, code.shape().parity));
  RC_LOG() << anything.message() << " " << limit.message();
  RC_ASSERT(anything);
  RC_ASSERT(limit);
}

}  // namespace
}  // namespace models::codes
