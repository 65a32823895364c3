#include "models/analytic/binomial.h"

#include <gtest/gtest.h>

#include <cmath>

namespace models::analytic {
namespace {

TEST(Binomial, TailsKeepRelativeAccuracy) {
  EXPECT_NEAR(binomial_tail(3, 1, 1e-10) / (3e-20 - 2e-30), 1, 1e-14);
  EXPECT_NEAR(binomial_tail(9, 3, 1e-3) / 1.25496839280315e-10, 1, 1e-13);
  EXPECT_NEAR(binomial_tail(256, 0, 1e-20) / 256e-20, 1, 1e-14);
}

TEST(Binomial, ATailIsTheSumOfItsTerms) {
  for (const double p : {1e-8, 0.02, 0.7}) {
    double sum = 0;
    for (int i = 14; i > 4; --i) sum += binomial_term(14, i, p);
    EXPECT_NEAR(binomial_tail(14, 4, p) / sum, 1, 1e-13) << p;
  }
}

TEST(Binomial, EndsAreExact) {
  EXPECT_EQ(binomial_tail(9, 3, 0), 0);
  EXPECT_EQ(binomial_tail(9, 3, 1), 1);
  EXPECT_EQ(binomial_tail(9, 9, 0.5), 0);
  EXPECT_EQ(binomial_tail(9, -1, 0.5), 1);
  EXPECT_EQ(binomial_tail(0, 0, 0.5), 0);
  EXPECT_EQ(binomial_term(9, 0, 0), 1);
  EXPECT_EQ(binomial_term(9, 9, 1), 1);
  EXPECT_EQ(binomial_term(9, 10, 0.5), 0);
  EXPECT_NEAR(binomial_term(4, 2, 0.5), 0.375, 1e-15);
}

}  // namespace
}  // namespace models::analytic
