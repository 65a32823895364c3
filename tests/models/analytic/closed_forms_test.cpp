#include "models/analytic/closed_forms.h"

#include <gtest/gtest.h>

namespace models::analytic {
namespace {

TEST(ClosedForms, FourUnitReadingsOfARebuildByAHundredMachines) {
  const auto seconds = rebuild_unit_readings(100, 1, 30);
  EXPECT_NEAR(seconds[0].value, 349.5, 0.05);
  EXPECT_NEAR(seconds[1].value, 333.3, 0.05);
  EXPECT_NEAR(seconds[2].value, 317.9, 0.05);
  EXPECT_NEAR(seconds[3].value, 366.5, 0.05);
}

TEST(ClosedForms, AnyOfManyKeepsRelativeAccuracyAndItsEnds) {
  EXPECT_NEAR(any_of_independent(1e6, 1e-18) / 1e-12, 1, 1e-11);
  EXPECT_EQ(any_of_independent(0, 0.5), 0);
  EXPECT_EQ(any_of_independent(0, 1), 0);
  EXPECT_EQ(any_of_independent(3, 0), 0);
  EXPECT_EQ(any_of_independent(3, 1), 1);
}

}  // namespace
}  // namespace models::analytic
