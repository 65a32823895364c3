#include "sim/random.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "sim/moments.h"

namespace sim {
namespace {

constexpr double widest_z = 4.0;

// Random123's known answer of philox4x64 with ten rounds for counter and key zero
// (kat_vectors of the Random123 distribution).
TEST(Stream, GivesTheKnownAnswersOfPhilox) {
  Stream stream(0, static_cast<Purpose>(0));
  const std::array<std::uint64_t, 4> known{0x16554d9eca36314cULL, 0xdb20fe9d672d0fdcULL,
                                           0xd7e772cee186176bULL, 0x7e68b68aec7ba23bULL};
  for (const std::uint64_t word : known) EXPECT_EQ(stream.bits(), word);
}

TEST(Stream, ACopyContinuesWithTheSameNumbers) {
  Stream stream(7, Purpose::test, {1, 2, 3, 4});
  for (int i = 0; i < 5; ++i) stream.bits();
  Stream copy = stream;
  for (int i = 0; i < 20; ++i) EXPECT_EQ(stream.bits(), copy.bits());
}

TEST(Stream, EveryPartOfItsPlaceMovesTheNumbers) {
  const std::vector<Stream> streams{
      Stream(1, Purpose::test, {1, 1, 1, 1}),   Stream(2, Purpose::test, {1, 1, 1, 1}),
      Stream(1, Purpose::repair, {1, 1, 1, 1}), Stream(1, Purpose::test, {2, 1, 1, 1}),
      Stream(1, Purpose::test, {1, 2, 1, 1}),   Stream(1, Purpose::test, {1, 1, 2, 1}),
      Stream(1, Purpose::test, {1, 1, 1, 2})};
  for (std::size_t i = 0; i < streams.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      Stream a = streams[i];
      Stream b = streams[j];
      EXPECT_NE(a.bits(), b.bits()) << i << " and " << j;
    }
  }
}

TEST(Stream, UniformNumbersStayInsideTheOpenInterval) {
  Stream stream(3, Purpose::test);
  Moments moments;
  for (int i = 0; i < 200000; ++i) {
    const double u = stream.uniform();
    ASSERT_GT(u, 0.0);
    ASSERT_LT(u, 1.0);
    moments.add(u);
  }
  EXPECT_LT(std::abs(moments.mean() - 0.5) / moments.standard_error(), widest_z);
  EXPECT_NEAR(moments.variance(), 1.0 / 12.0, 0.001);
}

TEST(Stream, BelowIsEvenOverAnAwkwardRange) {
  Stream stream(4, Purpose::test);
  constexpr std::uint64_t range = 7;
  constexpr int draws = 140000;
  std::array<int, range> seen{};
  for (int i = 0; i < draws; ++i) ++seen.at(stream.below(range));
  const double expected = static_cast<double>(draws) / static_cast<double>(range);
  for (const int count : seen)
    EXPECT_LT(std::abs(count - expected) / std::sqrt(expected), widest_z);
  EXPECT_EQ(stream.below(1), 0U);
}

TEST(Stream, ExponentialAndNormalHaveTheirMoments) {
  Stream stream(5, Purpose::test);
  Moments exponential;
  Moments normal;
  Moments square;
  for (int i = 0; i < 200000; ++i) {
    exponential.add(stream.exponential());
    const double x = stream.normal();
    normal.add(x);
    square.add(x * x);
  }
  EXPECT_LT(std::abs(exponential.mean() - 1.0) / exponential.standard_error(), widest_z);
  EXPECT_LT(std::abs(normal.mean()) / normal.standard_error(), widest_z);
  EXPECT_LT(std::abs(square.mean() - 1.0) / square.standard_error(), widest_z);
}

}  // namespace
}  // namespace sim
