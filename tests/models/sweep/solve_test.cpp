#include "models/sweep/solve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "models/fleet/judge_figure.h"
#include "models/input/input_value.h"
#include "models/input/read_scenario.h"
#include "tests/models/input/small_scenario.h"

namespace models::sweep {
namespace {

using ::testing::HasSubstr;

Question question(std::string_view target) {
  Question asked;
  asked.file = "small.json";
  asked.text = scenario::small_scenario();
  const auto read = scenario::read_scenario_text(asked.text, "small.json");
  EXPECT_TRUE(read);
  asked.strategy = read.value().strategies.front().name;
  asked.path = "failures.disk.lifetime";
  const ParsedTarget parsed = parse_target(target);
  EXPECT_EQ(parsed.fault, "");
  asked.target = parsed.target;
  asked.run.method = sim::Method::analytic;
  return asked;
}

double figure_at(const Question& asked, const std::string& value) {
  const auto read =
      scenario::read_scenario_text(asked.text, "small.json", {asked.path + "=" + value});
  EXPECT_TRUE(read);
  fleet::RunOptions options = asked.run;
  options.strategies = {asked.strategy};
  const auto results = fleet::run(read.value(), options);
  return results.value().strategies.front().find(asked.target.metric)->estimate.value.value();
}

TEST(Solve, BothEndsOfTheAnswerAreWhatARunSays) {
  Question asked = question("annual_loss_probability <= 1e-7");
  asked.between = parse_ends("0.01 %/year:90 %/year");
  const auto solved = solve(asked);
  ASSERT_TRUE(solved);
  const Solution& solution = solved.value();
  ASSERT_NE(solution.meets(), nullptr);
  ASSERT_NE(solution.fails(), nullptr);
  EXPECT_LT(solution.fails()->at / solution.meets()->at, 1.051);
  EXPECT_LE(figure_at(asked, solution.meets()->value), 1e-7);
  EXPECT_GT(figure_at(asked, solution.fails()->value), 1e-7);
  EXPECT_TRUE(solution.monotone);
}

TEST(Solve, SimulatedEndsAreDecidedByTheirIntervals) {
  Question asked = question("annual_loss_probability <= 0.01");
  asked.run.method.reset();
  asked.between = parse_ends("1 %/year:200 %/year");
  const auto solved = solve(asked);
  ASSERT_TRUE(solved);
  for (const SolveTrial& trial : solved.value().trials) {
    if (trial.side == Side::meets) {
      EXPECT_LE(trial.figure.ci95.high, 0.01);
    } else if (trial.side == Side::fails) {
      EXPECT_GT(trial.figure.ci95.low, 0.01);
    }
  }
}

TEST(Solve, NamesWhatIsWrongWithThePath) {
  Question asked = question("annual_loss_probability <= 1e-4");
  asked.path = "failures.disk";
  const auto object = solve(asked);
  ASSERT_FALSE(object);
  EXPECT_EQ(object.diagnostics().front().file, "--for");
  EXPECT_THAT(object.diagnostics().front().message, HasSubstr("/failures/disk is an object"));
  asked.path = "failures.disk.lifetme";
  const auto missing = solve(asked);
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.diagnostics().front().message, HasSubstr("has no value at"));
  asked.between = parse_ends("1:2");
  const auto unknown = solve(asked);
  ASSERT_FALSE(unknown);
  EXPECT_THAT(to_string(unknown.diagnostics().front()), HasSubstr("did you mean 'lifetime'?"));
}

TEST(Solve, ReadsTargets) {
  EXPECT_THAT(parse_target("durability_nines").fault, HasSubstr("is no target"));
  EXPECT_THAT(parse_target("durability_nine >= 8").fault, HasSubstr("durability_nines"));
  EXPECT_THAT(parse_target("durability_nines >= 8 h").fault, HasSubstr("no plain number"));
  const ParsedTarget parsed = parse_target("data_unavailability<1e-6");
  EXPECT_EQ(parsed.fault, "");
  EXPECT_EQ(parsed.target.op, "<");
  EXPECT_EQ(parsed.target.value, 1e-6);
}

TEST(Solve, ReadsEnds) {
  EXPECT_TRUE(parse_ends("1:8").whole);
  EXPECT_FALSE(parse_ends("1:8.5").whole);
  EXPECT_EQ(parse_ends("1 min:30 min").unit, "min");
  EXPECT_THAT(parse_ends("1 min:2 h").fault, HasSubstr("not of one unit"));
  EXPECT_THAT(parse_ends("8:1").fault, HasSubstr("lower one first"));
  EXPECT_THAT(parse_ends("8").fault, HasSubstr("no pair of ends"));
}

TEST(InputValue, IsANumberAndItsUnit) {
  const std::string text = R"({"a": {"b": "15 min", "c": 3, "d": [1.5], "e": {"f": "text"}}})";
  const auto at = [&](std::string_view path) {
    return scenario::input_value(text, "x.json", {"a.c=4"}, path);
  };
  EXPECT_EQ(at("a.b").number, 15);
  EXPECT_EQ(at("a.b").unit, "min");
  EXPECT_EQ(at("/a/c").number, 4);
  EXPECT_TRUE(at("a.c").whole);
  EXPECT_FALSE(at("a.d.0").whole);
  EXPECT_THAT(at("a").fault, HasSubstr("numbers in it: b, c"));
  EXPECT_THAT(at("a.e.f").fault, HasSubstr("is no number with a unit"));
  EXPECT_THAT(at("a.x").fault, HasSubstr("has no value at /a/x"));
}

}  // namespace
}  // namespace models::sweep
