#include "models/analytic/chain.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace models::analytic {
namespace {

struct Rates {
  std::vector<double> up, down;
};

// n shards, parallel repair: up_i = (n - i) loss, down_i = i repair.
Rates parallel(int n, int parity, double loss, double repair) {
  Rates r;
  for (int i = 0; i <= parity; ++i) {
    r.up.push_back((n - i) * loss);
    r.down.push_back(i * repair);
  }
  return r;
}

TEST(Chain, RecursionAndEliminationAgree) {
  const Rates r = parallel(14, 4, 0.02, 365);
  const double h = birth_death_mean_time(r.up, r.down);
  EXPECT_NEAR(mean_time(birth_death(r.up, r.down)) / h, 1, 1e-12);
}

TEST(Chain, LossWithinAYearOfTenPlusFourKeepsSevenDigits) {
  const Rates slow = parallel(14, 4, 0.02, 36.5);
  const Rates fast = parallel(14, 4, 0.02, 365);
  EXPECT_NEAR(absorbed_by(birth_death(slow.up, slow.down), 1) / 1.686546e-11, 1, 5e-7);
  EXPECT_NEAR(absorbed_by(birth_death(fast.up, fast.down), 1) / 1.792810e-15, 1, 5e-7);
}

TEST(Chain, OneStepIsTheExponentialLaw) {
  const Rates r = parallel(1, 0, 0.5, 0);
  EXPECT_NEAR(absorbed_by(birth_death(r.up, r.down), 3) / -std::expm1(-1.5), 1, 1e-13);
}

}  // namespace
}  // namespace models::analytic
