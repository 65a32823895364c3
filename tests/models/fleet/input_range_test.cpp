#include "models/fleet/input_range.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "models/fleet/run.h"
#include "models/input/draw_inputs.h"
#include "models/input/read_scenario.h"

namespace models::fleet {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Three copies whose disks alone fail, and which are whole again after an hour.
constexpr const char* three_copies = R"({
  "version": 1, "name": "three copies", "mission": "1 year",
  "data": {"logical": "100 TB", "objects": 1e6, "stripe": "4 MB"},
  "hardware": {
    "racks_per_site": 12, "machines_per_rack": 2, "disks_per_machine": 4, "source": "test",
    "disk": {"model": "X", "capacity": "16 TB", "read": "200 MB/s", "write": "180 MB/s"},
    "network": {"machine": "10 Gbit/s", "rack_uplink": "40 Gbit/s", "core": "400 Gbit/s"}},
  "failures": {"disk": {"lifetime": "1 %/year", "source": "test"}},
  "repair": {"rebuild_time": "1 h", "replacement": "1 day", "source": "test"},
  "strategies": [{"name": "three", "code": {"kind": "replication", "copies": 3},
                  "placement": {"kind": "declustered", "groups": 400}}],
  "prices": {"currency": "USD", "items": {
    "disk": {"price": 20, "unit": "per TB of disk", "source": "test"},
    "rack": {"price": 5000, "unit": "per rack", "source": "test"}}}
})";

constexpr const char* life_range =
    R"(failures.disk.range={"lifetime": ["0.25 %/year", "8 %/year"]})";
constexpr const char* price_range = R"(prices.items.disk.range={"price": [15, 30]})";

scenario::Scenario read(const std::vector<std::string>& overrides) {
  auto checked = scenario::read_scenario_text(three_copies, "test.json", overrides);
  EXPECT_TRUE(checked);
  if (!checked) ADD_FAILURE() << to_string(checked.diagnostics().front());
  return std::move(checked.value());
}

Results run_with(const std::vector<std::string>& overrides, std::uint64_t missions = 0) {
  RunOptions options;
  if (missions == 0) options.method = sim::Method::analytic;
  if (missions > 0) {
    options.method = sim::Method::direct;
    options.replicates = {0, missions};
  }
  auto results = run(read(overrides), options);
  EXPECT_TRUE(results);
  return std::move(results.value());
}

const Metric& metric(const Results& results, std::string_view id) {
  const Metric* found = results.strategies.at(0).find(id);
  EXPECT_NE(found, nullptr) << id;
  return *found;
}

TEST(InputRange, WithoutUncertainInputsThereIsNone) {
  const Results results = run_with({});
  EXPECT_THAT(results.uncertain.inputs, IsEmpty());
  for (const Metric& one : results.strategies.at(0).metrics) {
    EXPECT_FALSE(one.estimate.input_range) << one.id;
    EXPECT_THAT(one.swings, IsEmpty()) << one.id;
    EXPECT_THAT(one.range_model, IsEmpty()) << one.id;
  }
}

TEST(InputRange, LossOfThreeCopiesGoesWithTheCubeOfTheRate) {
  const Results results = run_with({life_range});
  const Metric& loss = metric(results, "annual_object_loss");
  ASSERT_TRUE(loss.estimate.input_range);
  const scenario::UncertainInput& life = results.uncertain.inputs.at(0);
  // The 7th of 256 slices holds the lower end, the 250th the upper one.
  const auto cube = [&](double p) {
    return *loss.estimate.value * std::pow(scenario::input_quantile(life, p) / life.value, 3);
  };
  constexpr double law = 1e-3;  // what the cube leaves out: rate x repair time
  const sim::Interval& range = *loss.estimate.input_range;
  EXPECT_GE(range.low, cube(6.0 / 256) * (1 - law));
  EXPECT_LE(range.low, cube(7.0 / 256) * (1 + law));
  EXPECT_GE(range.high, cube(249.0 / 256) * (1 - law));
  EXPECT_LE(range.high, cube(250.0 / 256) * (1 + law));
  ASSERT_EQ(loss.swings.size(), 1U);
  EXPECT_EQ(loss.swings[0].input, "/failures/disk/lifetime");
  EXPECT_NEAR(loss.swings[0].at_high / cube(0.975), 1, law);
  EXPECT_THAT(metric(results, "capacity_overhead").swings, IsEmpty());
  EXPECT_EQ(metric(results, "capacity_overhead").estimate.input_range, (sim::Interval{3, 3}));
}

TEST(InputRange, NinesMoveAsTheirLossDoes) {
  const Results results = run_with({life_range});
  const sim::Interval loss = *metric(results, "annual_object_loss").estimate.input_range;
  const sim::Interval nines = *metric(results, "durability_nines").estimate.input_range;
  EXPECT_NEAR(nines.low, -std::log10(loss.high), 1e-12);
  EXPECT_NEAR(nines.high, -std::log10(loss.low), 1e-12);
}

TEST(InputRange, CostFollowsThePricesToTheCent) {
  const Results results = run_with({price_range});
  const scenario::Scenario scenario = read({price_range});
  std::vector<double> prices;
  for (const auto& draw : scenario::draw_inputs(scenario.uncertain, 256, results.seed)) {
    prices.push_back(draw.at(0).value());
  }
  std::ranges::sort(prices);
  const auto total = [](double price) {
    const Results fixed = run_with({"prices.items.disk.price=" + std::to_string(price)});
    return *metric(fixed, "cost.total").estimate.value;
  };
  const sim::Interval range = *metric(results, "cost.total").estimate.input_range;
  EXPECT_NEAR(range.low, total(prices[6]), 0.01);
  EXPECT_NEAR(range.high, total(prices[249]), 0.01);
  EXPECT_THAT(metric(results, "durability_nines").swings, IsEmpty());
}

TEST(InputRange, ASimulatedFigureMovesByTheFactorOfTheTextbook) {
  // Disks that live months: losses and their bound are on another scale than the textbook's.
  const std::vector<std::string> often{
      "failures.disk.lifetime=200 %/year",
      R"(failures.disk.range={"lifetime": ["100 %/year", "300 %/year"]})",
      "repair.rebuild_time=200 h"};
  const Results simulated = run_with(often, 256);
  const Results textbook = run_with(often);
  const Metric& loss = metric(simulated, "annual_object_loss");
  const Metric& chain = metric(textbook, "annual_object_loss");
  ASSERT_TRUE(loss.estimate.value && loss.estimate.input_range);
  EXPECT_NEAR(loss.estimate.input_range->high / *loss.estimate.value,
              chain.estimate.input_range->high / *chain.estimate.value, 1e-9);
  EXPECT_NEAR(loss.estimate.input_range->low / *loss.estimate.value,
              chain.estimate.input_range->low / *chain.estimate.value, 1e-9);
  EXPECT_THAT(loss.range_model, HasSubstr("moved as the textbook chain moves"));
  const sim::Interval any = *metric(simulated, "annual_loss_probability").estimate.input_range;
  EXPECT_GE(any.low, 0);
  EXPECT_LE(any.high, 1);
  const Metric& traffic = metric(simulated, "repair_bytes_per_day.total");
  EXPECT_NEAR(traffic.swings.at(0).at_high / *traffic.estimate.value,
              traffic.swings.at(0).at_high / traffic.swings.at(0).at_low *
                  (traffic.swings.at(0).at_low / *traffic.estimate.value),
              1e-9);
  // Rebuild hours do not rest on the rate.
  EXPECT_THAT(metric(simulated, "rebuild_hours_per_tb.p99").swings, IsEmpty());
  EXPECT_THAT(metric(simulated, "rebuild_hours_per_tb.p99").range_model,
              HasSubstr("not moved by /failures/disk/lifetime"));
}

TEST(InputRange, ABoundMovesAtTheEndThatSaysSomething) {
  const Results results = run_with({life_range}, 16);
  const Metric& loss = metric(results, "annual_object_loss");
  ASSERT_FALSE(loss.estimate.value);
  ASSERT_TRUE(loss.estimate.input_range);
  EXPECT_EQ(loss.estimate.input_range->low, 0);
  EXPECT_GT(loss.estimate.input_range->high, loss.estimate.ci95.high);
  const Metric& nines = metric(results, "durability_nines");
  EXPECT_LT(nines.estimate.input_range->low, nines.estimate.ci95.low);
}

TEST(InputRange, IsTheSameForTheSameSeed) {
  const auto range = [] {
    return *metric(run_with({life_range, price_range}), "nomdl").estimate.input_range;
  };
  EXPECT_EQ(range(), range());
}

TEST(InputRange, DrawsWithWhichNothingCanBeBuiltAreCounted) {
  const Results results =
      run_with({R"(data.range={"logical": ["50 TB", "800 TB"]})", "data.source=guess"});
  EXPECT_GT(results.uncertain.refused, 0U);
  EXPECT_LT(results.uncertain.refused, 128U);
  EXPECT_TRUE(metric(results, "nomdl").estimate.input_range);
}

/// Rebuilds behind a throttle that is in doubt, with a claim on their simulated median.
Results throttled(const std::string& range, double claimed) {
  const std::string repair =
      R"(repair={"replacement": "1 day", "throttles": [
           {"at": "machine", "rate": "30 MB/s", "counts": "both", "source": "x")" +
      range + "}]}";
  const std::string claim = R"(claims=[{"id": "fast", "source": "x", "text": {"en": "fast"},
      "metric": "rebuild_hours_per_tb.p50", "op": "<=", "value": )" +
                            std::to_string(claimed) + "}]";
  return run_with({repair, claim, "failures.disk.lifetime=200 %/year"}, 8);
}

TEST(InputRange, AClaimNeedsItsIntervalAndItsRangeOnOneSide) {
  const std::string wide = R"(, "range": {"rate": ["10 MB/s", "60 MB/s"]})";
  const std::string narrow = R"(, "range": {"rate": ["29.99 MB/s", "30.01 MB/s"]})";
  const Results first = throttled(wide, 1);
  const sim::Estimate& median = metric(first, "rebuild_hours_per_tb.p50").estimate;
  ASSERT_TRUE(median.input_range);
  const double between = (median.ci95.high + median.input_range->high) / 2;
  ASSERT_GT(between, 1.05 * median.ci95.high);
  EXPECT_EQ(throttled("", between).claims.at(0).verdict, Verdict::supported);
  EXPECT_EQ(throttled(narrow, between).claims.at(0).verdict, Verdict::supported);
  const ClaimResult open = throttled(wide, between).claims.at(0);
  EXPECT_EQ(open.verdict, Verdict::undecided) << open.why;
  EXPECT_THAT(open.why, HasSubstr("uncertain inputs"));
  EXPECT_THAT(open.flips_when,
              Contains(AllOf(HasSubstr("refuted if /repair/throttles/0/rate"), HasSubstr("MB/s"))));
}

}  // namespace
}  // namespace models::fleet
