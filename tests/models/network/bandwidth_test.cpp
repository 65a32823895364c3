#include "models/network/bandwidth.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

namespace models::network {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

TEST(SharedBandwidth, OneFlowGoesAtThePaceOfItsTightestResource) {
  SharedBandwidth network({100, 10, infinite});
  const std::array<Demand, 3> demands{{{0, 1000}, {1, 500}, {2, 1e9}}};
  const std::array<Flow, 1> flows{{{0, 1000, demands}}};
  std::array<double, 1> rates{};
  network.share(flows, rates);
  EXPECT_DOUBLE_EQ(rates[0], 10.0 / 500);
}

TEST(SharedBandwidth, EqualsShareAFullResourceEqually) {
  SharedBandwidth network({90});
  const std::array<Demand, 1> demand{{{0, 300}}};
  const std::array<Flow, 3> flows{{{1, 300, demand}, {1, 300, demand}, {1, 300, demand}}};
  std::array<double, 3> rates{};
  network.share(flows, rates);
  for (const double rate : rates) EXPECT_DOUBLE_EQ(rate, 0.1);
}

TEST(SharedBandwidth, WhatAFlowCannotUseGoesToTheOthers) {
  // Flow 0 is held to 10 B/s by its own resource; flow 1 gets the other 90 of the shared one.
  SharedBandwidth network({100, 10});
  const std::array<Demand, 2> held{{{0, 100}, {1, 100}}};
  const std::array<Demand, 1> open{{{0, 100}}};
  const std::array<Flow, 2> flows{{{0, 100, held}, {0, 100, open}}};
  std::array<double, 2> rates{};
  network.share(flows, rates);
  EXPECT_NEAR(rates[0], 0.1, 1e-12);
  EXPECT_NEAR(rates[1], 0.9, 1e-12);
}

TEST(SharedBandwidth, TheMoreUrgentGoesFirstAndTheOtherWaits) {
  SharedBandwidth network({100, 50});
  const std::array<Demand, 1> demand{{{0, 100}}};
  const std::array<Demand, 1> elsewhere{{{1, 100}}};
  const std::array<Flow, 3> flows{{{2, 100, demand}, {1, 100, demand}, {2, 100, elsewhere}}};
  std::array<double, 3> rates{};
  network.share(flows, rates);
  EXPECT_DOUBLE_EQ(rates[1], 1.0);
  EXPECT_DOUBLE_EQ(rates[0], 0.0);
  EXPECT_DOUBLE_EQ(rates[2], 0.5);
}

TEST(SharedBandwidth, NoResourceIsEverUsedBeyondItsCapacity) {
  SharedBandwidth network({70, 40, 25});
  const std::array<Demand, 2> a{{{0, 10}, {1, 20}}};
  const std::array<Demand, 2> b{{{1, 5}, {2, 30}}};
  const std::array<Demand, 2> c{{{0, 50}, {2, 1}}};
  const std::array<Flow, 3> flows{{{0, 10, a}, {0, 30, b}, {1, 50, c}}};
  std::array<double, 3> rates{};
  network.share(flows, rates);
  std::array<double, 3> used{};
  for (std::size_t f = 0; f < flows.size(); ++f) {
    for (const Demand& demand : flows[f].demands) used[demand.resource] += rates[f] * demand.bytes;
  }
  EXPECT_LE(used[0], 70 * (1 + 1e-9));
  EXPECT_LE(used[1], 40 * (1 + 1e-9));
  EXPECT_LE(used[2], 25 * (1 + 1e-9));
}

TEST(SharedBandwidth, AFlowThatNothingLimitsIsInfinitelyFast) {
  SharedBandwidth network({infinite});
  const std::array<Demand, 1> demand{{{0, 100}}};
  const std::array<Flow, 1> flows{{{0, 100, demand}}};
  std::array<double, 1> rates{};
  network.share(flows, rates);
  EXPECT_TRUE(std::isinf(rates[0]));
}

}  // namespace
}  // namespace models::network
