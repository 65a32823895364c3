// Demand by hand: what comes in is stored, cools or expires, and nothing else.
#include "models/planning/demand.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/planning/small_plan.h"

namespace models::planning {
namespace {

TEST(Demand, ThreeYearsOfTwoTiersByHand) {
  // 100 objects of 2 TB at 2:1 are 100 TB a year, growing by a half; 80 TB are there, of the year
  // before. Cold after one year, kept for two.
  const Plan plan = small_plan();
  const auto years = demand_of(plan, 1);
  ASSERT_EQ(years.size(), 3U);
  EXPECT_DOUBLE_EQ(years[0].produced.value, 200e12);
  EXPECT_DOUBLE_EQ(years[0].ingested.value, 100e12);
  EXPECT_DOUBLE_EQ(years[1].ingested.value, 150e12);
  EXPECT_DOUBLE_EQ(years[2].ingested.value, 225e12);
  // At the end of a year its own intake is younger than one year: hot. The year before is cold, the
  // one before that is gone.
  EXPECT_DOUBLE_EQ(years[0].hot.value, 100e12);
  EXPECT_DOUBLE_EQ(years[0].cold.value, 80e12);
  EXPECT_DOUBLE_EQ(years[0].expired.value, 0);
  EXPECT_DOUBLE_EQ(years[1].hot.value, 150e12);
  EXPECT_DOUBLE_EQ(years[1].cold.value, 100e12);
  EXPECT_DOUBLE_EQ(years[1].expired.value, 80e12);
  EXPECT_DOUBLE_EQ(years[2].expired.value, 100e12);
  EXPECT_DOUBLE_EQ(years[2].cooled.value, 150e12);
}

TEST(Demand, WhatIsIngestedIsStoredOrExpired) {
  Plan plan = small_plan();
  plan.years = 30;
  plan.demand.sources[0].retention = {{"a", 0.6, 3.3}, {"b", 0.4, 11.75}};
  for (const double cold_after : {0.25, 1.0, 2.6, never}) {
    Bytes before = stock_of(plan);
    Bytes cold{};
    for (const YearDemand& year : demand_of(plan, cold_after)) {
      const double in = (before + year.ingested).value;
      EXPECT_NEAR((year.stored() + year.expired).value, in, 1e-9 * in);
      before = year.stored();
      cold = year.cold;
    }
    if (cold_after == never) {
      EXPECT_EQ(cold.value, 0);
    }
  }
}

TEST(Demand, EveryReadFallsIntoSomeYear) {
  // With nothing coming in after the first year, the reads of all years are those of its objects.
  Plan plan = small_plan();
  plan.years = 12;
  Source& source = plan.demand.sources[0];
  source.stock = {};
  source.growth = {{-0.999999999, 100}};
  source.retention = {{"kept", 1, 9}};
  double reads = 0;
  for (const YearDemand& year : demand_of(plan, 0.5)) reads += year.hot_reads + year.cold_reads;
  EXPECT_NEAR(reads, 100 * source.reads_per_object, 1e-5);
}

TEST(Demand, GrowthGoesStepByStepAndTheLastStepHolds) {
  const std::vector<GrowthStep> steps{{0.4, 5}, {0.1, 100}};
  EXPECT_DOUBLE_EQ(growth_factor(steps, 0), 1);
  EXPECT_NEAR(growth_factor(steps, 5), std::pow(1.4, 5), 1e-12);
  EXPECT_NEAR(growth_factor(steps, 8), std::pow(1.4, 5) * std::pow(1.1, 3), 1e-12);
}

}  // namespace
}  // namespace models::planning
