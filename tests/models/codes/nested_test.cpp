#include "models/codes/nested.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "models/codes/slots.h"
#include "tests/models/codes/stripe.h"

namespace models::codes {
namespace {

CodeSpec rs(int k, int m) { return {"reed-solomon", {{"data", k}, {"parity", m}}}; }
CodeSpec mirror(int copies, CodeSpec inside) {
  return {"mirror", {{"copies", copies}}, {std::move(inside)}};
}
CodeSpec nested(CodeSpec outer, CodeSpec inner) {
  return {"nested", {}, {std::move(outer), std::move(inner)}};
}

/// An array of more than `inner` losses is lost; more than `outer` lost arrays are too many.
bool counted(const Code& code, const ShardSet& erased, int outer, int inner) {
  std::vector<int> lost(static_cast<std::size_t>(code.arrays()));
  for (const std::size_t slot : slots_of(erased)) {
    ++lost[static_cast<std::size_t>(code.array_of(static_cast<int>(slot)))];
  }
  return std::ranges::count_if(lost, [&](int n) { return n > inner; }) <= outer;
}

void every_pattern(const CodeSpec& spec, int outer, int inner) {
  const auto code = make_code(spec);
  Stripe stripe(*code, 19, 67);
  for (std::uint64_t bits = 0; bits < (1ULL << code->shape().total()); ++bits) {
    const ShardSet erased = pattern(bits);
    const bool expected = counted(*code, erased, outer, inner);
    ASSERT_EQ(code->recoverable(erased), expected) << code->name() << " " << erased;
    stripe.erase(erased);
    const auto blocks = stripe.blocks();
    ASSERT_EQ(code->decode(blocks, erased), expected) << code->name() << " " << erased;
    ASSERT_TRUE(expected ? stripe.intact() : stripe.untouched_since_erase()) << erased;
  }
}

TEST(Nested, EveryPatternOfAMirrorOfTwoArraysIsRightByBytes) {
  every_pattern(mirror(2, rs(4, 2)), 1, 2);
}

TEST(Nested, EveryPatternOfReedSolomonOverReedSolomonIsRightByBytes) {
  every_pattern(nested(rs(2, 1), rs(3, 1)), 1, 1);
}

TEST(Nested, EveryPatternOfThreeArraysIsRightByBytes) { every_pattern(mirror(3, rs(2, 2)), 2, 2); }

TEST(Nested, DataComeFirstAndAMirrorStandsArrayByArray) {
  const auto arrays = [](const CodeSpec& spec) {
    const auto code = make_code(spec);
    std::vector<int> of;
    for (int slot = 0; slot < code->shape().total(); ++slot) of.push_back(code->array_of(slot));
    return of;
  };
  EXPECT_EQ(arrays(mirror(2, rs(2, 1))), (std::vector{0, 0, 0, 1, 1, 1}));
  EXPECT_EQ(arrays(nested(rs(2, 1), rs(2, 1))), (std::vector{0, 0, 1, 1, 0, 1, 2, 2, 2}));
  EXPECT_EQ(arrays(rs(2, 1)), (std::vector{0, 0, 0}));
}

TEST(Nested, RepairStaysInsideTheArrayWhileItCan) {
  const auto code = make_code(mirror(2, rs(6, 2)));
  const auto plan = code->repair_plan(pattern(0b11), 0);
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->reads(), 6);
  EXPECT_TRUE((plan->any_of & ~first_slots(8)).none());
}

TEST(Nested, ALostArrayIsCopiedBlockByBlockFromTheOther) {
  const auto code = make_code(mirror(2, rs(6, 2)));
  for (const int target : {0, 1, 7}) {
    const auto plan = code->repair_plan(pattern(0b10000011), target);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->reads(), 1);
    EXPECT_TRUE((plan->required | plan->any_of).test(static_cast<std::size_t>(target) + 8));
  }
}

TEST(Nested, WhereTheOtherArrayMissesThatBlockItIsRebuiltFromWhatItHas) {
  const auto code = make_code(mirror(2, rs(6, 2)));
  const auto plan = code->repair_plan(pattern(0b0000000100000111), 0);  // slot 8 is gone as well
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->reads(), 6);
  EXPECT_TRUE((plan->required & first_slots(8)).none());
  EXPECT_EQ(code->repair_plan(pattern(0b0000000100000111), 1)->reads(), 1);
}

TEST(Nested, WhatALostArrayStillHoldsDoesNotCount) {
  const auto code = make_code(mirror(2, rs(6, 2)));
  const ShardSet erased = pattern(0b0011100000000111);  // other places in the other array
  EXPECT_FALSE(code->recoverable(erased));
  for (const std::size_t target : slots_of(erased)) {
    EXPECT_FALSE(code->repair_plan(erased, static_cast<int>(target)));
  }
}

TEST(Nested, NamesSayWhatIsOverWhat) {
  EXPECT_EQ(make_code(mirror(2, rs(6, 2)))->name(), "2 x RS 6+2");
  EXPECT_EQ(make_code(nested(rs(2, 1), rs(6, 2)))->name(), "RS 2+1 over RS 6+2");
  EXPECT_EQ(make_code(mirror(3, mirror(2, rs(2, 1))))->name(), "3 x (2 x RS 2+1)");
}

TEST(Nested, MeanReadsAreThoseWithinTheArray) {
  EXPECT_DOUBLE_EQ(mean_repair_reads(*make_code(mirror(2, rs(6, 2)))), 6);
  EXPECT_DOUBLE_EQ(mean_repair_reads(*make_code(mirror(2, rs(6, 0)))), 1);  // RAID 0+1
}

TEST(Nested, ChecksSayWhichPartIsWrong) {
  const auto check = [](const CodeSpec& spec) { return find_code(spec.kind)->check(spec); };
  EXPECT_EQ(check(mirror(2, rs(0, 2))), "inside: data must be 1 to 255, got 0");
  EXPECT_EQ(check(mirror(1, rs(6, 2))), "copies must be 2 to 16, got 1");
  EXPECT_EQ(check(mirror(16, rs(20, 2))), "16 arrays of 22 shards are 352, must be <= 256");
  EXPECT_EQ(check(nested(rs(2, 1), {"raid-7", {}})), "inner: there is no code \"raid-7\"");
  EXPECT_EQ(check({"nested", {}, {rs(2, 1)}}), "nested needs 2 codes inside, got 1");
  EXPECT_EQ(check({"reed-solomon", {{"data", 2}, {"parity", 1}}, {rs(2, 1)}}),
            "reed-solomon needs 0 codes inside, got 1");
  const CodeSpec four = mirror(2, mirror(2, mirror(2, rs(1, 0))));
  EXPECT_EQ(check(four), "");
  EXPECT_EQ(check(mirror(2, four)), "codes within codes must be at most 4 levels deep");
}

}  // namespace
}  // namespace models::codes
