#include "models/lifecycle/move_drill.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "models/codes/reed_solomon.h"
#include "models/codes/replication.h"

// Safe at every crash point: real bytes, a crash at every step, and defects that must be found.
namespace models::lifecycle {
namespace {

using codes::ReedSolomon;
using codes::Replication;
using ::testing::IsEmpty;

const Replication three(3);
const ReedSolomon rs21(2, 1);

DrillReport to_shards(const NextMove& next) {
  return drill_moves({.from = three, .to = rs21, .nodes = 3, .bytes = 257}, "to shards", next);
}

TEST(MoveDrill, ReplicasBecomeShardsWhateverCrashesOrIsWrittenWrong) {
  const DrillReport report = to_shards(next_move);
  EXPECT_THAT(report.violations, IsEmpty());
  EXPECT_TRUE(report.passed());
  EXPECT_GT(report.crashes, 200U);
  EXPECT_GT(report.bytes_compared, 1'000'000U);
}

TEST(MoveDrill, ShardsBecomeReplicasAgain) {
  const DrillReport report =
      drill_moves({.from = rs21, .to = three, .nodes = 3, .bytes = 100}, "heated", next_move);
  EXPECT_THAT(report.violations, IsEmpty());
  EXPECT_TRUE(report.passed());
}

TEST(MoveDrill, SeveralShardsOnANodeAndSingleCopiesMoveAsWell) {
  const ReedSolomon rs63(6, 3);
  EXPECT_TRUE(drill_moves({.from = three, .to = rs63, .nodes = 3, .bytes = 100}, "6+3", next_move)
                  .passed());
  const Replication one(1);
  EXPECT_TRUE(
      drill_moves({.from = one, .to = one, .nodes = 2, .bytes = 64}, "class", next_move).passed());
}

TEST(MoveDrill, ToleranceCountsNodesAndNotShards) {
  EXPECT_EQ(nodes_tolerated(three, 3), 2U);
  EXPECT_EQ(nodes_tolerated(rs21, 3), 1U);
  EXPECT_EQ(nodes_tolerated(ReedSolomon(6, 3), 3), 1U);
  EXPECT_EQ(nodes_tolerated(ReedSolomon(6, 3), 9), 3U);
}

bool all(std::span<const PieceState> states, PieceState wanted) {
  return std::ranges::all_of(states, [&](PieceState state) { return state == wanted; });
}

TEST(MoveDrill, FindsThatReplicasAreDeletedBeforeTheSwitch) {
  const DrillReport report = to_shards([](const MoveFacts& facts) {
    if (!facts.switched && all(facts.target, PieceState::verified)) {
      for (std::uint32_t piece = 0; piece < facts.source.size(); ++piece) {
        if (facts.source[piece] != PieceState::absent) {
          return MoveAction{MoveStep::remove_source, piece};
        }
      }
    }
    return next_move(facts);
  });
  EXPECT_GT(report.violation_count, 0U);
}

TEST(MoveDrill, FindsAConversionWithoutVerification) {
  const DrillReport report = to_shards([](const MoveFacts& facts) {
    std::vector<PieceState> trusted(facts.target.begin(), facts.target.end());
    std::ranges::replace(trusted, PieceState::unverified, PieceState::verified);
    MoveFacts blind = facts;
    blind.target = trusted;
    return next_move(blind);
  });
  EXPECT_GT(report.violation_count, 0U);
}

TEST(MoveDrill, FindsASwitchBeforeAllIsWritten) {
  const DrillReport report = to_shards([](const MoveFacts& facts) {
    if (!facts.switched && facts.target[0] == PieceState::verified) {
      return MoveAction{MoveStep::switch_over, 0};
    }
    return next_move(facts);
  });
  EXPECT_GT(report.violation_count, 0U);
}

TEST(MoveDrill, FindsPiecesThatAreLeftOver) {
  const DrillReport report = to_shards(
      [](const MoveFacts& facts) { return facts.switched ? MoveAction{} : next_move(facts); });
  EXPECT_GT(report.violation_count, 0U);
}

TEST(MoveDrill, FindsThatAChangedFileIsSwitchedToItsOldContent) {
  // Shards of a version that is gone are kept for ever.
  const DrillReport report = to_shards([](const MoveFacts& facts) {
    if (!facts.current) return MoveAction{};
    return next_move(facts);
  });
  EXPECT_GT(report.violation_count, 0U);
}

}  // namespace
}  // namespace models::lifecycle
