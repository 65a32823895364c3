// What every line of the table of codes owes, whatever its kind.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <random>
#include <set>

#include "models/codes/code.h"
#include "models/codes/slots.h"
#include "tests/models/codes/stripe.h"

namespace models::codes {
namespace {

struct Case {
  CodeSpec spec;
  Shape shape;
  std::string name;
  int tolerance;
  double overhead;
};

CodeSpec copies(int n) { return {"replication", {{"copies", n}}}; }
CodeSpec rs(int k, int m) { return {"reed-solomon", {{"data", k}, {"parity", m}}}; }
CodeSpec lrc(int k, int l, int r) {
  return {"lrc", {{"data", k}, {"local_parity", l}, {"global_parity", r}}};
}
CodeSpec mirror(int n, CodeSpec inside) { return {"mirror", {{"copies", n}}, {std::move(inside)}}; }
CodeSpec nested(CodeSpec outer, CodeSpec inner) {
  return {"nested", {}, {std::move(outer), std::move(inner)}};
}

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {copies(1), {1, 0}, "1 replica", 0, 1.0},
      {copies(2), {1, 1}, "2 replicas", 1, 2.0},
      {copies(3), {1, 2}, "3 replicas", 2, 3.0},
      {copies(16), {1, 15}, "16 replicas", 15, 16.0},
      {rs(1, 0), {1, 0}, "RS 1+0", 0, 1.0},
      {rs(1, 3), {1, 3}, "RS 1+3", 3, 4.0},
      {rs(4, 0), {4, 0}, "RS 4+0", 0, 1.0},
      {rs(2, 1), {2, 1}, "RS 2+1", 1, 1.5},
      {rs(6, 3), {6, 3}, "RS 6+3", 3, 1.5},
      {rs(17, 3), {17, 3}, "RS 17+3", 3, 20.0 / 17.0},
      {rs(40, 24), {40, 24}, "RS 40+24", 24, 1.6},
      {lrc(6, 2, 2), {6, 4}, "LRC(6,2,2)", 3, 10.0 / 6},
      {lrc(12, 2, 2), {12, 4}, "LRC(12,2,2)", 3, 4.0 / 3},
      {lrc(1, 1, 0), {1, 1}, "LRC(1,1,0)", 1, 2},
      {lrc(4, 2, 0), {4, 2}, "LRC(4,2,0)", 1, 1.5},
      {lrc(4, 4, 1), {4, 5}, "LRC(4,4,1)", 2, 2.25},
      {lrc(6, 3, 4), {6, 7}, "LRC(6,3,4)", 5, 13.0 / 6},
      {lrc(32, 2, 2), {32, 4}, "LRC(32,2,2)", 3, 1.125},
      {mirror(2, rs(6, 2)), {6, 10}, "2 x RS 6+2", 5, 16.0 / 6},
      {mirror(3, rs(2, 1)), {2, 7}, "3 x RS 2+1", 5, 4.5},
      {mirror(2, mirror(2, rs(1, 1))), {1, 7}, "2 x (2 x RS 1+1)", 7, 8},
      {nested(rs(2, 1), rs(2, 1)), {4, 5}, "RS 2+1 over RS 2+1", 3, 2.25},
      {nested(rs(2, 0), rs(2, 1)), {4, 2}, "RS 2+0 over RS 2+1", 1, 1.5},
      {nested(copies(2), lrc(2, 2, 1)), {2, 8}, "2 replicas over LRC(2,2,1)", 5, 5},
      {nested(lrc(2, 2, 1), copies(2)), {2, 8}, "LRC(2,2,1) over 2 replicas", 5, 5},
  };
  return all;
}

class EveryCode : public testing::TestWithParam<Case> {
 protected:
  std::unique_ptr<const Code> code_ = make_code(GetParam().spec);
  int n_ = code_->shape().total();

  // All patterns of a short code, else random ones of every size.
  std::vector<ShardSet> patterns() const {
    std::vector<ShardSet> sets;
    if (n_ <= 10) {
      for (std::uint64_t bits = 0; bits < (1ULL << n_); ++bits) sets.push_back(pattern(bits));
      return sets;
    }
    std::mt19937 engine(7);
    for (int count = 0; count <= n_; ++count) {
      for (int i = 0; i < 10; ++i) sets.push_back(random_slots(engine, n_, count));
    }
    return sets;
  }
};

TEST_P(EveryCode, ShapeNameToleranceAndOverheadAreAsStated) {
  EXPECT_EQ(code_->shape(), GetParam().shape);
  EXPECT_EQ(code_->name(), GetParam().name);
  EXPECT_EQ(code_->tolerance(), GetParam().tolerance);
  EXPECT_DOUBLE_EQ(code_->overhead(), GetParam().overhead);
}

TEST_P(EveryCode, DecodeGivesBackTheBytesOrWritesNothing) {
  for (const std::size_t size : {1U, 67U, 512U}) {
    Stripe stripe(*code_, size, 11, size % 5);
    for (const ShardSet& erased : patterns()) {
      stripe.erase(erased);
      const auto blocks = stripe.blocks();
      const bool done = code_->decode(blocks, erased);
      ASSERT_EQ(done, code_->recoverable(erased)) << erased;
      ASSERT_TRUE(done ? stripe.intact() : stripe.untouched_since_erase()) << erased;
    }
  }
}

TEST_P(EveryCode, EveryPatternWithinTheToleranceIsRecoverableAndSomeBeyondIsNot) {
  bool refused = false;
  for (const ShardSet& erased : patterns()) {
    const bool within = static_cast<int>(erased.count()) <= code_->tolerance();
    if (within) {
      EXPECT_TRUE(code_->recoverable(erased)) << erased;
    }
    refused |=
        static_cast<int>(erased.count()) == code_->tolerance() + 1 && !code_->recoverable(erased);
  }
  EXPECT_TRUE(refused);
}

TEST_P(EveryCode, DepthGrowsStepByStepAndALossIsBeyondTheTolerance) {
  EXPECT_EQ(code_->depth({}), 0);
  for (const ShardSet& erased : patterns()) {
    const int depth = code_->depth(erased);
    EXPECT_LE(depth, static_cast<int>(erased.count())) << erased;
    if (!code_->recoverable(erased)) {
      EXPECT_GT(depth, code_->tolerance()) << erased;
    }
    for (const std::size_t slot : slots_of(erased)) {
      ShardSet before = erased;
      before.reset(slot);
      EXPECT_LE(code_->depth(before), depth) << erased;
      EXPECT_GE(code_->depth(before), depth - 1) << erased;
    }
  }
}

TEST_P(EveryCode, WhatIsSpentNoLongerMatters) {
  std::mt19937 engine(3);
  for (const ShardSet& erased : patterns()) {
    const ShardSet spent = code_->spent(erased);
    if ((spent & ~erased).none()) continue;
    for (int i = 0; i < 5; ++i) {
      const ShardSet more = erased | random_slots(engine, n_, i);
      EXPECT_EQ(code_->recoverable(more), code_->recoverable(more | spent)) << erased;
      EXPECT_EQ(code_->depth(more), code_->depth(more | spent)) << erased;
    }
  }
}

// The choice of reads a plan leaves open, taken at random.
ShardSet choose_reads(const RepairPlan& plan, std::mt19937& engine) {
  ShardSet reads = plan.required;
  auto open = slots_of(plan.any_of);
  std::ranges::shuffle(open, engine);
  for (int i = 0; i < plan.any_count; ++i) reads.set(open[static_cast<std::size_t>(i)]);
  return reads;
}

TEST_P(EveryCode, EveryRepairPlanRebuildsItsTargetFromAnyChoiceOfReads) {
  std::mt19937 engine(13);
  const Stripe stripe(*code_, 67, 17, 1);
  std::vector<std::byte> out(stripe.size());
  for (const ShardSet& erased : patterns()) {
    for (const std::size_t target : slots_of(erased)) {
      const auto plan = code_->repair_plan(erased, static_cast<int>(target));
      if (code_->recoverable(erased)) {
        ASSERT_TRUE(plan) << erased;
      }
      if (!plan) continue;
      ASSERT_TRUE((plan->required & plan->any_of).none());
      ASSERT_TRUE(((plan->required | plan->any_of) & erased).none());
      ASSERT_LE(plan->any_count, static_cast<int>(plan->any_of.count()));
      const ShardSet reads = choose_reads(*plan, engine);
      ASSERT_EQ(static_cast<int>(reads.count()), plan->reads());
      ASSERT_TRUE(code_->rebuild(static_cast<int>(target), reads, stripe.views(reads), out));
      ASSERT_TRUE(stripe.matches(target, out)) << erased << " " << target;
    }
  }
}

TEST_P(EveryCode, RebuildFromTooFewReadsIsRefusedAndWritesNothing) {
  const Stripe stripe(*code_, 67, 19);
  const std::vector<std::byte> before(stripe.size(), std::byte{0x5a});
  for (int target = 0; target < n_; ++target) {
    ShardSet erased;
    erased.set(static_cast<std::size_t>(target));
    const auto plan = code_->repair_plan(erased, target);
    if (!plan) continue;
    std::mt19937 engine(23);
    ShardSet reads = choose_reads(*plan, engine);
    reads.reset(slots_of(reads).front());
    auto out = before;
    EXPECT_FALSE(code_->rebuild(target, reads, stripe.views(reads), out)) << target;
    EXPECT_EQ(out, before);
  }
}

std::string test_name(const testing::TestParamInfo<Case>& info) {
  std::string name = info.param.name;
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Codes, EveryCode, testing::ValuesIn(cases()), test_name);

TEST(AllCodes, HasOneLinePerNameAndACaseForEachLine) {
  std::set<std::string_view> names;
  for (const CodeKind& kind : all_codes()) {
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    EXPECT_EQ(find_code(kind.name), &kind);
    EXPECT_FALSE(kind.meaning.empty());
    EXPECT_TRUE(
        std::ranges::any_of(cases(), [&](const Case& c) { return c.spec.kind == kind.name; }))
        << "no case of the contract test for " << kind.name;
    for (const CodeParameter& p : kind.parameters) {
      EXPECT_LE(p.low, p.high);
      EXPECT_FALSE(p.meaning.empty());
    }
  }
  EXPECT_EQ(find_code("raid-7"), nullptr);
}

TEST(AllCodes, ChecksSayWhatIsWrong) {
  const auto check = [](const CodeSpec& spec) { return find_code(spec.kind)->check(spec); };
  for (const Case& c : cases()) EXPECT_EQ(check(c.spec), "");
  EXPECT_EQ(check(rs(200, 56)), "");
  EXPECT_EQ(check(rs(200, 57)), "data + parity must be <= 256, got 257");
  EXPECT_EQ(check(rs(0, 3)), "data must be 1 to 255, got 0");
  EXPECT_EQ(check(rs(6, -1)), "parity must be 0 to 255, got -1");
  EXPECT_EQ(check(rs(2147483647, 255)), "data must be 1 to 255, got 2147483647");
  EXPECT_EQ(check(copies(0)), "copies must be 1 to 16, got 0");
  EXPECT_EQ(check(copies(17)), "copies must be 1 to 16, got 17");
  EXPECT_EQ(check(lrc(12, 5, 2)),
            "data must be a multiple of local_parity (groups of one size), got 12 and 5");
  EXPECT_EQ(check(lrc(250, 5, 2)), "data + local_parity + global_parity must be <= 256, got 257");
  EXPECT_EQ(check({"replication", {}}), "replication needs \"copies\"");
  EXPECT_EQ(check({"reed-solomon", {{"data", 6}}}), "reed-solomon needs \"parity\"");
  EXPECT_EQ(check({"replication", {{"copies", 3}, {"parity", 1}}}),
            "replication has no parameter \"parity\"");
}

}  // namespace
}  // namespace models::codes
