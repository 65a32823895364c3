#include "models/records/survival_curve.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace {

using models::records::AgeTable;
using models::records::Life;
using models::records::survival_curve;
using sim::years;

std::vector<Life> lives_of(const std::vector<std::pair<double, bool>>& ends) {
  std::vector<Life> lives;
  for (const auto& [age, failed] : ends) lives.push_back({years(0), years(age), failed, 1});
  return lives;
}

/// Remission of 21 patients under 6-MP (Freireich et al. 1963), the example of Kaplan-Meier in most
/// textbooks: Klein and Moeschberger 2003, tables 4.1A and 4.2.
TEST(SurvivalCurve, IsThatOfTheTextbookExample) {
  const AgeTable ages(lives_of(
      {{6, true},   {6, true},   {6, true},   {6, false},  {7, true},   {9, false},  {10, true},
       {10, false}, {11, false}, {13, true},  {16, true},  {17, false}, {19, false}, {20, false},
       {22, true},  {23, true},  {25, false}, {32, false}, {32, false}, {34, false}, {35, false}}));
  const auto curve = survival_curve(ages);
  ASSERT_EQ(curve.size(), 7U);
  const double survival[] = {0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448};
  const double hazard[] = {0.1428, 0.2017, 0.2683, 0.3517, 0.4426, 0.5854, 0.7521};
  const double at_risk[] = {21, 17, 15, 12, 11, 7, 6};
  for (std::size_t i = 0; i < 7; ++i) {
    EXPECT_NEAR(curve[i].survival, survival[i], 0.0006) << i;
    EXPECT_NEAR(curve[i].hazard, hazard[i], 0.0006) << i;
    EXPECT_EQ(curve[i].at_risk, at_risk[i]) << i;
  }
  // Greenwood's error at 6 is 0.0764; on log(-log S): 0.857^exp(-+1.96 x 0.0764/(0.857 x 0.154)).
  EXPECT_NEAR(curve[0].survival_ci95.low, 0.620, 0.001);
  EXPECT_NEAR(curve[0].survival_ci95.high, 0.952, 0.001);
}

/// By hand: units at 1 and 2 of age join at those ages and are not at risk before.
TEST(SurvivalCurve, LeavesOutWhoWasNotWatchedYet) {
  const std::vector<Life> lives{{years(0), years(1), true, 1},
                                {years(0), years(3), true, 1},
                                {years(2), years(4), true, 1},
                                {years(1), years(5), false, 1}};
  const auto curve = survival_curve(AgeTable(lives));
  ASSERT_EQ(curve.size(), 3U);
  EXPECT_EQ(curve[0].at_risk, 2);  // who joins at 1 is not at risk at 1
  EXPECT_EQ(curve[1].at_risk, 3);
  EXPECT_EQ(curve[2].at_risk, 2);
  EXPECT_DOUBLE_EQ(curve[2].survival, 0.5 * (2.0 / 3) * 0.5);
  EXPECT_DOUBLE_EQ(curve[2].hazard, 0.5 + 1.0 / 3 + 0.5);
}

TEST(SurvivalCurve, CountsAWeightAsThatManyUnits) {
  const std::vector<Life> one{{years(0), years(1), true, 3}, {years(0), years(2), false, 7}};
  const auto curve = survival_curve(AgeTable(one));
  ASSERT_EQ(curve.size(), 1U);
  EXPECT_DOUBLE_EQ(curve[0].survival, 0.7);
}

}  // namespace
