#include "models/economics/cost.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

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
  prices.items = {{"disk", {20, "per TB of disk", ""}},
                  {"machine", {3000, "", ""}},
                  {"rack", {8000, "", ""}},
                  {"rack_switch", {500, "", ""}},
                  {"core_switch", {4000, "", ""}},
                  {"rack_space", {1000, "", ""}},
                  {"electricity", {0.2, "", ""}},
                  {"rack_care", {600, "", ""}},
                  {"disk_swap", {50, "", ""}},
                  {"technician_call", {300, "", ""}},
                  {"network_line", {1200, "", ""}},
                  {"disk_power", {8, "", ""}},
                  {"machine_power", {200, "", ""}},
                  {"switch_power", {100, "", ""}},
                  {"pue", {1.5, "", ""}}};
  return prices;
}

/// Owns what a Purchase only points to.
struct Buyer {
  scenario::Hardware hardware = thousand_terabytes();
  scenario::HardwareKind kind{scenario::HardwareKind::fixed};
  scenario::Data data = four_hundred_terabytes();
  double overhead{1.5};
  FailureRates rates{{0.02}, {0.04}, {0.1}, {0.2}};
  std::vector<scenario::CloudUse> cloud;

  Cost pays(const scenario::Prices& prices) const {
    return cost_of({hardware, kind, data, overhead, rates, cloud}, prices);
  }
};

Cost cost_at(double overhead, const scenario::Prices& prices) {
  Buyer buyer;
  buyer.overhead = overhead;
  return buyer.pays(prices);
}

// 400 TB x 1.5 / 0.8 = 750 TB: three quarters of the hardware.
TEST(Cost, AgreesWithHandArithmeticToTheCent) {
  const Cost cost = cost_at(1.5, full_book());
  // 750 x 20 + 7.5 x 3000 + 1.5 x 8000 + 1.5 x 500 + 0.75 x 4000
  EXPECT_NEAR(cost.capital.value, 53250, 0.005);
  // (75 x 8 + 7.5 x 200 + 2.25 x 100) W = 2.325 kW x 8766 h x 1.5 x 0.2 = 6114.285
  // 1.5 x (1000 + 600); 75 x 0.06 = 4.5 disks x (10 TB x 20 + 50); 7.5 x 0.04 = 0.3 machines x 3000
  // 0.3 + 1.5 x 0.1 + 0.75 x 0.2 = 0.6 calls x 300; 0.75 x 1200
  EXPECT_NEAR(cost.running_per_year.value, 11619.285, 0.005);
  EXPECT_NEAR(cost.total.value, 111346.425, 0.005);
  EXPECT_NEAR(cost.per_usable_tb_year.value, 55.6732125, 0.0005);
}

// All of it, though only three quarters are full.
TEST(Cost, HardwareOfItsOwnIsPaidAsAWhole) {
  Buyer buyer;
  buyer.kind = scenario::HardwareKind::own;
  const Cost cost = buyer.pays(full_book());
  // 1000 x 20 + 10 x 3000 + 2 x 8000 + 2 x 500 + 4000
  EXPECT_NEAR(cost.capital.value, 71000, 0.005);
  // 3.1 kW x 8766 h x 1.5 x 0.2 = 8152.38; 3200; 6 x 250; 0.4 x 3000; 0.8 x 300; 1200
  EXPECT_NEAR(cost.running_per_year.value, 15492.38, 0.005);
  EXPECT_THAT(cost.model, HasSubstr("whole hardware"));
}

TEST(Cost, DisksMayBePricedByThePiece) {
  scenario::Prices prices;
  prices.items = {{"disk", {230, "per disk", ""}}};
  const Cost cost = cost_at(1.5, prices);
  EXPECT_NEAR(cost.capital.value, 75 * 230, 0.005);
  EXPECT_NEAR(cost.running_per_year.value, 4.5 * 230, 0.005);
}

// 10 machines behind 10 x 2 controllers, 2 gateways, 3 front ends; pairs of switches.
TEST(Cost, CountsPairsOfSwitchesControllersAndGateways) {
  Buyer buyer;
  buyer.kind = scenario::HardwareKind::own;
  buyer.hardware.network.rack_switches = 2;
  buyer.hardware.network.core_switches = 2;
  buyer.hardware.controllers = {2, 1};
  buyer.hardware.gateways = {2, 1};
  buyer.hardware.front_ends = {3, 2};
  buyer.rates = {{}, {}, {0.5}, {1}, {0.1}, {0.25}, {2}};
  scenario::Prices prices;
  prices.items = {{"rack_switch", {500, "", ""}}, {"core_switch", {4000, "", ""}},
                  {"controller", {900, "", ""}},  {"gateway", {7000, "", ""}},
                  {"front_end", {2000, "", ""}},  {"technician_call", {100, "", ""}}};
  const Cost cost = buyer.pays(prices);
  EXPECT_NEAR(cost.capital.value, 4 * 500 + 2 * 4000 + 20 * 900 + 2 * 7000 + 3 * 2000, 0.005);
  // 4 x 0.5 + 2 x 1 + 20 x 0.1 + 2 x 0.25 + 3 x 2 = 12.5 calls
  EXPECT_NEAR(cost.running_per_year.value, 1250, 0.005);
}

TEST(Cost, LinesAddUpToTheTotal) {
  const Cost cost = cost_at(1.5, full_book());
  ASSERT_EQ(cost.lines.size(), 13U);
  Money sum;
  for (const CostLine& line : cost.lines) {
    sum += line.total;
    EXPECT_NEAR(line.count * line.price, line.total.value, 1e-9) << line.item;
  }
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
  EXPECT_NEAR(cost.capital.value, 53250 - 12000, 0.005);
  EXPECT_NEAR(cost.running_per_year.value, 11619.285 - 6114.285 / 3, 0.005);
  prices.items.erase("electricity");
  EXPECT_THAT(cost_at(1.5, prices).model, HasSubstr("not priced: rack, electricity"));
}

TEST(Cost, OfNothingOrOverNoTimeIsNotDividedByZero) {
  Buyer nobody;
  nobody.data = {};
  EXPECT_EQ(nobody.pays(full_book()).total.value, 0);
  EXPECT_EQ(nobody.pays(full_book()).per_usable_tb_year.value, 0);
  scenario::Prices prices = full_book();
  prices.horizon = {0};
  const Cost cost = cost_at(1.5, prices);
  EXPECT_NEAR(cost.total.value, 53250, 0.005);
  EXPECT_EQ(cost.running_per_year.value, 0);
}

scenario::Prices cloud_book() {
  scenario::Prices prices = full_book();
  for (const PriceKind& kind : all_prices()) {
    if (kind.key.starts_with("cloud_")) prices.items[std::string(kind.key)] = {7, "", ""};
  }
  prices.items["cloud_archive"] = {4, "", ""};
  prices.items["cloud_archive_retrieval"] = {10, "", ""};
  prices.items["cloud_archive_requests"] = {5, "", ""};
  prices.items["cloud_archive_minimum"] = {90, "", ""};
  prices.items["cloud_egress"] = {90, "", ""};
  return prices;
}

// 200 TB x 60 months, each object paid 90 days for the 30 it stays; 20 TB a year read back.
TEST(Cost, OfACloudClassHasItsMinimumReadingTrafficAndRequests) {
  Buyer buyer;
  const Cost without = buyer.pays(cloud_book());
  buyer.cloud = {{"archive", 0.5, 0.1, 2e6, sim::days(30)}};
  const Cost with = buyer.pays(cloud_book());
  // 36000 TB-months x 4 + 100 TB x 10 + 100 TB x 90 + 10 million x 5
  EXPECT_NEAR((with.total - without.total).value, 144000 + 1000 + 9000 + 50, 0.005);
  EXPECT_EQ(with.lines.size(), without.lines.size() + 4);
  buyer.cloud[0].kept = {};
  EXPECT_NEAR((buyer.pays(cloud_book()).total - without.total).value, 58050, 0.005)
      << "kept for good, the minimum costs nothing";
}

// The published comparison counts 100 PB = 100 x 1024 x 1024 GB, so GB is a GiB there; with
// PB = 1000 TB and TB = 1000 GB it would be 50,000,000.
TEST(Cost, TwoCopiesOfAHundredPetabytesCost52428800AYearMoreThanTwoPlusOne) {
  Buyer buyer;
  buyer.data.logical = {100 * 0x1p50};
  scenario::Prices prices;
  prices.horizon = sim::years(1);
  prices.items = {{"stored", {1, "per GiB stored and year", ""}}};
  buyer.overhead = 2;
  const Money copies = buyer.pays(prices).running_per_year;
  buyer.overhead = 1.5;
  EXPECT_NEAR((copies - buyer.pays(prices).running_per_year).value, 52428800, 0.005);
  buyer.data.logical = 100000 * terabyte;
  prices.items = {{"stored", {1000, "per TB stored and year", ""}}};
  EXPECT_NEAR(buyer.pays(prices).running_per_year.value, 150e6, 0.005);
}

TEST(Cost, EveryPriceOfTheTableIsUsed) {
  Buyer buyer;
  buyer.hardware.controllers = {2, 1};
  buyer.hardware.gateways = {2, 1};
  buyer.hardware.front_ends = {3, 2};
  for (const CloudClass& kind : cloud_classes()) {
    buyer.cloud.push_back({std::string(kind.name), 0.5, 0.1, 2e6, sim::days(1)});
  }
  scenario::Prices book = cloud_book();
  for (const char* key : {"stored", "controller", "gateway", "front_end", "controller_power"}) {
    book.items[key] = {1, "", ""};
  }
  const Money base = buyer.pays(book).total;
  for (const PriceKind& kind : all_prices()) {
    scenario::Prices prices = book;
    prices.items.at(std::string(kind.key)).price *= 2;
    EXPECT_GT(buyer.pays(prices).total, base) << kind.key;
    EXPECT_FALSE(kind.unit.empty()) << kind.key;
  }
}

}  // namespace
}  // namespace models::economics
