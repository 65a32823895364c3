#include "models/lifecycle/chain_drill.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "sim/quantity.h"

namespace models::lifecycle {
namespace {

using sim::hours;
using ::testing::IsEmpty;

// Two of the last rounds and one of every three stay on the array, one of every four in the cloud.
ChainDrill small() {
  return {.array = {.every = hours(1), .keep = {{hours(1), hours(2)}, {hours(3), hours(6)}}},
          .cloud = {.every = hours(1), .keep = {{hours(1), hours(1)}, {hours(4), hours(100)}}}};
}

TEST(ChainDrill, EverySnapshotGivesItsMomentBackWhateverCrashes) {
  const DrillReport report = drill_chain(small(), "snapshots", {});
  EXPECT_THAT(report.violations, IsEmpty());
  EXPECT_TRUE(report.passed());
  EXPECT_GT(report.crashes, 100U);
}

TEST(ChainDrill, FindsAMissingLink) {
  ChainPolicies policies;
  policies.move = [](const MoveFacts& facts) {
    // A snapshot goes, and what the next one rests on goes with it.
    if (!facts.source.empty() && facts.source[0] != PieceState::absent) {
      return MoveAction{MoveStep::remove_source, 0};
    }
    return next_move(facts);
  };
  EXPECT_GT(drill_chain(small(), "missing link", policies).violation_count, 0U);
}

TEST(ChainDrill, FindsThatNewestIsCopiedFirst) {
  ChainPolicies policies;
  policies.copy = [](Seconds now, std::span<const policy::CopyFact> facts,
                     policy::CopyScheduler::Actions& actions) {
    std::vector<policy::CopyFact> reversed(facts.rbegin(), facts.rend());
    policy::CopyScheduler().decide(now, reversed, actions);
  };
  EXPECT_GT(drill_chain(small(), "newest first", policies).violation_count, 0U);
}

TEST(ChainDrill, FindsARestoreInTheWrongOrder) {
  ChainPolicies policies;
  policies.restore = [](std::span<const std::uint8_t> applied) -> std::optional<std::size_t> {
    for (std::size_t i = applied.size(); i > 0; --i) {
      if (applied[i - 1] == 0) return i - 1;
    }
    return std::nullopt;
  };
  EXPECT_GT(drill_chain(small(), "wrong order", policies).violation_count, 0U);
}

TEST(ChainDrill, FindsCopiesThatAreNotReadBack) {
  ChainPolicies policies;
  policies.move = [](const MoveFacts& facts) {
    std::vector<PieceState> trusted(facts.target.begin(), facts.target.end());
    std::ranges::replace(trusted, PieceState::unverified, PieceState::verified);
    MoveFacts blind = facts;
    blind.target = trusted;
    return next_move(blind);
  };
  EXPECT_GT(drill_chain(small(), "not read back", policies).violation_count, 0U);
}

}  // namespace
}  // namespace models::lifecycle
