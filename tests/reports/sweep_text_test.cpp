#include "reports/sweep_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "models/scenario/metrics.h"
#include "reports/words/display_width.h"
#include "reports/words/metric_form.h"

namespace {

using models::sweep::Axis;
using models::sweep::Point;
using models::sweep::Result;
using ::testing::HasSubstr;

/// A grid over the axes whose figure at point i is 1 + i.
Result grid(std::vector<Axis> axes, std::size_t strategies) {
  Result result;
  result.scenario = "a scenario";
  result.axes = std::move(axes);
  result.metrics = {"rebuild_hours_per_tb.p50"};
  const std::size_t count = models::sweep::points_of(result.axes);
  for (std::size_t i = 0; i < count; ++i) {
    Point point;
    std::size_t rest = i;
    point.values.resize(result.axes.size());
    for (std::size_t a = result.axes.size(); a-- > 0;) {
      point.values[a] = result.axes[a].values[rest % result.axes[a].values.size()];
      rest /= result.axes[a].values.size();
    }
    for (std::size_t s = 0; s < strategies; ++s) {
      models::fleet::StrategyResult strategy;
      strategy.name = "strategy " + std::to_string(s);
      models::fleet::Metric metric;
      metric.id = result.metrics[0];
      const auto value = static_cast<double>(1 + i);
      metric.estimate.value = value;
      metric.estimate.ci95 = {value * 0.9, value * 1.1};
      metric.estimate.model = "model";
      strategy.metrics.push_back(metric);
      point.strategies.push_back(strategy);
    }
    result.points.push_back(point);
  }
  return result;
}

void fits(const std::string& text) {
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(reports::display_width(line), 80U) << line;
  }
}

const Axis rates{"failures.disk.lifetime", {"1 %/year", "2 %/year", "3 %/year"}};
const Axis codes{"strategies.0.code.parity", {"1", "2", "3", "4", "5", "6", "7"}};
const Axis times{"repair.detection", {"1 h", "2 h"}};

TEST(SweepText, OneInputIsATableWithIntervals) {
  const std::string text = reports::sweep_text(grid({rates}, 5));
  fits(text);
  EXPECT_THAT(text, HasSubstr("lifetime          strategy 0           strategy 1"));
  EXPECT_THAT(text, HasSubstr("2 %/year          2.0 (a)"));
  EXPECT_THAT(text, HasSubstr("±10 %"));
  EXPECT_THAT(text, HasSubstr("lifetime          strategy 3"));
}

TEST(SweepText, TwoInputsAreAGridPerStrategy) {
  const std::string text = reports::sweep_text(grid({rates, codes}, 2));
  fits(text);
  EXPECT_THAT(text, HasSubstr("lifetime \\ parity 1           2 "));
  EXPECT_THAT(text, HasSubstr("2 %/year          8.0         9.0         10.0"));
  EXPECT_THAT(text, HasSubstr("lifetime \\ parity 6           7\n"));
}

TEST(SweepText, AThirdInputIsToldAboveItsGrid) {
  const std::string text = reports::sweep_text(grid({times, rates, codes}, 1));
  fits(text);
  EXPECT_THAT(text, HasSubstr("repair.detection = 2 h"));
  EXPECT_THAT(text, HasSubstr("3 %/year          36"));
}

TEST(SweepText, AnInterruptedGridShowsWhatIsThere) {
  Result result = grid({rates, codes}, 1);
  result.points.resize(9);
  result.interrupted = true;
  const std::string text = reports::sweep_text(result);
  fits(text);
  EXPECT_THAT(text, HasSubstr("INTERRUPTED"));
  EXPECT_THAT(text, HasSubstr("3 %/year          -"));
  result.points.clear();
  fits(reports::sweep_text(result));
}

TEST(SweepCsv, HasAColumnPerInputAndARowPerPointAndStrategy) {
  const std::string csv = reports::sweep_csv(grid({times, rates}, 2));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 13);
  EXPECT_THAT(csv, HasSubstr("repair.detection,failures.disk.lifetime,strategy,code,metric,value"));
  EXPECT_THAT(csv, HasSubstr("2 h,1 %/year,strategy 1,,rebuild_hours_per_tb.p50,4,"));
}

TEST(SweepJson, HasAxesAndPoints) {
  const auto json = nlohmann::json::parse(reports::sweep_json(grid({times, rates}, 2)));
  EXPECT_EQ(json["schema"], "holdfast/sweep/1");
  EXPECT_EQ(json["axes"][1]["values"][2], "3 %/year");
  EXPECT_EQ(json["points"].size(), 6U);
  const auto& metric = json["points"][4]["strategies"][1]["metrics"]["rebuild_hours_per_tb.p50"];
  EXPECT_EQ(metric["value"], 5);
  EXPECT_EQ(metric["unit"], "h/TB");
}

TEST(MetricForm, EveryMetricButTimesHasItsOwnForm) {
  for (const auto& metric : models::scenario::all_metrics()) {
    if (metric.id == "mttdl_years") continue;
    EXPECT_NE(reports::form_of(metric.id), reports::Form::number) << metric.id;
  }
}

}  // namespace
