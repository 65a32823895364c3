#include "models/economics/cost.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace models::economics {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// 2 racks x 5 machines x 10 disks of 10 TB = 1000 TB raw, filled to 80 %.
scenario::Hardware thousand_terabytes() {
  scenario::Hardware hardware;
  hardware.racks_per_site = 2;
  hardware.machines_per_rack = 5;
  hardware.disks_per_machine = 10;
  hardware.disk.capacity = 10 * terabyte;
  hardware.usable_fill = 0.8;
  return hardware;
}

scenario::Data four_hundred_terabytes() {
  scenario::Data data;
  data.logical = 400 * terabyte;
  return data;
}

scenario::Prices full_book() {
  scenario::Prices prices;
  prices.items = {{"disk", {20, "", ""}},           {"machine", {3000, "", ""}},
                  {"rack", {8000, "", ""}},         {"rack_space", {1000, "", ""}},
                  {"electricity", {0.2, "", ""}},   {"disk_power", {8, "", ""}},
                  {"machine_power", {200, "", ""}}, {"pue", {1.5, "", ""}}};
  return prices;
}

Cost cost_at(double overhead, const scenario::Prices& prices) {
  return cost_of(thousand_terabytes(), four_hundred_terabytes(), overhead, prices);
}

// 400 TB x 1.5 / 0.8 = 750 TB: three quarters of the hardware.
TEST(Cost, AgreesWithHandArithmeticToTheCent) {
  const Cost cost = cost_at(1.5, full_book());
  // 750 x 20 + 7.5 x 3000 + 1.5 x 8000
  EXPECT_NEAR(cost.capital.value, 49500, 0.005);
  // (75 x 8 + 7.5 x 200) W = 2.1 kW x 8766 h x 1.5 x 0.2 = 5522.58; 1.5 x 1000
  EXPECT_NEAR(cost.running_per_year.value, 7022.58, 0.005);
  EXPECT_NEAR(cost.total.value, 84612.90, 0.005);
  EXPECT_NEAR(cost.per_usable_tb_year.value, 42.30645, 0.005);
}

TEST(Cost, LinesAddUpToTheTotal) {
  const Cost cost = cost_at(1.5, full_book());
  ASSERT_EQ(cost.lines.size(), 5U);
  Money sum;
  for (const CostLine& line : cost.lines) sum += line.total;
  EXPECT_NEAR(sum.value, cost.total.value, 1e-9);
  EXPECT_NEAR(cost.lines[0].count, 750, 1e-9);
}

TEST(Cost, GrowsInStepWithTheOverhead) {
  EXPECT_NEAR(cost_at(3, full_book()).total / cost_at(1.5, full_book()).total, 2, 1e-12);
}

TEST(Cost, NamesWhatHasNoPriceAndTakesNoPueAsOne) {
  scenario::Prices prices = full_book();
  EXPECT_THAT(cost_at(1.5, prices).model, Not(HasSubstr("not priced")));
  prices.items.erase("pue");
  prices.items.erase("rack");
  const Cost cost = cost_at(1.5, prices);
  EXPECT_THAT(cost.model, HasSubstr("not priced: rack, pue"));
  EXPECT_NEAR(cost.capital.value, 49500 - 12000, 0.005);
  EXPECT_NEAR(cost.running_per_year.value, 5522.58 / 1.5 + 1500, 0.005);
}

TEST(Cost, OfNothingOrOverNoTimeIsNotDividedByZero) {
  EXPECT_EQ(cost_of(thousand_terabytes(), {}, 1.5, full_book()).total.value, 0);
  EXPECT_EQ(cost_of(thousand_terabytes(), {}, 1.5, full_book()).per_usable_tb_year.value, 0);
  scenario::Prices prices = full_book();
  prices.horizon = {0};
  const Cost cost = cost_at(1.5, prices);
  EXPECT_NEAR(cost.total.value, 49500, 0.005);
  EXPECT_EQ(cost.running_per_year.value, 0);
}

TEST(Cost, EveryPriceOfTheTableIsUsed) {
  const Money base = cost_at(1.5, full_book()).total;
  for (const PriceKind& kind : all_prices()) {
    scenario::Prices prices = full_book();
    prices.items.at(std::string(kind.key)).price *= 2;
    EXPECT_GT(cost_at(1.5, prices).total, base) << kind.key;
    EXPECT_FALSE(kind.unit.empty()) << kind.key;
  }
}

}  // namespace
}  // namespace models::economics
