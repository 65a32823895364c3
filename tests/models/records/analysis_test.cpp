#include "models/records/analysis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "models/input/read_scenario.h"
#include "models/records/read_trace.h"
#include "sim/random.h"
#include "tests/models/input/small_scenario.h"
#include "tests/models/records/record_file.h"

namespace {

using models::records::Analysis;
using models::records::AnalysisOptions;
using models::records::LawKind;
using record_test::Folder;
using ::testing::HasSubstr;

Analysis analysed(const std::string& path, const AnalysisOptions& options) {
  const auto trace = models::records::read_trace(path);
  EXPECT_TRUE(trace) << models::scenario::to_string(trace.diagnostics().front());
  auto analysis = models::records::analyse(trace.value(), options);
  EXPECT_TRUE(analysis) << models::scenario::to_string(analysis.diagnostics().front());
  return std::move(analysis.value());
}

/// The small scenario with the disks of a fragment.
models::scenario::Scenario with_fragment(const std::string& fragment) {
  const std::size_t from = fragment.find("\"disk\"");
  const std::string disk = fragment.substr(from, fragment.rfind("\n  }\n}") - from);
  const std::string text = models::scenario::small_scenario_with(
      R"("disk": {"lifetime": "1.5 %/year",
             "age": {"youngest": "0 s", "oldest": "4 years", "cohorts": 4}})",
      disk);
  auto scenario = models::scenario::read_scenario_text(text, "small.json");
  EXPECT_TRUE(scenario) << models::scenario::faults_of(scenario) << text;
  return std::move(scenario.value());
}

/// 400 failures of 2,000 units over three years; half of them in the first.
std::string made_up_log(const Folder& folder) {
  sim::Stream stream(5, sim::Purpose::test, {0, 79, 0});
  std::string text = "timestamp,unit\n";
  for (int i = 0; i < 400; ++i) {
    const double share = stream.uniform();
    const sim::Seconds at = sim::years(50) + sim::years(3) * share * share;
    const auto day = models::records::day_of(at);
    text += models::records::date_text(day) + "T" + (i % 2 == 0 ? "06" : "18") + ":" +
            std::to_string(10 + i % 50) + ":00,u" + std::to_string(i) + "\n";
  }
  return folder.write("log \"x\".csv", text);
}

/// What a scenario is told by a law that nothing speaks against.
Analysis given(LawKind kind, sim::Distribution law,
               std::vector<models::records::FittedRisk> risks) {
  Analysis analysis;
  analysis.file = "x.csv";
  analysis.all = {1000, 30};
  analysis.scenario.verdict = models::records::ScenarioLaw::Verdict::law;
  analysis.scenario.failures = 30;
  analysis.scenario.rate = sim::Estimate::exact(0.03, sim::Method::analytic, "");
  analysis.scenario.ages = sim::Interval{0.5, 2.7};
  analysis.scenario.law = models::records::FittedLaw{.kind = kind,
                                                     .law = std::move(law),
                                                     .risks = std::move(risks),
                                                     .test = {},
                                                     .rate_in_year = {}};
  return analysis;
}

models::records::FittedRisk risk(std::optional<double> shape, double scale) {
  models::records::FittedRisk risk;
  if (shape) risk.shape = sim::Estimate::exact(*shape, sim::Method::analytic, "");
  risk.scale = sim::Estimate::exact(scale, sim::Method::analytic, "");
  risk.scale.ci95 = {0.8 * scale, 1.3 * scale};
  return risk;
}

TEST(Analysis, EveryLawIsReadByAScenarioAsItWasFitted) {
  const auto hazard_at_five = [](const Analysis& analysis) {
    const std::string fragment = models::records::fragment_of(analysis);
    EXPECT_THAT(fragment, HasSubstr(R"("valid": {"from": "0.5 years", "until": "2.7 years"})"));
    return with_fragment(fragment).failures.disk->cumulative_hazard(sim::years(5));
  };
  const auto any = sim::Distribution::exponential(sim::year);
  EXPECT_NEAR(hazard_at_five(given(LawKind::weibull, any, {risk(0.7, 90)})),
              std::pow(5.0 / 90, 0.7), 1e-4);
  EXPECT_NEAR(hazard_at_five(given(LawKind::bathtub, any, {risk(0.4, 2000), risk(3, 12)})),
              std::pow(5.0 / 2000, 0.4) + std::pow(5.0 / 12, 3), 1e-4);
  const Analysis constant = given(LawKind::exponential, any, {risk({}, 40)});
  EXPECT_NEAR(hazard_at_five(constant), 5.0 / 40, 1e-4);
  EXPECT_EQ(with_fragment(models::records::fragment_of(constant)).uncertain.size(), 1U);
}

/// Units of one age that fail less and less: youth, or months that were bad.
TEST(Analysis, AFallingRateOfUnitsOfOneAgeIsAMeanRateThatSaysSo) {
  const Folder folder;
  const std::string log = made_up_log(folder);
  const Analysis analysis = analysed(log, {.watched = {.population = 2000}});
  EXPECT_EQ(analysis.best, LawKind::weibull);  // it fits best, and is not handed out
  EXPECT_EQ(analysis.chosen(), std::nullopt);
  EXPECT_EQ(analysis.scenario.verdict, models::records::ScenarioLaw::Verdict::no_law);
  EXPECT_THAT(analysis.fragment, HasSubstr("NO LAW FITS"));
  const auto scenario = with_fragment(analysis.fragment);
  EXPECT_TRUE(scenario.failures.disk->memoryless());
  EXPECT_EQ(scenario.uncertain.size(), 1U);  // from the slowest to the fastest year
}

TEST(Analysis, RatesHaveTheExactIntervalOfAPoissonCount) {
  const Folder folder;
  const Analysis analysis = analysed(
      folder.write("table.csv", "model,drive_days,failures\na,3652500,10\nb,365250,0\n"), {});
  EXPECT_DOUBLE_EQ(*analysis.rate.value, 10.0 / 11'000);
  EXPECT_DOUBLE_EQ(*analysis.by_model[0].rate.value, 10.0 / 10'000);
  EXPECT_NEAR(analysis.by_model[0].rate.ci95.low, 4.795e-4, 1e-7);  // Garwood 1936: 4.795, 18.39
  EXPECT_NEAR(analysis.by_model[0].rate.ci95.high, 18.39e-4, 1e-6);
  EXPECT_EQ(analysis.by_model[1].rate.ci95.low, 0);
  EXPECT_THAT(analysis.why_no_law, HasSubstr("tells the age of no unit"));
  EXPECT_THAT(analysis.fragment, HasSubstr("\"lifetime\": \"0.09091 %/year\""));
}

TEST(Analysis, OfTheRealRecordHasRatesShapeAndBurstsWithIntervals) {
  const std::string record = record_test::alpine_record();
  if (record.empty()) GTEST_SKIP() << "the record is not here";
  const Analysis analysis = analysed(record, {});
  // The counts published with it are by local time, these by UTC.
  const double failures[] = {1534, 688, 953, 305, 286};
  ASSERT_EQ(analysis.by_year.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_NEAR(analysis.by_year[i].count.failures, failures[i], 1) << i;
  }
  EXPECT_NEAR(*analysis.rate.value, 0.0234, 0.0002);
  EXPECT_LT(analysis.one_rate_of_years->p, 1e-10);
  const auto& weibull = analysis.laws[1];
  EXPECT_LT(weibull.risks[0].shape->ci95.high, 0.6);
  EXPECT_GT(weibull.risks[0].shape->ci95.low, 0.5);
  for (const auto& measure : {analysis.in_time[0], analysis.in_time[1], analysis.in_place[0]}) {
    EXPECT_LT(measure.p, 0.01) << measure.name;
    EXPECT_LT(measure.seen.ci95.low, *measure.seen.value);
  }
  EXPECT_LT(analysis.silence->p, 1e-6);
  // Every law is rejected, and none is handed out; bursts are.
  EXPECT_EQ(analysis.scenario.verdict, models::records::ScenarioLaw::Verdict::no_law);
  const auto scenario = with_fragment(analysis.fragment);
  EXPECT_TRUE(scenario.failures.disk->memoryless());
  ASSERT_TRUE(scenario.failures.burst);
  EXPECT_GT(scenario.failures.burst->same_rack, 0.1);
  EXPECT_EQ(analysis.step.value, 1800);
}

}  // namespace
