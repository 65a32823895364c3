#include "models/analytic/erasure_levels.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

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

/// The same code without its parts: its patterns are tried one by one.
class Opaque final : public codes::Code {
 public:
  explicit Opaque(std::unique_ptr<const codes::Code> code) : code_(std::move(code)) {}
  codes::Shape shape() const override { return code_->shape(); }
  std::string name() const override { return code_->name(); }
  int tolerance() const override { return code_->tolerance(); }
  bool recoverable(const codes::ShardSet& erased) const override {
    return code_->recoverable(erased);
  }
  std::optional<codes::RepairPlan> repair_plan(const codes::ShardSet& erased,
                                               int target) const override {
    return code_->repair_plan(erased, target);
  }
  void encode(std::span<const Block> data, std::span<const MutableBlock> parity) const override {
    code_->encode(data, parity);
  }
  bool decode(std::span<const MutableBlock> shards, const codes::ShardSet& erased) const override {
    return code_->decode(shards, erased);
  }
  bool rebuild(int target, const codes::ShardSet& reads, std::span<const Block> shards,
               MutableBlock out) const override {
    return code_->rebuild(target, reads, shards, out);
  }

 private:
  std::unique_ptr<const codes::Code> code_;
};

TEST(ErasureLevels, OfCodesOverCodesAreTheSameFromThePartsAndOneByOne) {
  const codes::CodeSpec raid{"reed-solomon", {{"data", 2}, {"parity", 1}}};
  const codes::CodeSpec wide{"reed-solomon", {{"data", 4}, {"parity", 2}}};
  const codes::CodeSpec local{"lrc", {{"data", 4}, {"local_parity", 2}, {"global_parity", 1}}};
  for (const codes::CodeSpec& spec :
       {codes::CodeSpec{"mirror", {{"copies", 2}}, {wide}},
        {"mirror", {{"copies", 2}}, {local}},
        {"nested", {}, {raid, raid}},
        {"mirror", {{"copies", 2}}, {{"nested", {}, {raid, raid}}}}}) {
    const auto composed = erasure_levels(*codes::make_code(spec));
    const auto tried = erasure_levels(Opaque(codes::make_code(spec)));
    ASSERT_EQ(composed.levels.size(), tried.levels.size()) << spec.kind;
    for (std::size_t i = 0; i < tried.levels.size(); ++i) {
      EXPECT_DOUBLE_EQ(composed.levels[i].grows, tried.levels[i].grows) << i;
      EXPECT_DOUBLE_EQ(composed.levels[i].ends, tried.levels[i].ends) << i;
      EXPECT_DOUBLE_EQ(composed.levels[i].unreadable, tried.levels[i].unreadable) << i;
    }
  }
}

TEST(ErasureLevels, AMirrorOfTwoWideRaidSetsIsCountedThoughTooLongToTry) {
  const codes::CodeSpec raid{"reed-solomon", {{"data", 10}, {"parity", 2}}};
  const auto [levels, count] =
      erasure_levels(*codes::make_code({"mirror", {{"copies", 2}}, {raid}}));
  EXPECT_EQ(count, LevelCount::exact);
  ASSERT_EQ(levels.size(), 15U);  // two of one set and all twelve of the other
  EXPECT_EQ(levels[5].unreadable, 0);
  EXPECT_DOUBLE_EQ(levels[6].unreadable, 220.0 * 220.0 / 134596.0);
}

}  // namespace
}  // namespace models::analytic
