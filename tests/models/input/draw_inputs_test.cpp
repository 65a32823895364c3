#include "models/input/draw_inputs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "models/input/read_scenario.h"
#include "tests/models/input/small_scenario.h"

namespace models::scenario {
namespace {

using ::testing::HasSubstr;

UncertainInput counted(double failures, Seconds exposure) {
  return {.kind = UncertainInput::Kind::gamma,
          .path = "/failures/disk/lifetime",
          .unit = QuantityKind::rate,
          .value = failures / exposure.value,
          .failures = failures,
          .exposure = exposure};
}

UncertainInput ranged(double low, double value, double high) {
  return {.kind = UncertainInput::Kind::range, .value = value, .low = low, .high = high};
}

TEST(InputLaw, OfCountedFailuresIsAGammaOfHalfAFailureMore) {
  // Half of a chi-square with 2k + 1 degrees of freedom: tables give 3.841459 (1, 95 %),
  // 10.28290 and 35.47888 (21, 2.5 % and 97.5 %).
  EXPECT_NEAR(input_quantile(counted(0, {1}), 0.95), 3.841459 / 2, 1e-6);
  EXPECT_NEAR(input_quantile(counted(10, {1}), 0.025), 10.28290 / 2, 1e-5);
  EXPECT_NEAR(input_quantile(counted(10, {1}), 0.975), 35.47888 / 2, 1e-5);
  EXPECT_NEAR(input_quantile(counted(10, {4}), 0.975), 35.47888 / 8, 1e-5);
}

TEST(InputLaw, OfARangeHasTheStatedValueInTheMiddle) {
  const UncertainInput rate = ranged(0.5, 2, 32);
  EXPECT_DOUBLE_EQ(input_quantile(rate, 0.5), 2);
  EXPECT_DOUBLE_EQ(input_quantile(rate, 0.25), 1);  // half way from 0.5 to 2 in the logarithm
  EXPECT_DOUBLE_EQ(input_quantile(rate, 0.75), 8);  // and from 2 to 32
  EXPECT_DOUBLE_EQ(input_quantile(ranged(0, 4, 16), 0.25), 2);
  EXPECT_DOUBLE_EQ(input_quantile(ranged(1, 1, 16), 0.5), 4);  // nothing lies below
  EXPECT_DOUBLE_EQ(input_quantile(ranged(1, 16, 16), 0.5), 4);
}

TEST(DrawInputs, EveryInputHasOneValueInEachSlice) {
  const std::vector<UncertainInput> inputs{ranged(1, 2, 4), counted(7, {1})};
  const auto draws = draw_inputs(inputs, 256, 3);
  ASSERT_EQ(draws.size(), 256U);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    std::vector<double> values;
    for (const InputValues& draw : draws) values.push_back(draw.at(i).value());
    std::ranges::sort(values);
    for (std::size_t slice = 1; slice < 256; ++slice) {
      const double edge = input_quantile(inputs[i], static_cast<double>(slice) / 256);
      EXPECT_LE(values[slice - 1], edge);
      EXPECT_GE(values[slice], edge);
    }
  }
}

TEST(DrawInputs, DependOnTheSeedAlone) {
  const std::vector<UncertainInput> inputs{ranged(1, 2, 4), ranged(3, 5, 8)};
  EXPECT_EQ(draw_inputs(inputs, 64, 1), draw_inputs(inputs, 64, 1));
  EXPECT_NE(draw_inputs(inputs, 64, 1), draw_inputs(inputs, 64, 2));
}

TEST(DrawInputs, InputsAreDrawnApartUnlessTheyRestOnTheSameCount) {
  const std::vector<UncertainInput> inputs{counted(9, {1}), counted(9, {1}), counted(9, {2})};
  double product = 0;
  for (const InputValues& draw : draw_inputs(inputs, 1024, 1)) {
    EXPECT_EQ(draw[0], draw[1]);
    product += (*draw[0] - 9.5) * (2 * *draw[2] - 9.5);
  }
  // Variance 9.5 each: the mean of the products has a standard error of 9.5/32.
  EXPECT_LT(std::abs(product / 1024), 4 * 9.5 / 32);
}

TEST(WithInputs, ReadsTheScenarioWithOtherValues) {
  const auto checked = read_scenario_text(
      small_scenario_with(R"("price": 20,)", R"("price": 20, "range": {"price": [15, 30]},)"),
      "test.json",
      {"failures.disk.range={\"lifetime\": [\"1 %/year\", \"2 %/year\"]}",
       "failures.disk.source=fleet"});
  ASSERT_TRUE(checked) << to_string(checked.diagnostics().front());
  const Scenario& s = checked.value();
  ASSERT_EQ(s.uncertain.size(), 2U);
  EXPECT_EQ(s.uncertain[1].path, "/prices/items/disk/price");
  EXPECT_EQ(s.uncertain[1].value, 20);
  const auto drawn = with_inputs(s, {0.0125 / sim::year.value, 16.25});
  ASSERT_TRUE(drawn);
  EXPECT_NEAR(sim::year / drawn.value().failures.disk->mean(), 0.0125, 1e-15);
  EXPECT_EQ(drawn.value().prices->items.at("disk").price, 16.25);
  const auto stated = with_inputs(s, {std::nullopt, std::nullopt});
  ASSERT_TRUE(stated);
  EXPECT_EQ(stated.value().failures.disk->mean().value, s.failures.disk->mean().value);
  EXPECT_EQ(stated.value().prices->items.at("disk").price, 20);
  EXPECT_EQ(input_text(s.uncertain[0], 0.0125 / sim::year.value), "1.25 %/year");
  EXPECT_EQ(input_text(s.uncertain[1], 16.25), "16.25");
}

TEST(WithInputs, AValueThatCannotBeIsRefused) {
  const auto checked = read_scenario_text(
      small_scenario(), "test.json",
      {"data.range={\"logical\": [\"50 TB\", \"5000 TB\"]}", "data.source=guess"});
  ASSERT_TRUE(checked) << to_string(checked.diagnostics().front());
  EXPECT_TRUE(with_inputs(checked.value(), {Bytes{60e12}.value}));
  EXPECT_FALSE(with_inputs(checked.value(), {Bytes{4e15}.value}));
}

TEST(PriceRange, FaultsSayWhatIsRight) {
  const std::pair<const char*, const char*> wrong[] = {
      {R"("range": {"price": [30, 40]},)", "around 20"},
      {R"("range": {"price": ["15", "30"]},)", "must be a number"},
      {R"("range": {"unit": [15, 30]},)", "'price'"}};
  for (const auto& [range, remedy] : wrong) {
    const auto checked = read_scenario_text(
        small_scenario_with(R"("price": 20,)", std::string(R"("price": 20, )") + range), "test");
    ASSERT_FALSE(checked) << range;
    EXPECT_THAT(to_string(checked.diagnostics().front()), HasSubstr(remedy));
  }
}

}  // namespace
}  // namespace models::scenario
