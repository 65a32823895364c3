#include "models/analytic/chain.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace models::analytic {
namespace {

double lost_by(const BirthDeath& chain, double t) {
  return absorbed_by(birth_death(chain.up, chain.down), t);
}

TEST(Chain, RecursionAndEliminationAgree) {
  for (const Repair mode : {Repair::parallel, Repair::serial}) {
    const BirthDeath chain = k_of_n(14, 4, 0.02, 365, mode);
    const double h = birth_death_mean_time(chain);
    EXPECT_NEAR(mean_time(birth_death(chain.up, chain.down)) / h, 1, 1e-12);
  }
}

TEST(Chain, RepairersAreOnePerMissingUnitOrOneForAll) {
  EXPECT_EQ(k_of_n(5, 3, 2, 7, Repair::parallel).down, (std::vector<double>{0, 7, 14, 21}));
  EXPECT_EQ(k_of_n(5, 3, 2, 7, Repair::serial).down, (std::vector<double>{0, 7, 7, 7}));
  EXPECT_EQ(k_of_n(5, 3, 2, 7, Repair::serial).up, (std::vector<double>{10, 8, 6, 4}));
}

TEST(Chain, LossWithinAYearOfTenPlusFourKeepsSevenDigits) {
  EXPECT_NEAR(lost_by(k_of_n(14, 4, 0.02, 36.5, Repair::parallel), 1) / 1.686546e-11, 1, 5e-7);
  EXPECT_NEAR(lost_by(k_of_n(14, 4, 0.02, 365, Repair::parallel), 1) / 1.792810e-15, 1, 5e-7);
}

// References: the same chains with 70 digits (scaling and squaring of the generator).
TEST(Chain, LossByTheEndAgreesWithSeventyDigitsAlsoWhereRepairIsAMillionTimesFaster) {
  const auto ratio = [](const BirthDeath& chain, double t, double reference) {
    return lost_by(chain, t) / reference;
  };
  constexpr double digits = 1e-12;
  EXPECT_NEAR(ratio(k_of_n(6, 2, 0.02, 1e6, Repair::parallel), 10, 4.799998512000199e-15), 1,
              digits);
  EXPECT_NEAR(ratio(k_of_n(14, 4, 0.02, 52596, Repair::parallel), 10, 4.185706223929104e-23), 1,
              digits);
  EXPECT_NEAR(ratio(k_of_n(9, 3, 0.014, 1e5, Repair::serial), 10, 1.161693915339433e-18), 1,
              digits);
  EXPECT_NEAR(ratio(k_of_n(20, 10, 0.05, 1000, Repair::parallel), 5, 4.503271592135234e-38), 1,
              digits);
  EXPECT_NEAR(ratio(k_of_n(12, 6, 0.01, 36525, Repair::parallel), 10, 2.334949085722994e-37), 1,
              digits);
  EXPECT_NEAR(ratio(k_of_n(3, 2, 1, 0.5, Repair::parallel), 3, 0.7087729607671929), 1, digits);
}

TEST(Chain, OneStepIsTheExponentialLaw) {
  EXPECT_NEAR(lost_by(k_of_n(1, 0, 0.5, 0, Repair::parallel), 3) / -std::expm1(-1.5), 1, 1e-13);
}

TEST(Chain, WithoutTimeOrRatesNothingIsLost) {
  EXPECT_EQ(lost_by(k_of_n(9, 3, 0.1, 10, Repair::parallel), 0), 0);
  EXPECT_EQ(lost_by(k_of_n(9, 3, 0, 10, Repair::parallel), 5), 0);
  const BirthDeath idle = k_of_n(9, 3, 0, 10, Repair::parallel);
  EXPECT_EQ(birth_death_mean_time(idle), std::numeric_limits<double>::infinity());
  EXPECT_EQ(mean_time(birth_death(idle.up, idle.down)), std::numeric_limits<double>::infinity());
}

TEST(Chain, MoreParityFasterRepairAndRarerLossNeverHurt) {
  const double base = lost_by(k_of_n(9, 3, 0.02, 100, Repair::parallel), 10);
  EXPECT_LT(lost_by(k_of_n(10, 4, 0.02, 100, Repair::parallel), 10), base);
  EXPECT_LT(lost_by(k_of_n(9, 3, 0.02, 101, Repair::parallel), 10), base);
  EXPECT_LT(lost_by(k_of_n(9, 3, 0.0199, 100, Repair::parallel), 10), base);
  EXPECT_GT(lost_by(k_of_n(9, 3, 0.02, 100, Repair::serial), 10), base);
}

}  // namespace
}  // namespace models::analytic
