#include "models/planning/read_plan.h"
#include "models/planning/run_plan.h"
#include "reports/plan_report.h"
#include "tests/gui/window_fixture.h"

namespace gui {
namespace {

TEST_F(Window, AScreenedPlanShowsTheVerdictOfTheLibrary) {
  QWidget* planner = panel("planner");
  click("screen");
  ASSERT_TRUE(idle(planner));
  const std::string file = find<QComboBox>("plans")->currentData().toString().toStdString();
  const auto plan = models::planning::read_plan(file, {});
  ASSERT_TRUE(plan);
  models::planning::PlanOptions options;
  options.most_confirmed = 0;
  const auto same = models::planning::run_plan(plan.value(), options);
  EXPECT_EQ(find<QLabel>("plan verdict")->text().toStdString(), reports::plan_verdict(same).en);
  EXPECT_GT(find<QComboBox>("plan tables")->count(), 4);
}

}  // namespace
}  // namespace gui
