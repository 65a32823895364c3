#include "models/analytic/closed_forms.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "models/analytic/chain.h"

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

// References: the sum over all counts of lost groups with 30 digits.
TEST(ClosedForms, StripesOfAnObjectThatShareAGroupAreLostTogether) {
  EXPECT_NEAR(object_loss(1000, 200, 1e-12) / 1.986692062645976e-10, 1, 1e-12);
  EXPECT_NEAR(object_loss(16, 10000, 1e-3) / 0.01586874238528407, 1, 1e-12);
  EXPECT_NEAR(object_loss(5, 50, 0.3) / 0.8175063395712, 1, 1e-12);
  EXPECT_NEAR(object_loss(3, 2000, 0.5) / 0.8748125, 1, 1e-12);
  EXPECT_NEAR(object_loss(100, 1e6, 1 - 2e-9), 1, 1e-12);  // all but a few groups are lost
  EXPECT_NEAR(object_loss(2, 1000, 1 - 1e-15), 1, 1e-12);
}

TEST(ClosedForms, AnObjectOfOneStripeOrOnOneGroupIsLostWithIt) {
  EXPECT_EQ(object_loss(1, 1e6, 1e-20), 1e-20);
  EXPECT_EQ(object_loss(0.5, 1e6, 1e-20), 1e-20);
  EXPECT_NEAR(object_loss(64, 1, 0.25), 0.25, 1e-15);
  EXPECT_EQ(object_loss(64, 100, 0), 0);
  EXPECT_EQ(object_loss(64, 100, 1), 1);
  EXPECT_EQ(object_loss(64, 0, 0.5), 0);
}

TEST(ClosedForms, SerialRepairIsItsChain) {
  for (int needed = 1; needed <= 9; ++needed) {
    const BirthDeath chain = k_of_n(9, 9 - needed, 0.02, 300, Repair::serial);
    EXPECT_NEAR(serial_repair_mttdl(9, needed, 0.02, 300) / birth_death_mean_time(chain), 1, 1e-13);
  }
}

TEST(ClosedForms, SmallLossesKeepRelativeAccuracy) {
  // References with 40 digits.
  EXPECT_NEAR(poisson_durability(100, 40, 1e-4).lost / 1.95084346766243e-206, 1, 1e-12);
  EXPECT_NEAR(windowed_annual_loss(14, 4, {1e-4}, sim::day, sim::year) / 1.12486909677003e-27, 1,
              1e-12);
}

// The chain of units that go on failing beyond the tolerated number, in equilibrium: its flow
// upwards is what the formula says, for exponential repair and so for any.
TEST(ClosedForms, TheCrossingRateIsTheFlowOfTheChainInEquilibrium) {
  constexpr int n = 6;
  const double loss = 0.3;
  const double repair = 2.0;
  std::vector<double> weight{1};
  for (int i = 0; i < n; ++i) weight.push_back(weight.back() * (n - i) * loss / ((i + 1) * repair));
  const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
  for (int tolerated = 0; tolerated < n; ++tolerated) {
    const double flow =
        weight[static_cast<std::size_t>(tolerated)] / total * (n - tolerated) * loss;
    EXPECT_NEAR(crossing_rate(n, tolerated, loss, 1 / repair) / flow, 1, 1e-13) << tolerated;
  }
}

TEST(ClosedForms, WhereLossIsRareTheCrossingRateIsTheChains) {
  const double mttdl = birth_death_mean_time(k_of_n(20, 3, 1e-4, 100, Repair::parallel));
  EXPECT_NEAR(crossing_rate(20, 3, 1e-4, 0.01) * mttdl, 1, 2e-4);
  EXPECT_EQ(crossing_rate(4, 0, 0.5, 0), 2);
}

}  // namespace
}  // namespace models::analytic
