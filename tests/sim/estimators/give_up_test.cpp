// A replicate that is given up midway leaves no trace: what was played before has the same bits.
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <variant>

#include "sim/estimators/pilot.h"
#include "sim/estimators/play_stages.h"
#include "sim/estimators/rare_estimator.h"
#include "tests/sim/estimators/oracles.h"

namespace sim::testing {
namespace {

RareOptions short_options(const Oracle& oracle) {
  RareOptions options = options_for(oracle, 4.0);
  options.effort = 16;
  return options;
}

/// Plays until the limit's `looks`-th look.
template <class M>
void expect_a_prefix(const M& model, const RareOptions& options, Method method, int looks) {
  int looked = 0;
  RareEstimator<M> limited(model, method, options, 7, Limit{[&] { return ++looked > looks; }});
  RareTally part = limited.empty_tally(options.mission);
  std::uint64_t played = 0;
  while (played < 100000 && limited.play(played, part)) ++played;
  ASSERT_LT(played, 100000U) << "the limit was not looked at";
  EXPECT_EQ(part.replicates(), played);
  RareEstimator<M> free(model, method, options, 7);
  RareTally whole = free.empty_tally(options.mission);
  for (std::uint64_t i = 0; i < played; ++i) EXPECT_TRUE(free.play(i, whole));
  EXPECT_EQ(part, whole) << looks;
}

TEST(GiveUp, WhatWasPlayedBeforeIsAPrefixWhereverItStops) {
  for (const Oracle& oracle : {shocks_within_tolerance(), urgent_rebuild_first()}) {
    const RareOptions options = short_options(oracle);
    for (const Method method : {Method::exposure, Method::compensator, Method::splitting}) {
      for (const int looks : {0, 1, 2, 3, 5, 8, 13, 50, 200, 1000}) {
        std::visit([&](const auto& model) { expect_a_prefix(model, options, method, looks); },
                   oracle.model);
      }
    }
  }
}

TEST(GiveUp, APilotWithoutTimeStillGivesAnOrderlyAnswer) {
  const Oracle oracle = shocks_within_tolerance();
  RareOptions base;
  base.mission = oracle.mission;
  PilotBudget budget;
  budget.over = [] { return true; };
  const PilotChoice choice = pilot(std::get<ToyFleet>(oracle.model), base, 1, 0.1, budget);
  EXPECT_EQ(choice.method, Method::exposure);
  EXPECT_EQ(choice.planned, least_planned);
}

using Own = RareEstimator<ToyFleet>;

/// In blocks of 16, until `most` replicates were begun.
BlocksResult<RareTally> staged(std::optional<Stages> stages, BlockPlan plan, double relative,
                               std::uint64_t most) {
  const Oracle oracle = shocks_within_tolerance();
  const auto model = std::get<ToyFleet>(oracle.model);
  const RareOptions options = options_for(oracle, 2.0);
  std::uint64_t begun = 0;
  BlockHooks<RareTally> hooks;
  hooks.out_of_time = [&] { return begun >= most; };
  RarePrecision precision;
  precision.relative = relative;
  precision.least_replicates = 0;
  return play_stages(
      plan, stages, precision, RareTally(options.mission, 1, 2),
      [&] { return std::make_unique<Own>(model, Method::exposure, options, 3); },
      [&](std::uint64_t replicate, auto& own, RareTally& tally) {
        ++begun;
        return own->play(replicate, tally);
      },
      [](const RareTally& tally) -> const RareTally& { return tally; }, hooks, {});
}

TEST(PlayStages, GoesOnWithReplicatesOfItsOwnUntilThePrecisionIsThere) {
  const BlockPlan plan{0, 0, 16, 1};
  const auto found = staged(Stages{200, 1U << 20U}, plan, 0.1, 1U << 20U);
  EXPECT_EQ(found.ended, Ended::all_played);
  EXPECT_GE(found.first, 200U) << "a figure is not published of fewer than 300 that are not zero";
  const auto same = staged({}, {found.first, found.end, 16, 1}, 0.1, 1U << 20U);
  EXPECT_EQ(found.accumulator, same.accumulator);
}

TEST(PlayStages, OfAStageThatWasCutOffAndTheOneBeforeTheLongerIsKept) {
  const BlockPlan plan{0, 0, 16, 1};
  const auto first = staged(Stages{200, 1U << 20U}, plan, 0.1, 300);
  EXPECT_EQ(first.ended, Ended::out_of_time);
  EXPECT_EQ(first.first, 0U);
  EXPECT_EQ(first.end, 200U);
  const auto second = staged(Stages{200, 1U << 20U}, plan, 0.1, 550);
  EXPECT_EQ(second.ended, Ended::out_of_time);
  EXPECT_EQ(second.first, 200U);
  EXPECT_EQ(second.end, 550U);
  EXPECT_EQ(second.accumulator, staged({}, {200, 550, 16, 1}, 0.1, 1U << 20U).accumulator);
}

}  // namespace
}  // namespace sim::testing
