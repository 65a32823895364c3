#include "models/lifecycle/metadata.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/quantity.h"

namespace models::lifecycle {
namespace {

using sim::hours;
using sim::years;

TEST(Metadata, OfOneStoreTheLifeOfTheDataIsItsOwn) {
  const scenario::MetadataStore one{.name = "",
                                    .count = 1,
                                    .lifetime = sim::Distribution::exponential(years(10)),
                                    .resync = {},
                                    .backup_every = std::nullopt};
  EXPECT_NEAR(metadata_loss(one).value, 0.1, 1e-12);
}

TEST(Metadata, TwoStoresAreAMirror) {
  const scenario::MetadataStore pair{.name = "",
                                     .count = 2,
                                     .lifetime = sim::Distribution::exponential(years(10)),
                                     .resync = hours(24),
                                     .backup_every = std::nullopt};
  // 2 l^2 / m, to first order: 2 x 0.1 x 0.1 x a day.
  EXPECT_NEAR(metadata_loss(pair).value, 2 * 0.01 / 365.25, 1e-7);
}

TEST(Metadata, ANameNodeStartsWhenAllBlocksAreReported) {
  const scenario::NameNodeStart node{
      .block = {128e6},
      .blocks = {1000},
      .safe_mode = {30},
      .count = 1,
      .switch_over = {},
      .outage = {sim::Distribution::exponential(hours(1000)), sim::Distribution::fixed(hours(1))}};
  EXPECT_DOUBLE_EQ(start_time(node, 30000).value, 60);
  EXPECT_NEAR(name_node_away(node, 30000), 3660.0 / (3.6e6 + 3660), 1e-12);
}

TEST(Metadata, OfTwoNameNodesOneTakesOver) {
  const scenario::NameNodeStart node{
      .block = {128e6},
      .blocks = {1000},
      .safe_mode = {30},
      .count = 2,
      .switch_over = {60},
      .outage = {sim::Distribution::exponential(hours(1000)), sim::Distribution::fixed(hours(1))}};
  const double one = 3660.0 / (3.6e6 + 3660);
  EXPECT_NEAR(name_node_away(node, 30000), 60.0 / (3.6e6 + 3660) + one * one, 1e-12);
}

TEST(Metadata, AKeyIsGoneWhenAllItsCopiesAre) {
  const sim::PerSecond rate = sim::per_second(PerYear{0.01});
  EXPECT_NEAR(key_loss({.copies = 1, .lost = rate, .checked_every = years(1)}).value, 0.01, 1e-12);
  const double gone = -std::expm1(-0.01);
  EXPECT_NEAR(key_loss({.copies = 2, .lost = rate, .checked_every = years(1)}).value, gone * gone,
              1e-8);
  EXPECT_NEAR(key_loss({.copies = 2, .lost = rate, .checked_every = years(0.5)}).value,
              2 * 0.005 * 0.005, 1e-6);
}

}  // namespace
}  // namespace models::lifecycle
