#include "sim/execution/blocks.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <map>
#include <mutex>
#include <new>
#include <set>
#include <thread>

#include "sim/moments.h"
#include "sim/random.h"

namespace sim {
namespace {

constexpr auto no_workspace = [] { return 0; };

void play_lognormal(std::uint64_t replicate, int&, Moments& moments) {
  Stream stream(1, Purpose::test, {replicate, 0, 0, 0});
  // Uneven lengths, so that blocks finish out of order.
  double x = 0.0;
  for (std::uint64_t i = 0; i < 1 + replicate % 97 * 20; ++i) x = stream.normal();
  moments.add(std::exp(2.0 * x));
}

BlocksResult<Moments> run_with(int threads, const BlockHooks<Moments>& hooks = {}) {
  return run_blocks(BlockPlan{0, 5000, 32, threads}, Moments{}, no_workspace, play_lognormal,
                    hooks);
}

TEST(Blocks, GiveTheSameBitsForAnyNumberOfThreads) {
  const auto one = run_with(1);
  EXPECT_EQ(one.replicates(), 5000U);
  EXPECT_EQ(one.blocks, 157U);
  for (const int threads : {2, 7}) {
    const auto many = run_with(threads);
    EXPECT_EQ(many.accumulator, one.accumulator) << threads;
    EXPECT_EQ(many.ended, Ended::all_played);
  }
}

TEST(Blocks, StopAtTheSameBlockForAnyNumberOfThreads) {
  BlockHooks<Moments> hooks;
  hooks.satisfied = [](const Moments& fold, std::uint64_t replicates) {
    EXPECT_EQ(fold.count(), replicates);
    return fold.standard_error() < 0.16 * fold.mean();
  };
  const auto one = run_with(1, hooks);
  EXPECT_EQ(one.ended, Ended::satisfied);
  EXPECT_LT(one.replicates(), 5000U);
  EXPECT_EQ(one.replicates() % 32, 0U);
  for (const int threads : {2, 7}) {
    const auto many = run_with(threads, hooks);
    EXPECT_EQ(many.accumulator, one.accumulator) << threads;
    EXPECT_EQ(many.replicates(), one.replicates());
  }
}

TEST(Blocks, ThePartsOfARunMergeToTheWhole) {
  Moments merged;
  std::uint64_t next = 0;
  BlockHooks<Moments> hooks;
  hooks.folded = [&](const Moments& block, std::uint64_t first) {
    EXPECT_EQ(first, next);
    next = first + block.count();
    merged.merge(block);
  };
  run_blocks(BlockPlan{0, 1024, 32, 3}, Moments{}, no_workspace, play_lognormal, hooks);
  run_blocks(BlockPlan{1024, 5000, 32, 2}, Moments{}, no_workspace, play_lognormal, hooks);
  EXPECT_EQ(merged, run_with(1).accumulator);
}

TEST(Blocks, ThatAreKnownAreNotPlayedAgainAndChangeNoBit) {
  std::map<std::pair<std::uint64_t, std::uint64_t>, Moments> kept;
  std::mutex mutex;
  BlockHooks<Moments> keep;
  keep.played = [&](const Moments& block, std::uint64_t first, std::uint64_t end) {
    const std::scoped_lock lock(mutex);
    kept[{first, end}] = block;
  };
  const auto whole = run_with(3, keep);
  ASSERT_EQ(kept.size(), whole.blocks);
  for (const auto& [range, block] : kept) EXPECT_EQ(block.count(), range.second - range.first);

  std::atomic<std::uint64_t> played{0};
  BlockHooks<Moments> hooks;
  hooks.known = [&](std::uint64_t first, std::uint64_t end) -> std::optional<Moments> {
    if (first % 3 == 0) return std::nullopt;
    return kept.at({first, end});
  };
  hooks.played = [&](const Moments&, std::uint64_t, std::uint64_t) { ++played; };
  const auto resumed = run_with(2, hooks);
  EXPECT_EQ(resumed.accumulator, whole.accumulator);
  EXPECT_EQ(resumed.blocks, whole.blocks);
  EXPECT_LT(played, whole.blocks);
  EXPECT_GT(played, 0U);
}

TEST(Blocks, ABlockThatWasCutShortIsNotKept) {
  std::stop_source source;
  BlockHooks<Moments> hooks;
  hooks.stop = source.get_token();
  std::uint64_t kept = 0;
  hooks.played = [&](const Moments& block, std::uint64_t first, std::uint64_t end) {
    EXPECT_EQ(block.count(), end - first);
    kept += end - first;
  };
  const auto cut = run_blocks(
      BlockPlan{0, 5000, 32, 1}, Moments{}, no_workspace,
      [&source](std::uint64_t replicate, int&, Moments& moments) {
        if (replicate == 100) source.request_stop();
        moments.add(1.0);
      },
      hooks);
  EXPECT_EQ(cut.replicates(), 101U);
  EXPECT_EQ(kept, 96U);
}

TEST(Blocks, ACancelledRunIsAPrefixOfTheWhole) {
  for (const int threads : {1, 2, 7}) {
    std::stop_source source;
    std::atomic<int> played{0};
    BlockHooks<Moments> hooks;
    hooks.stop = source.get_token();
    const auto part = run_blocks(
        BlockPlan{0, 5000, 32, threads}, Moments{}, no_workspace,
        [&](std::uint64_t replicate, int& workspace, Moments& moments) {
          if (++played == 1500) source.request_stop();
          play_lognormal(replicate, workspace, moments);
        },
        hooks);
    EXPECT_EQ(part.ended, Ended::cancelled);
    EXPECT_LT(part.replicates(), 5000U);
    const auto again =
        run_blocks(BlockPlan{0, part.end, 32, 1}, Moments{}, no_workspace, play_lognormal);
    EXPECT_EQ(part.accumulator, again.accumulator) << threads;
  }
}

TEST(Blocks, ARunOutOfTimeKeepsTheReplicatesPlayed) {
  for (const int threads : {1, 2, 7}) {
    std::atomic<int> asked{0};
    BlockHooks<Moments> hooks;
    hooks.out_of_time = [&] { return ++asked > 1000; };
    const auto part = run_with(threads, hooks);
    EXPECT_EQ(part.ended, Ended::out_of_time);
    EXPECT_EQ(part.accumulator.count(), part.replicates());
    EXPECT_GT(part.replicates(), 0U);
    EXPECT_LE(part.replicates(), 1000U);
    const auto again =
        run_blocks(BlockPlan{0, part.end, 32, 1}, Moments{}, no_workspace, play_lognormal);
    EXPECT_EQ(part.accumulator, again.accumulator) << threads;
  }
}

TEST(Blocks, OneThreadOutOfTimeEndsWithinABlock) {
  int asked = 0;
  BlockHooks<Moments> hooks;
  hooks.out_of_time = [&] { return ++asked > 1000; };
  const auto part = run_with(1, hooks);
  EXPECT_NE(part.replicates() % 32, 0U);
  EXPECT_EQ(part.blocks, part.replicates() / 32 + 1);
}

TEST(Blocks, AReplicateGivenUpMidwayEndsTheRunBeforeIt) {
  for (const int threads : {1, 2, 7}) {
    const auto part = run_blocks(BlockPlan{0, 5000, 32, threads}, Moments{}, no_workspace,
                                 [](std::uint64_t replicate, int& workspace, Moments& moments) {
                                   if (replicate == 1234) return false;
                                   play_lognormal(replicate, workspace, moments);
                                   return true;
                                 });
    EXPECT_EQ(part.ended, Ended::out_of_time);
    EXPECT_EQ(part.end, 1234U);
    EXPECT_EQ(part.accumulator.count(), 1234U);
    const auto again =
        run_blocks(BlockPlan{0, 1234, 32, 1}, Moments{}, no_workspace, play_lognormal);
    EXPECT_EQ(part.accumulator, again.accumulator) << threads;
  }
}

TEST(Blocks, TheFirstReplicateGivenUpLeavesNothing) {
  const auto none = run_blocks(BlockPlan{0, 5000, 32, 2}, Moments{}, no_workspace,
                               [](std::uint64_t, int&, Moments&) { return false; });
  EXPECT_EQ(none.replicates(), 0U);
  EXPECT_EQ(none.blocks, 0U);
  EXPECT_EQ(none.accumulator, Moments{});
}

TEST(Blocks, AnExceptionInAThreadComesOutOfTheCall) {
  for (const int threads : {1, 2, 7}) {
    EXPECT_THROW(run_blocks(BlockPlan{0, 5000, 32, threads}, Moments{}, no_workspace,
                            [](std::uint64_t replicate, int&, Moments&) {
                              if (replicate == 700) throw std::bad_alloc();
                            }),
                 std::bad_alloc);
    EXPECT_THROW(run_blocks(
                     BlockPlan{0, 5000, 32, threads}, Moments{},
                     []() -> int { throw std::bad_alloc(); }, play_lognormal),
                 std::bad_alloc);
  }
}

TEST(Blocks, ProgressComesFromTheCallingThreadAndGrows) {
  const auto caller = std::this_thread::get_id();
  std::uint64_t last = 0;
  BlockHooks<Moments> hooks;
  hooks.progress = [&](const Moments& fold, std::uint64_t replicates) {
    EXPECT_EQ(std::this_thread::get_id(), caller);
    EXPECT_GE(replicates, last);
    EXPECT_EQ(fold.count(), replicates);
    last = replicates;
  };
  run_with(2, hooks);
  EXPECT_EQ(last, 5000U);
}

TEST(Blocks, OneSlowBlockDoesNotLetTheOthersPileUp) {
  std::mutex mutex;
  std::set<std::uint64_t> seen;
  std::uint64_t ahead = 0;
  const auto result = run_blocks(BlockPlan{0, 4000, 4, 2}, Moments{}, no_workspace,
                                 [&](std::uint64_t replicate, int&, Moments& moments) {
                                   if (replicate == 0) {
                                     std::this_thread::sleep_for(std::chrono::milliseconds(200));
                                     const std::scoped_lock lock(mutex);
                                     ahead = seen.empty() ? 0 : *seen.rbegin();
                                   } else {
                                     const std::scoped_lock lock(mutex);
                                     seen.insert(replicate);
                                   }
                                   moments.add(1.0);
                                 });
  EXPECT_EQ(result.replicates(), 4000U);
  EXPECT_LT(ahead, 4U * 32U);
}

TEST(Blocks, NothingToPlayIsAnEmptyResult) {
  const auto result = run_blocks(BlockPlan{10, 10, 32, 2}, Moments{}, no_workspace, play_lognormal);
  EXPECT_EQ(result.replicates(), 0U);
  EXPECT_EQ(result.accumulator, Moments{});
}

}  // namespace
}  // namespace sim
