#include "reports/result_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "reports/difference_table.h"
#include "reports/preview_text.h"
#include "reports/result_csv.h"
#include "reports/result_json.h"
#include "reports/words/display_width.h"
#include "reports/words/number_text.h"
#include "tests/reports/sample_results.h"

namespace {

using reports::Form;
using ::testing::HasSubstr;
using ::testing::Not;

/// Every line fits the page, and nothing that was to be said is cut.
void expect_whole(const models::fleet::Results& results) {
  const std::string all = reports::result_text(results);
  std::istringstream text{all};
  for (std::string line; std::getline(text, line);) {
    EXPECT_LE(reports::display_width(line), 80U) << line;
  }
  EXPECT_THAT(all, Not(HasSubstr("…")));
}

TEST(ResultText, EveryLineFits80ColumnsAndNothingIsCut) {
  expect_whole(reports_test::sample_results());
}

TEST(ResultText, OneStrategyAndTwelveWithLongNamesFitToo) {
  models::fleet::Results results = reports_test::sample_results();
  const auto strategy = results.strategies[0];
  results.strategies.resize(1);
  results.differences.clear();
  expect_whole(results);
  for (int i = 0; i < 11; ++i) {
    results.strategies.push_back(strategy);
    results.strategies.back().name = std::string(i % 2 == 0 ? 80 : 39, 'w');
    if (i % 3 == 0)
      results.strategies.back().name = "副本副本副本副本副本副本副本副本副本副本副本副本副本";
    results.differences.push_back({strategy.name,
                                   results.strategies.back().name,
                                   "annual_object_loss",
                                   3.1 * i - 9,
                                   {-12, 15},
                                   sim::Method::direct});
  }
  expect_whole(results);
}

TEST(ResultText, WideFiguresAreListedRatherThanCut) {
  models::fleet::Results results = reports_test::sample_results();
  for (auto& strategy : results.strategies) {
    for (auto& metric : strategy.metrics) {
      if (metric.id != "repair_bytes_per_day.total" && metric.id != "cost_per_usable_tb_year") {
        continue;
      }
      metric.estimate.value = 1.23456789e12;
      metric.estimate.ci95 = {1.1e3, 9.9e13};
    }
  }
  expect_whole(results);
}

TEST(ResultText, ABoundIsPrintedAsABoundWithTheTextbookBelow) {
  const std::string text = reports::result_text(reports_test::sample_results());
  EXPECT_THAT(text, HasSubstr("kept for a year (a)"));
  EXPECT_THAT(text, ::testing::ContainsRegex("\n +>= 9.82 +<= 4.6e-05 +37.9 s/year\n"
                                             " +95 % bound +95 % bound +±8 %\n"
                                             "  textbook \\(b\\) 12.31 +2.10e-09 +66.3 s/year\n"));
}

TEST(ResultText, OneNotePerMethodAndModelWhateverTheStrategy) {
  const std::string text = reports::result_text(reports_test::sample_results());
  EXPECT_THAT(text, HasSubstr("\n(c) "));
  EXPECT_THAT(text, Not(HasSubstr("\n(d) ")));
}

TEST(ResultText, NamesThatFitStandInTheirRow) {
  models::fleet::Results results = reports_test::sample_results();
  std::erase_if(results.strategies, [](const auto& s) { return s.name.size() > 20; });
  const std::string text = reports::result_text(results);
  EXPECT_THAT(text, HasSubstr("\nthree replicas >= 9.82 "));
  EXPECT_THAT(text, HasSubstr("\n两副本         6.5 "));
}

TEST(ResultText, DifferencesAreFactorsThatCanBeRead) {
  EXPECT_EQ(reports::factor_text(1.5), "31.6x");
  EXPECT_EQ(reports::factor_text(4.1), "13,000x");
  EXPECT_EQ(reports::factor_text(-4.6), "1/40,000");
  EXPECT_EQ(reports::factor_text(8.1), "10^8.1x");
  EXPECT_THAT(reports::result_text(reports_test::sample_results()),
              HasSubstr("  three replicas     not known"));
}

TEST(ResultText, FactorsOfMillionsAreWrittenAsPowersRatherThanCut) {
  models::fleet::Results results = reports_test::sample_results();
  results.differences = {{results.strategies[0].name,
                          results.strategies[1].name,
                          "annual_object_loss",
                          -5.86,
                          {-6.2, -5.51},
                          sim::Method::exposure}};
  EXPECT_THAT(reports::result_text(results), HasSubstr("10^-5.86 [10^-6.20, 10^-5.51]"));
}

TEST(ResultText, WhatWasNotSimulatedHasNoColumn) {
  models::fleet::Results results = reports_test::sample_results();
  results.end_replicate = 0;
  for (auto& strategy : results.strategies) {
    std::erase_if(strategy.metrics, [](const auto& m) { return m.id.ends_with("p99"); });
  }
  const std::string text = reports::result_text(results);
  EXPECT_THAT(text, HasSubstr("nothing was simulated"));
  EXPECT_THAT(text, Not(HasSubstr("p99")));
}

TEST(PreviewText, FitsTheTerminalAndSaysHowManyAreLeftOut) {
  const std::string text = reports::preview_text(reports_test::sample_results(), 3);
  EXPECT_THAT(text, HasSubstr("and 2 more"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
  std::istringstream lines{reports::preview_text(reports_test::sample_results(), 20)};
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(reports::display_width(line), 79U) << line;
  }
}

TEST(ResultText, SaysWhatIsNotModelledAndWhatIsClaimed) {
  const std::string text = reports::result_text(reports_test::sample_results());
  EXPECT_THAT(text, HasSubstr("  - tiers: standard, infrequent, archive\n"));
  EXPECT_THAT(text, HasSubstr("refuted    两个副本"));
  EXPECT_THAT(text, HasSubstr("would flip: disk failures above 4 %/year"));
  EXPECT_THAT(text, HasSubstr("?      not converged"));
}

models::fleet::Results doubtful_results() {
  using models::scenario::UncertainInput;
  models::fleet::Results results = reports_test::sample_results();
  UncertainInput drive{.kind = UncertainInput::Kind::gamma,
                       .path = "/failures/disk/lifetime",
                       .unit = models::scenario::QuantityKind::rate,
                       .value = 0.0032 / sim::year.value,
                       .failures = 102,
                       .exposure = sim::days(11616742),
                       .source = "Backblaze"};
  UncertainInput price{.path = "/prices/items/disk/price",
                       .price = "disk",
                       .value = 20,
                       .low = 15,
                       .high = 30,
                       .source = "list"};
  price.kind = UncertainInput::Kind::range;
  results.uncertain = {{drive, price}, 256, 3};
  models::fleet::Metric& nines = results.strategies[3].metrics[0];
  nines.estimate.input_range = sim::Interval{5.5, 7.25};
  nines.swings = {{"/failures/disk/lifetime", "0.26 %/year", "0.38 %/year", 7.25, 5.5}};
  nines.range_model = "moved as the textbook chain moves";
  return results;
}

TEST(ResultText, DoubtAboutTheInputsHasASectionWhereThereIsAny) {
  EXPECT_THAT(reports::result_text(reports_test::sample_results()),
              Not(HasSubstr("Doubt about the inputs")));
  const models::fleet::Results results = doubtful_results();
  expect_whole(results);
  const std::string text = reports::result_text(results);
  for (const char* words :
       {"Doubt about the inputs\n", "/failures/disk/lifetime: 0.32 %/year (102 failures in",
        "/prices/items/disk/price: 20, from 15 to 30", "nines 5.50 to 7.25", "256 draws",
        "3 draws gave no scenario"}) {
    EXPECT_THAT(text, HasSubstr(words));
  }
}

TEST(ResultJson, TellsTheInputsInDoubtAndWhatTheyMove) {
  const auto json = nlohmann::json::parse(reports::result_json(doubtful_results()));
  EXPECT_EQ(json["uncertain"]["inputs"][0]["failures"], 102);
  EXPECT_EQ(json["uncertain"]["inputs"][1]["low"], "15");
  EXPECT_EQ(json["uncertain"]["draws"], 256);
  const auto& nines = json["strategies"][3]["metrics"]["durability_nines"];
  EXPECT_EQ(nines["input_range"], nlohmann::json({5.5, 7.25}));
  EXPECT_EQ(nines["input_range_by"][0]["at_low"], 7.25);
  const auto& loss = json["strategies"][3]["metrics"]["annual_object_loss"];
  EXPECT_TRUE(loss["input_range"].is_null());
  EXPECT_FALSE(loss.contains("input_range_by"));
  EXPECT_THAT(reports::result_csv(doubtful_results()), HasSubstr(",6.41,6.68,5.5,7.25,"));
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
