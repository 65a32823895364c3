#include "models/codes/gf_matrix.h"

#include <gtest/gtest.h>
#include <isa-l/erasure_code.h>

#include <algorithm>
#include <random>
#include <vector>

namespace models::codes {
namespace {

GfMatrix random_matrix(std::mt19937& engine, std::size_t rows, std::size_t columns) {
  GfMatrix m(rows, columns);
  for (auto& cell : m.cells()) cell = static_cast<std::uint8_t>(engine());
  return m;
}

GfMatrix identity(std::size_t n) {
  GfMatrix m(n, n);
  for (std::size_t i = 0; i < n; ++i) m.at(i, i) = 1;
  return m;
}

TEST(GfMatrix, RankOfAProductIsItsInnerDimension) {
  std::mt19937 engine(1);
  for (std::size_t inner = 1; inner <= 8; ++inner) {
    // Identity blocks make both factors of full rank for certain.
    GfMatrix a = random_matrix(engine, 12, inner);
    GfMatrix b = random_matrix(engine, inner, 10);
    for (std::size_t i = 0; i < inner; ++i) {
      for (std::size_t j = 0; j < inner; ++j) a.at(11 - i, j) = b.at(i, 9 - j) = i == j ? 1 : 0;
    }
    EXPECT_EQ(rank(multiply(a, b)), inner);
  }
  EXPECT_EQ(rank(GfMatrix(5, 7)), 0U);
  EXPECT_EQ(rank(GfMatrix(0, 7)), 0U);
}

TEST(GfMatrix, ExpressInvertsAsIsalDoes) {
  std::mt19937 engine(2);
  int singular = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::size_t n = 1 + engine() % 6;
    const GfMatrix m = random_matrix(engine, n, n);
    GfMatrix copy = m;
    GfMatrix inverse(n, n);
    const bool invertible =
        gf_invert_matrix(copy.cells().data(), inverse.cells().data(), static_cast<int>(n)) == 0;
    const auto ours = express(m, identity(n));
    ASSERT_EQ(ours.has_value(), invertible);
    ASSERT_EQ(rank(m) == n, invertible);
    if (ours) {
      ASSERT_EQ(*ours, inverse);
    }
    singular += invertible ? 0 : 1;
  }
  EXPECT_GT(singular, 0);  // about 1 in 256: the refusal is exercised
}

TEST(GfMatrix, ExpressFindsATargetInTheSpanOfTooFewRowsAndRefusesOneOutside) {
  GfMatrix sources(3, 4);  // the second is twice the first: rank 2 of 4
  const std::vector<std::uint8_t> first{1, 2, 3, 4};
  const std::vector<std::uint8_t> third{0, 0, 5, 1};
  for (std::size_t j = 0; j < 4; ++j) {
    sources.at(0, j) = first[j];
    sources.at(1, j) = gf_mul(2, first[j]);
    sources.at(2, j) = third[j];
  }
  GfMatrix inside(1, 4);
  for (std::size_t j = 0; j < 4; ++j) {
    inside.at(0, j) = static_cast<std::uint8_t>(gf_mul(7, first[j]) ^ gf_mul(9, third[j]));
  }
  const auto x = express(sources, inside);
  ASSERT_TRUE(x);
  EXPECT_EQ(x->at(0, 0), 7);
  EXPECT_EQ(x->at(0, 1), 0);  // dependent on the first, so not read
  EXPECT_EQ(x->at(0, 2), 9);
  GfMatrix outside = inside;
  outside.at(0, 3) ^= 1;
  EXPECT_FALSE(express(sources, outside));
  EXPECT_FALSE(express(GfMatrix(0, 4), inside));
}

}  // namespace
}  // namespace models::codes
