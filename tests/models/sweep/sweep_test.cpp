#include "models/sweep/sweep.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "models/fleet/arithmetic.h"
#include "models/input/read_scenario.h"
#include "tests/models/input/small_scenario.h"

namespace models::sweep {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class Sweep : public ::testing::Test {
 protected:
  void SetUp() override {
    file_ = std::filesystem::path{::testing::TempDir()} /
            (std::string{"sweep_"} +
             ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".json");
    std::ofstream{file_} << scenario::small_scenario();
    plan_.file = file_;
    plan_.metrics = {"annual_loss_probability"};
    plan_.run.method = sim::Method::analytic;
  }
  void TearDown() override { std::filesystem::remove(file_); }

  void vary(std::string_view words) {
    const ParsedAxis parsed = parse_axis(words);
    ASSERT_EQ(parsed.fault, "");
    plan_.axes.push_back(parsed.axis);
  }

  std::filesystem::path file_;
  Plan plan_;
};

double value_of(const Point& point, std::size_t strategy = 0) {
  return point.strategies.at(strategy).metrics.at(0).estimate.value.value();
}

TEST_F(Sweep, APointIsTheRunOfTheScenarioWithThatValue) {
  vary("failures.disk.lifetime=1 %/year:4 %/year:3");
  const auto result = sweep(plan_);
  ASSERT_TRUE(result);
  ASSERT_THAT(result.value().points, SizeIs(3));
  for (const Point& point : result.value().points) {
    const auto scenario =
        scenario::read_scenario(file_, {"failures.disk.lifetime=" + point.values.at(0)});
    ASSERT_TRUE(scenario);
    const auto alone = fleet::run(scenario.value(), plan_.run);
    const auto* metric = alone.value().strategies.at(1).find("annual_loss_probability");
    EXPECT_EQ(value_of(point, 1), metric->estimate.value);
    EXPECT_THAT(point.strategies.at(1).metrics, SizeIs(1));
  }
}

TEST_F(Sweep, MoreFailuresNeverLoseLess) {
  vary("failures.disk.lifetime=0.1 %/year:50 %/year:9:log");
  const auto result = sweep(plan_);
  ASSERT_TRUE(result);
  for (std::size_t i = 1; i < result.value().points.size(); ++i) {
    EXPECT_GT(value_of(result.value().points[i]), value_of(result.value().points[i - 1]));
  }
}

TEST_F(Sweep, TheLastOfTwoAxesVariesFastest) {
  vary("failures.disk.lifetime=1 %/year,2 %/year");
  vary("strategies.1.code.parity=1:3:3");
  const auto result = sweep(plan_);
  ASSERT_TRUE(result);
  ASSERT_THAT(result.value().points, SizeIs(6));
  EXPECT_THAT(result.value().points[1].values, ElementsAre("1 %/year", "2"));
  EXPECT_THAT(result.value().points[3].values, ElementsAre("2 %/year", "1"));
  EXPECT_GT(value_of(result.value().points[0], 1), value_of(result.value().points[1], 1));
}

TEST_F(Sweep, SimulatedPointsMeetTheSameFailures) {
  vary("data.logical=100 TB,90 TB");
  plan_.run.method = sim::Method::direct;
  plan_.run.replicates = {0, 16};
  plan_.metrics = {"data_unavailability", "repair_bytes_per_day.total"};
  const auto result = sweep(plan_);
  ASSERT_TRUE(result);
  ASSERT_THAT(result.value().points, SizeIs(2));
  const auto& first = result.value().points[0].strategies.at(0).metrics;
  const auto& second = result.value().points[1].strategies.at(0).metrics;
  ASSERT_THAT(first, SizeIs(2));
  // Outages do not depend on the amount of data; traffic is in proportion to it.
  EXPECT_NEAR(first[0].estimate.value.value_or(1) / second[0].estimate.value.value_or(1), 1, 0.05);
  EXPECT_NEAR(second[1].estimate.value.value() / first[1].estimate.value.value(), 0.9, 0.02);
}

TEST_F(Sweep, AWrongValueIsToldBeforeAnythingRuns) {
  vary("failures.disk.lifetime=1 %/year,5 TB");
  const auto result = sweep(plan_);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.diagnostics().front().file, "--vary failures.disk.lifetime=5 TB");
}

TEST_F(Sweep, AnUnknownPathIsToldWithTheNearestName) {
  vary("failures.disk.lifetme=1 %/year:2 %/year:2");
  const auto result = sweep(plan_);
  ASSERT_FALSE(result);
  EXPECT_THAT(scenario::to_string(result.diagnostics().front()),
              HasSubstr("did you mean 'lifetime'?"));
}

TEST_F(Sweep, AMetricThatTheMethodDoesNotGiveIsAFault) {
  vary("failures.disk.lifetime=1 %/year:2 %/year:2");
  plan_.metrics = {"rebuild_hours_per_tb.p50"};
  const auto result = sweep(plan_);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.diagnostics().front().file, "--metric rebuild_hours_per_tb.p50");
  EXPECT_THAT(result.diagnostics().front().message, HasSubstr("--method direct"));
}

TEST_F(Sweep, StopsWithWhatIsKnown) {
  vary("failures.disk.lifetime=1 %/year:2 %/year:5");
  std::stop_source source;
  source.request_stop();
  const auto result = sweep(plan_, {}, source.get_token());
  ASSERT_TRUE(result);
  EXPECT_TRUE(result.value().interrupted);
  EXPECT_THAT(result.value().points, SizeIs(0));
}

TEST(Grid, TooManyPointsAreCountedWithoutOverflow) {
  const Axis wide{"a", std::vector<std::string>(max_points, "1")};
  EXPECT_EQ(points_of({wide}), max_points);
  EXPECT_EQ(points_of({wide, wide, wide, wide, wide}), max_points + 1);
}

}  // namespace
}  // namespace models::sweep
