// What inputs in doubt do, what each target costs, and bad plans.
#include "models/planning/sensitivity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "models/planning/durability.h"
#include "models/planning/read_plan.h"
#include "models/planning/run_plan.h"
#include "tests/models/planning/small_plan.h"

namespace models::planning {
namespace {

codes::CodeSpec copies(int count) {
  return {.kind = "replication", .parameters = {{"copies", count}}, .parts = {}};
}

Plan shipped(const std::vector<std::string>& overrides = {}) {
  const auto plan = read_plan(
      std::string(HOLDFAST_SOURCE_DIR) + "/scenarios/plans/community_hospital.json", overrides);
  EXPECT_TRUE(plan) << to_string(plan.diagnostics().front());
  return plan.value();
}

TEST(Tornado, MovesOneInputAtATimeStrongestFirst) {
  const Plan plan = shipped();
  const Space space(plan);
  const Design design = space.at(space.size() - 1);
  const double stated = screen(space, design).net_present;
  const auto swings = tornado(plan, design);
  ASSERT_GE(swings.size(), 5U);
  double before = never;
  for (const Swing& swing : swings) {
    const double width = std::abs(swing.cost_high - swing.cost_low);
    EXPECT_LE(width, before) << swing.input;
    before = width;
    EXPECT_LE(std::min(swing.cost_low, swing.cost_high), stated * (1 + 1e-9)) << swing.input;
    EXPECT_GE(std::max(swing.cost_low, swing.cost_high), stated * (1 - 1e-9)) << swing.input;
  }
  const auto named = [&](std::string_view part) {
    return std::ranges::any_of(
        swings, [&](const Swing& one) { return one.input.find(part) != std::string::npos; });
  };
  for (const char* part : {"lifetime", "growth", "price_per_tb", "rebuild rate", "detection"}) {
    EXPECT_TRUE(named(part)) << part;
  }
}

TEST(CostRange, HoldsTheStatedCostAndIsTheSameForTheSameSeed) {
  const Plan plan = shipped();
  const Space space(plan);
  const Design design = space.at(space.size() - 1);
  const double stated = screen(space, design).net_present;
  const auto range = cost_range(plan, design, 100, 7);
  const auto again = cost_range(plan, design, 100, 7);
  ASSERT_TRUE(range && again);
  EXPECT_EQ(range->draws + range->refused, 100U);
  EXPECT_LT(range->net_present.low, stated);
  EXPECT_GT(range->net_present.high, stated);
  EXPECT_EQ(range->net_present.low, again->net_present.low);
  EXPECT_EQ(range->net_present.high, again->net_present.high);
}

TEST(CloudAnswer, AtTheFactorFoundBothCostTheSame) {
  const Plan plan = shipped();
  const Space space(plan);
  // One of the cheaper designs: a dear one is beaten whatever the cloud asks.
  Design design;
  double least = never;
  constexpr std::uint64_t stride = 997;
  for (std::uint64_t i = stride; i < space.size(); i += stride) {
    const double cost = screen(space, space.at(i)).net_present;
    if (cost >= least) continue;
    least = cost;
    design = space.at(i);
  }
  const auto answer = cloud_answer(plan, design);
  ASSERT_TRUE(answer);
  const auto factor_of = [&](std::string_view input) {
    const auto found = std::ranges::find(answer->inputs, input, &BreakEven::input);
    EXPECT_NE(found, answer->inputs.end()) << input;
    return found->factor;
  };
  const auto costs_the_same = [&](const Plan& moved) {
    const auto then = cloud_answer(moved, design);
    EXPECT_NEAR(then->own, then->cloud, 0.01 * then->cloud);
  };
  int turned = 0;
  if (const auto factor = factor_of("price of cloud storage")) {
    Plan moved = plan;
    for (const char* key : {"cloud_standard", "cloud_infrequent", "cloud_archive"}) {
      moved.prices.items[key].price *= *factor;
    }
    costs_the_same(moved);
    ++turned;
  }
  if (const auto factor = factor_of("all volumes")) {
    Plan moved = plan;
    for (Source& source : moved.demand.sources) {
      source.objects_per_year *= *factor;
      source.stock = source.stock * *factor;
    }
    costs_the_same(moved);
    ++turned;
  }
  EXPECT_GT(turned, 0) << "nothing turns the answer";
}

TEST(Search, TheCheapestOfAllNeverGetsCheaperByMoreGrowth) {
  // Without targets: more disks also make rebuilds faster, which may open a cheaper code.
  Plan plan = small_plan();
  plan.years = 8;
  plan.economy.disk_erosion = -0.09;
  plan.economy.discount = 0.04;
  plan.search.codes = {copies(2), copies(3)};
  double before = 0;
  for (double growth = -0.4; growth < 0.85; growth += 0.1) {
    plan.demand.sources[0].growth = {{growth, 100}};
    double best = never;
    for (const Screening& one : screen_all(Space(plan), 1)) best = std::min(best, one.net_present);
    EXPECT_GE(best, before) << growth;
    before = best;
  }
}

TEST(Search, NoStricterTargetOfAnyKindIsCheaper) {
  Plan plan = small_plan();
  plan.search.codes = {copies(2), copies(3), copies(4)};
  plan.search.most_sites = 2;
  plan.search.rebuild_rates = {{10e6}, {20e6}, {60e6}};
  plan.failures.rack_outage = scenario::Outage{sim::Distribution::exponential(sim::years(10)),
                                               sim::Distribution::exponential(sim::hours(4))};
  const auto best = [](const Plan& asked) {
    double least = never;
    for (const Screening& one : screen_all(Space(asked), 1)) {
      if (one.failed.empty()) least = std::min(least, one.net_present);
    }
    return least;
  };
  using Set = void (*)(Targets&, double);
  // From loose to strict.
  const std::vector<std::pair<Set, std::vector<double>>> kinds{
      {[](Targets& t, double v) { t.durability_nines = v; }, {1, 4, 7, 10}},
      {[](Targets& t, double v) { t.availability = v; }, {0.9, 0.999, 0.99999, 0.9999999}},
      {[](Targets& t, double v) { t.rebuild = sim::hours(v); }, {1000, 100, 20, 5}},
      {[](Targets& t, double v) { t.rto = sim::hours(v); }, {1e6, 100, 2, 0.5}},
      {[](Targets& t, double v) { t.rpo = sim::hours(v); }, {1e6, 24, 0}},
      {[](Targets& t, double v) { t.read_latency = Seconds{v}; }, {1, 0.05, 0.012, 0.0081}},
      {[](Targets& t, double v) { t.budget = v; }, {1e9, 60000, 40000, 10000}},
      {[](Targets& t, double v) { t.rack_units = v; }, {1000, 60, 30, 10}},
      {[](Targets& t, double v) { t.kilowatts = v; }, {1000, 4, 2, 0.5}},
      {[](Targets& t, double v) {
         t.survive = {{"machine", static_cast<int>(v)}};
       },
       {1, 2, 3, 4}},
  };
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    double before = 0;
    for (const double value : kinds[kind].second) {
      Plan asked = plan;
      kinds[kind].first(asked.targets, value);
      const double cost = best(asked);
      EXPECT_GE(cost, before) << "kind " << kind << ", " << value;
      before = cost;
    }
  }
}

TEST(Search, RelaxingATargetSavesWhatTheCheapestOfTheOthersCosts) {
  Plan plan = small_plan();
  plan.search.codes = {copies(2), copies(3)};
  plan.search.cold_codes.clear();
  plan.search.cold_after_years.clear();
  plan.targets.durability_nines = 0.5;
  plan.targets.survive = {{"machine", 2}};
  const PlanResults results =
      run_plan(plan, {.seed = 1, .threads = 1, .draws = 0, .most_missions = 64});
  ASSERT_TRUE(results.search.winner);
  const auto relaxed = std::ranges::find(results.search.relaxed, Target::survive, &Relaxed::target);
  ASSERT_NE(relaxed, results.search.relaxed.end());
  ASSERT_TRUE(relaxed->cheapest);
  double two = never;
  for (const Screening& one : screen_all(Space(plan), 1)) {
    if (one.failed.within(Target::survive)) two = std::min(two, one.net_present);
  }
  EXPECT_DOUBLE_EQ(relaxed->saving, results.search.winner->screened.net_present - two);
  ASSERT_FALSE(results.search.cheaper.empty());
  for (const Candidate& cheaper : results.search.cheaper) {
    EXPECT_FALSE(cheaper.judged.failed.empty()) << "a cheaper one that meets all";
  }
}

TEST(BadPlans, ARetentionBelowTheMinimumOfAClassCannotBe) {
  Plan plan = small_plan();
  plan.search.cold_codes.clear();
  plan.search.cloud_classes = {"archive"};
  plan.prices.items["cloud_archive_minimum"] = {180, "days", "test"};
  plan.demand.sources[0].retention = {{"short", 1, 1.2}};
  const Space space(plan);
  Design design;
  design.cold = space.rules()[1];
  const auto reasons = impossible(space, design, size_of(space, design));
  ASSERT_EQ(reasons.size(), 1U);
  EXPECT_THAT(reasons[0], ::testing::HasSubstr("180 days"));
  EXPECT_TRUE(screen(space, design).failed.contains(Target::feasible));
}

TEST(BadPlans, TheNearestCanBeBuiltAndMissesByLeast) {
  Plan plan = small_plan();
  plan.search.codes = {copies(2), copies(3), copies(4)};
  plan.targets.durability_nines = 60;
  const PlanResults results =
      run_plan(plan, {.seed = 1, .threads = 1, .draws = 0, .most_missions = 64});
  EXPECT_FALSE(results.search.winner);
  ASSERT_TRUE(results.search.nearest);
  EXPECT_EQ(results.search.nearest->judged.failed.count(), 1);
  double most = 0;
  for (const Screening& one : screen_all(Space(plan), 1)) {
    if (!one.failed.contains(Target::feasible)) most = std::max(most, one.nines);
  }
  EXPECT_DOUBLE_EQ(results.search.nearest->judged.nines, most)
      << "not the cheapest with two copies";
}

TEST(Migration, AtMostOneShardShortAllTheTimeByHand) {
  // Two copies, one away: the other must not fail for two days. 1/50 a year.
  const Plan plan = small_plan();
  const Space space(plan);
  const Design design;
  const auto sizes = size_of(space, design);
  const double groups = std::min({mean_object(plan) / stripe_bytes, sizes[0].disks * 50,
                                  sizes[0].disks * (sizes[0].disks - 1) / 2});
  EXPECT_NEAR(migration_loss(space, design, sizes[0], sim::days(2)),
              std::min(1.0, 2 / 365.25 / 50 * groups), 1e-12);
  EXPECT_EQ(migration_loss(space, design, sizes[0], Seconds{0}), 0);
}

TEST(Demand, TotalsOfAHospitalByHand) {
  // 80 TB now, 30 TB a year, 40 % more for five years, then 10 %; nothing expires.
  Plan plan = small_plan();
  plan.years = 7;
  Source& source = plan.demand.sources[0];
  source.lossless_ratio = 1;
  source.objects_per_year = 30;
  source.size = {1e12};
  source.stock = {80e12};
  source.growth = {{0.4, 5}, {0.1, 100}};
  source.retention = {{"kept", 1, 50}};
  const auto years = demand_of(plan);
  const double in[] = {30, 42, 58.8, 82.32, 115.248, 161.3472, 177.48192};
  double stored = 80;
  for (std::size_t i = 0; i < years.size(); ++i) {
    stored += in[i];
    EXPECT_NEAR(years[i].ingested / terabyte, in[i], 1e-9) << i;
    EXPECT_NEAR(years[i].stored() / terabyte, stored, 1e-9) << i;
    EXPECT_NEAR((years[i].hot_effective + years[i].cold_effective) / terabyte, stored, 1e-9);
  }
}

TEST(FileTier, TakesTheCheapestDiskThatIsFastEnoughAndAsManyAsItsRateAsks) {
  Plan plan = small_plan();
  plan.catalogue.disks.push_back({.name = "flash",
                                  .flash = true,
                                  .capacity = {10e12},
                                  .read = {2e9},
                                  .write = {1e9},
                                  .iops = 1e5,
                                  .latency = {0.0002},
                                  .price_per_tb = 80,
                                  .watts = 10});
  plan.file_tier = {.capacity = {50e12}, .bandwidth = {36e9}, .latency = {0.001}};
  const Space space(plan);
  ASSERT_TRUE(space.file_disk());
  EXPECT_EQ(*space.file_disk(), 1U);
  const auto sizes = size_of(space, Design{});
  // 36 GB/s at 0.9 x 2 GB/s: 20 disks; by bytes 50 TB twice on 10 TB: 10. Machines: 36 / 0.9 = 40.
  EXPECT_DOUBLE_EQ(sizes[0].file_disks, 20);
  EXPECT_DOUBLE_EQ(sizes[0].file_machines, 40);
}

TEST(Lines, AreTheSlowestThatCarryTheNeedOrSeveralOfTheFastest) {
  Plan plan = small_plan();
  plan.search.copy_classes = {"archive"};
  plan.targets.rto = sim::hours(100);
  const Space space(plan);
  Design design;
  design.copy = 0;
  const auto sizes = size_of(space, design);
  // All of 180 TB hot in 100 h is 500 MB/s; one line carries 0.9 x 125 MB/s: five.
  EXPECT_NEAR(sizes[0].line_need.value, 180e12 / 360000, 1);
  EXPECT_DOUBLE_EQ(sizes[0].lines, 5);
}

}  // namespace
}  // namespace models::planning
