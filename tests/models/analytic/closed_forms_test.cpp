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

TEST(ClosedForms, TailsKeepRelativeAccuracy) {
  EXPECT_NEAR(binomial_tail(3, 1, 1e-10) / (3e-20 - 2e-30), 1, 1e-12);
  EXPECT_NEAR(any_of_independent(1e6, 1e-18) / 1e-12, 1, 1e-11);
}

}  // namespace
}  // namespace models::analytic
