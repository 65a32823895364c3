#include "models/sweep/boundary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace models::sweep {
namespace {

/// Meets below `limit`; open within this factor of it.
auto below(double limit, double open = 1) {
  return [limit, open](double at) -> Answer {
    const double margin = std::log(limit / at);
    if (at < limit / open) return {Side::meets, margin};
    return {at > limit * open ? Side::fails : Side::open, margin};
  };
}

Answer meets_if(bool met) { return met ? Answer{Side::meets, 1} : Answer{Side::fails, -1}; }

TEST(Boundary, IsFoundFromFarOnEitherSide) {
  for (const double start : {1e-3, 3.3, 4e4}) {
    const Boundary found =
        find_boundary({.start = start, .low = {}, .high = {}, .whole = false}, below(3.7));
    ASSERT_TRUE(found.meets && found.fails) << start;
    EXPECT_LT(*found.meets, 3.7);
    EXPECT_GT(*found.fails, 3.7);
    EXPECT_LT(*found.fails / *found.meets, 1.051);
    EXPECT_TRUE(found.monotone);
  }
}

TEST(Boundary, IsFoundWhereMoreIsBetter) {
  const Boundary found =
      find_boundary({.start = 1, .low = {}, .high = {}, .whole = false}, [](double at) {
        return Answer{at >= 80 ? Side::meets : Side::fails, at - 80};
      });
  ASSERT_TRUE(found.meets && found.fails);
  EXPECT_GE(*found.meets, 80);
  EXPECT_LT(*found.fails, 80);
  EXPECT_LT(*found.meets / *found.fails, 1.051);
}

TEST(Boundary, WhatStaysOpenIsClosedInOnFromBothSides) {
  const Boundary found =
      find_boundary({.start = 1, .low = {}, .high = {}, .whole = false}, below(50, 1.5));
  ASSERT_TRUE(found.meets && found.fails);
  EXPECT_NEAR(std::log(*found.meets), std::log(50 / 1.5), 0.06);
  EXPECT_NEAR(std::log(*found.fails), std::log(50 * 1.5), 0.06);
}

TEST(Boundary, OfWholeNumbersIsBetweenNeighbours) {
  for (const double start : {0.0, 1.0, 40.0}) {
    const Boundary found =
        find_boundary({.start = start, .low = {}, .high = {}, .whole = true}, [](double at) {
          return Answer{at >= 6 ? Side::meets : Side::fails, at - 5.5};
        });
    EXPECT_EQ(found.meets, 6) << start;
    EXPECT_EQ(found.fails, 5) << start;
  }
}

TEST(Boundary, StaysWithinTheEndsGiven) {
  double least = 1e9;
  double most = 0;
  const Boundary found =
      find_boundary({.start = 1, .low = 2, .high = 9, .whole = false}, [&](double at) {
        least = std::min(least, at);
        most = std::max(most, at);
        return meets_if(at < 3);
      });
  EXPECT_EQ(least, 2);
  EXPECT_EQ(most, 9);
  EXPECT_LT(*found.meets, 3);
  EXPECT_GE(*found.fails, 3);
}

TEST(Boundary, GoesAsFarAsValuesAreValid) {
  const Boundary all =
      find_boundary({.start = 1, .low = {}, .high = {}, .whole = false}, [](double at) {
        return Answer{at > 700 || at < 0.5 ? Side::refused : Side::meets, 1e3 - at};
      });
  EXPECT_TRUE(all.meets);
  EXPECT_FALSE(all.fails);
  EXPECT_GT(all.trials.back().at, 500);
  EXPECT_LT(all.trials.front().at, 0.7);
}

TEST(Boundary, SaysWhereThereIsNone) {
  const Boundary found = find_boundary({.start = 100, .low = 1, .high = 1000, .whole = false},
                                       [](double at) { return meets_if(!(at > 20 && at < 400)); });
  EXPECT_FALSE(found.fails) << "both ends meet it: nothing is known of what is between";
  const Boundary twice = find_boundary({.start = 10, .low = {}, .high = {}, .whole = false},
                                       [](double at) { return meets_if(!(at > 20 && at < 400)); });
  EXPECT_FALSE(twice.monotone) << "it is met again beyond 400";
}

TEST(Boundary, EndsWhenItIsCut) {
  int asked = 0;
  const Boundary found =
      find_boundary({.start = 1, .low = {}, .high = {}, .whole = false}, [&](double) {
        return Answer{++asked > 3 ? Side::cut : Side::meets, 1};
      });
  EXPECT_TRUE(found.cut);
  EXPECT_EQ(asked, 4);
  EXPECT_EQ(found.trials.size(), 3U);
}

}  // namespace
}  // namespace models::sweep
