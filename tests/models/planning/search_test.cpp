// The search against trying everything, and targets that can only cost.
#include "models/planning/search.h"

#include <gtest/gtest.h>

#include "models/planning/run_plan.h"
#include "tests/models/planning/small_plan.h"

namespace models::planning {
namespace {

codes::CodeSpec copies(int count) {
  return {.kind = "replication", .parameters = {{"copies", count}}, .parts = {}};
}

// Disks that fail so often that missions decide quickly.
Plan frail_plan() {
  Plan plan = small_plan();
  plan.failures.disk = sim::Distribution::exponential(sim::years(8));
  plan.demand.sources[0].size = {0.2e12};
  plan.demand.sources[0].stock = {8e12};
  plan.years = 1;
  plan.search.codes = {copies(2), copies(3)};
  plan.search.cold_codes.clear();
  plan.search.cold_after_years.clear();
  plan.search.rebuild_rates = {{20e6}, {60e6}};
  plan.targets.durability_nines = 3;
  return plan;
}

TEST(Search, FindsTheWinnerOfPlayingEveryDesign) {
  const Plan plan = frail_plan();
  const Space space(plan);
  const SearchOptions options{.confirm = {.seed = 1, .threads = 1, .most_missions = 64}};
  std::optional<std::pair<double, std::uint64_t>> cheapest;
  for (std::uint64_t i = 0; i < space.size(); ++i) {
    const Design design = space.at(i);
    Screening figures = screen(space, design);
    const Confirmed seen = confirm(space, design, options.confirm);
    ASSERT_TRUE(seen.fault.empty()) << seen.fault;
    // All but durability is arithmetic.
    const bool meets =
        figures.failed.within(Target::durability) && seen.durability == Decision::met;
    const std::pair key(figures.net_present, i);
    if (meets && (!cheapest || key < *cheapest)) cheapest = key;
  }
  const SearchResult found = search(space, options);
  ASSERT_TRUE(cheapest);
  ASSERT_TRUE(found.winner);
  EXPECT_EQ(found.screened, space.size());
  EXPECT_EQ(found.winner->index, cheapest->second);
  EXPECT_TRUE(found.winner_decided);
}

TEST(Search, AStricterTargetIsNeverCheaper) {
  Plan plan = small_plan();
  plan.search.codes = {copies(2), copies(3), copies(4)};
  plan.search.rebuild_rates = {{10e6}, {20e6}, {60e6}};
  double before = 0;
  for (const double nines : {1.0, 3.0, 5.0, 7.0, 9.0}) {
    plan.targets.durability_nines = nines;
    const Space space(plan);
    double best = never;
    for (const Screening& one : screen_all(space, 1)) {
      if (one.failed.empty()) best = std::min(best, one.net_present);
    }
    EXPECT_GE(best, before) << nines;
    before = best;
  }
}

TEST(Search, EveryIndexIsADifferentDesign) {
  const Plan plan = frail_plan();
  const Space space(plan);
  for (std::uint64_t i = 0; i < space.size(); ++i) {
    for (std::uint64_t j = 0; j < i; ++j) EXPECT_FALSE(space.at(i) == space.at(j)) << i << j;
  }
}

TEST(Search, NamesTheBindingTargetWhereNothingWillDo) {
  Plan plan = small_plan();
  plan.targets.budget = 1;
  const PlanResults results = run_plan(plan, {.seed = 1, .threads = 1, .draws = 0});
  EXPECT_FALSE(results.search.winner);
  ASSERT_TRUE(results.search.nearest);
  EXPECT_TRUE(results.search.nearest->judged.failed.contains(Target::budget));
  EXPECT_EQ(results.search.nearest->judged.failed.count(), 1);
}

TEST(Search, ThreadsChangeNothing) {
  const Plan plan = frail_plan();
  const Space space(plan);
  const auto one = screen_all(space, 1);
  const auto four = screen_all(space, 4);
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].net_present, four[i].net_present);
    EXPECT_EQ(one[i].nines, four[i].nines);
  }
}

TEST(Survives, CountsShardsInOneRackAndSite) {
  Plan plan = small_plan();
  plan.search.codes = {copies(3)};
  plan.search.most_sites = 3;
  const Space space(plan);
  Design design;
  design.sites = 1;
  EXPECT_FALSE(survives(space, design, {"rack", 1})) << "all three may be in one rack";
  EXPECT_TRUE(survives(space, design, {"machine", 2}));
  EXPECT_FALSE(survives(space, design, {"machine", 3}));
  design.spread = Spread::rack_safe;
  EXPECT_TRUE(survives(space, design, {"rack", 1}));
  EXPECT_FALSE(survives(space, design, {"site", 1}));
  design.sites = 3;
  EXPECT_TRUE(survives(space, design, {"site", 2}));
}

TEST(Survives, HoldsForTheColdTierToo) {
  Plan plan = small_plan();
  plan.search.codes = {copies(4)};
  const Space space(plan);
  Design design;
  EXPECT_TRUE(survives(space, design, {"disk", 3}));
  design.cold = space.rules()[1];  // RS 2+1
  EXPECT_FALSE(survives(space, design, {"disk", 3}));
  EXPECT_TRUE(survives(space, design, {"disk", 1}));
}

TEST(Layout, HasMachinesForTheWiderOfTwoCodes) {
  Plan plan = small_plan();
  plan.search.cold_codes = {
      {.kind = "reed-solomon", .parameters = {{"data", 6}, {"parity", 3}}, .parts = {}}};
  const Space space(plan);
  Design design;
  EXPECT_DOUBLE_EQ(layout_of(space, design).machines_per_site, 3);
  design.cold = space.rules()[1];
  EXPECT_DOUBLE_EQ(layout_of(space, design).machines_per_site, 10);
  const Confirmed seen = confirm(space, design, {.seed = 1, .threads = 1, .most_missions = 64});
  EXPECT_EQ(seen.fault, "") << "the full model can place it";
}

}  // namespace
}  // namespace models::planning
