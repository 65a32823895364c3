#include "reports/result_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "reports/display_width.h"
#include "reports/number_text.h"
#include "reports/result_csv.h"
#include "reports/result_json.h"
#include "tests/reports/sample_results.h"

namespace {

using reports::Form;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ResultText, EveryLineFits80ColumnsForFourStrategies) {
  std::istringstream text{reports::result_text(reports_test::sample_results())};
  for (std::string line; std::getline(text, line);) {
    EXPECT_LE(reports::display_width(line), 80U) << line;
  }
}

TEST(ResultText, ABoundIsPrintedAsABoundWithTheTextbookBelow) {
  const std::string text = reports::result_text(reports_test::sample_results());
  EXPECT_THAT(
      text,
      HasSubstr("three replicas    >= 9.82              <= 4.6e-05           37.9 s/year\n"
                "  3 replicas      95 % bound (a)       95 % bound (a)       ±8 % (c)\n"
                "  textbook        12.31 (b)            2.10e-09 (b)         66.3 s/year (b)\n"));
}

TEST(ResultText, ChineseNamesAreAlignedAndLongOnesCut) {
  const std::string text = reports::result_text(reports_test::sample_results());
  EXPECT_THAT(text, HasSubstr("两副本            6.5 "));
  EXPECT_THAT(text, HasSubstr("RS 10+4 over eve… >= 9.82"));
}

TEST(ResultText, SaysWhatIsNotModelledWhatIsClaimedAndHowToRepeat) {
  const std::string text = reports::result_text(reports_test::sample_results());
  EXPECT_THAT(text, HasSubstr("  - tiers: standard, infrequent, archive\n"));
  EXPECT_THAT(text, HasSubstr("refuted    两个副本"));
  EXPECT_THAT(text, HasSubstr("would flip: disk failures above 4 %/year"));
  EXPECT_THAT(text, HasSubstr("--seed 7"));
  EXPECT_THAT(text, HasSubstr("?   not converged"));
}

TEST(ResultText, ColourOnlyOnRequest) {
  const auto results = reports_test::sample_results();
  EXPECT_THAT(reports::result_text(results), Not(HasSubstr("\033")));
  EXPECT_THAT(reports::result_text(results, {.colour = reports::Colour::ansi}),
              HasSubstr("\033[1m"));
}

TEST(NumberText, BoundsAreRoundedToTheSafeSide) {
  sim::Estimate estimate;
  estimate.ci95 = {0, 4.51e-5};
  EXPECT_EQ(reports::estimate_text(estimate, Form::probability).figure, "<= 4.6e-05");
  estimate.ci95 = {9.999, std::numeric_limits<double>::infinity()};
  EXPECT_EQ(reports::estimate_text(estimate, Form::nines).figure, ">= 9.99");
}

TEST(NumberText, UnitsAndDigitsAreSensible) {
  EXPECT_EQ(reports::value_text(1.234e12, Form::bytes), "1.23 TB");
  EXPECT_EQ(reports::value_text(281.8, Form::number), "282");
  EXPECT_EQ(reports::value_text(9.996, Form::number), "10.0");
  EXPECT_EQ(reports::value_text(0, Form::number), "0");
  EXPECT_EQ(reports::grouped(65536), "65,536");
  EXPECT_EQ(reports::exact_text(0.1), "0.1");
}

TEST(DisplayWidth, ControlCharactersAndBadBytesCannotReachTheTerminal) {
  EXPECT_EQ(reports::printable("a\033[2Jb\xff"), "a?[2Jb?");
  EXPECT_EQ(reports::display_width("两副本"), 6U);
  EXPECT_EQ(reports::cut("两副本", 4), "两…");
}

TEST(ResultJson, HasTheKeysOfTheContractInOrderWithTimingLast) {
  const auto json =
      nlohmann::ordered_json::parse(reports::result_json(reports_test::sample_results()));
  EXPECT_EQ(json["schema"], "holdfast/result/1");
  for (const char* key : {"version", "command", "seed", "mission_years", "scenario", "strategies",
                          "differences", "claims"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(std::prev(json.end()).key(), "timing");
  const auto& strategy = json["strategies"][0];
  for (const char* key : {"name", "metrics", "loss_by_cause", "loss_by_path", "not_modelled"}) {
    EXPECT_TRUE(strategy.contains(key)) << key;
  }
  for (const char* key :
       {"value", "ci95", "input_range", "unit", "method", "model", "converged", "replicates"}) {
    EXPECT_TRUE(strategy["metrics"]["rebuild_hours_per_tb"]["p50"].contains(key)) << key;
  }
}

TEST(ResultJson, WhatIsNotKnownIsNullWithItsBoundAndInfinityIsToldInANote) {
  const auto json = nlohmann::json::parse(reports::result_json(reports_test::sample_results()));
  const auto& metrics = json["strategies"][0]["metrics"];
  EXPECT_TRUE(metrics["annual_loss_probability"]["value"].is_null());
  EXPECT_EQ(metrics["annual_loss_probability"]["ci95"][1], 4.577e-5);
  EXPECT_TRUE(metrics["mttdl_years"]["value"].is_null());
  EXPECT_THAT(metrics["mttdl_years"]["note"].get<std::string>(), HasSubstr("infinite"));
  EXPECT_EQ(metrics["annual_loss_probability"]["analytic"]["value"], 2.1e-9);
  EXPECT_TRUE(json["strategies"][0]["loss_by_cause"].empty());
}

TEST(ResultCsv, HasOneRowForEachStrategyAndMetric) {
  const auto results = reports_test::sample_results();
  std::size_t rows = 1;
  for (const auto& strategy : results.strategies) rows += strategy.metrics.size();
  const std::string csv = reports::result_csv(results);
  EXPECT_EQ(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')), rows);
  EXPECT_THAT(csv, HasSubstr("three replicas,3 replicas,annual_loss_probability,,0,4.577e-05,"));
}

}  // namespace
