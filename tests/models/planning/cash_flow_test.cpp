// A plan of three years and two tiers, worked out by hand to the disk and the cent.
#include "models/planning/cash_flow.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/planning/small_plan.h"

namespace models::planning {
namespace {

// Two copies, and RS 2+1 for what is older than a year. Rule 1: the only one beside "none".
Design two_tiers(const Space& space) {
  Design design;
  design.cold = space.rules()[1];
  return design;
}

TEST(CashFlow, ThreeYearsOfTwoTiersToTheDiskAndTheCent) {
  const Plan plan = small_plan();
  const Space space(plan);
  const Design design = two_tiers(space);
  const auto sizes = size_of(space, design);
  // Hot 100, 150, 225 TB twice; cold 80, 100, 150 TB at 1.5: 320, 450, 675 TB on disks of 10 TB.
  // Waiting for the visit: 32 x 2 % x 3 days = 0.005 of a disk, so one more.
  ASSERT_EQ(sizes.size(), 3U);
  EXPECT_DOUBLE_EQ(sizes[0].redundant_tb, 320);
  EXPECT_DOUBLE_EQ(sizes[0].disks, 33);
  EXPECT_DOUBLE_EQ(sizes[1].disks, 46);
  EXPECT_DOUBLE_EQ(sizes[2].disks, 69);  // 67.5 rounded up, and one
  EXPECT_DOUBLE_EQ(sizes[0].machines, 4);
  EXPECT_DOUBLE_EQ(sizes[1].machines, 5);
  EXPECT_DOUBLE_EQ(sizes[2].machines, 7);
  EXPECT_DOUBLE_EQ(sizes[2].racks, 1);
  const CashFlow flow = cash_flow_of(space, design, sizes);
  // A disk costs 10 x 20. After two years the first lot leaves: 69 - (46 - 33) are bought.
  EXPECT_DOUBLE_EQ(flow.years[0][Expense::disks], 33 * 200.0);
  EXPECT_DOUBLE_EQ(flow.years[1][Expense::disks], 13 * 200.0);
  EXPECT_DOUBLE_EQ(flow.years[2][Expense::disks], 56 * 200.0);
  EXPECT_DOUBLE_EQ(flow.years[0][Expense::machines], 4000);
  EXPECT_DOUBLE_EQ(flow.years[1][Expense::machines], 1000);
  EXPECT_DOUBLE_EQ(flow.years[2][Expense::machines], 6000);
  EXPECT_DOUBLE_EQ(flow.years[0][Expense::network], 500);
  EXPECT_DOUBLE_EQ(flow.years[2][Expense::room], 100);
  // 33 disks leave; 675 TB lie on 69.
  EXPECT_NEAR(flow.years[2][Expense::migration], 33 * 675.0 / 69, 1e-9);
  // Failed disks: 2 % of 33, 46, 69 at 200 each.
  EXPECT_NEAR(flow.years[1][Expense::failures], 46 * 0.02 * 200, 1e-9);
  const double total =
      (33 + 13 + 56) * 200.0 + 11000 + 500 + 300 + 33 * 675.0 / 69 + (33 + 46 + 69) * 0.02 * 200;
  EXPECT_NEAR(flow.total, total, 0.005);
  EXPECT_NEAR(flow.net_present, total, 0.005) << "no discount";
}

TEST(CashFlow, TheLinesOfABillAddUpToItsKindsOfExpense) {
  Plan plan = small_plan();
  plan.economy.disk_erosion = -0.1;
  plan.economy.machine_erosion = 0.03;
  const Space space(plan);
  const Design design = two_tiers(space);
  const CashFlow flow = cash_flow_of(space, design, size_of(space, design));
  for (const YearCash& year : flow.years) {
    double sum = 0;
    for (const BillLine& line : year.bill) sum += line.total();
    EXPECT_NEAR(sum, year.capital() - year[Expense::migration], 0.005);
  }
  EXPECT_DOUBLE_EQ(flow.years[0].line(BillItem::disks).count, 33);
  EXPECT_DOUBLE_EQ(flow.years[0].line(BillItem::disks).price, 200);
  EXPECT_DOUBLE_EQ(flow.years[0].line(BillItem::racks).count, 1);
  EXPECT_EQ(bill_words(space, design, BillItem::rack_switches), "rack switch");
  EXPECT_EQ(bill_words(space, design, BillItem::disks), plan.catalogue.disks[design.disk].name);
}

TEST(CashFlow, DiscountAndErosionMoveWhatTheySay) {
  Plan plan = small_plan();
  plan.economy.discount = 0.05;
  plan.economy.disk_erosion = -0.1;
  const Space space(plan);
  const Design design = two_tiers(space);
  const CashFlow flow = cash_flow_of(space, design, size_of(space, design));
  EXPECT_NEAR(flow.years[1][Expense::disks], 13 * 200 * 0.9, 1e-9);
  EXPECT_NEAR(flow.years[2][Expense::disks], 56 * 200 * 0.81, 1e-9);
  double present = 0;
  for (int y = 0; y < 3; ++y) {
    const YearCash& cash = flow.years[static_cast<std::size_t>(y)];
    present += cash.capital() / std::pow(1.05, y) + cash.running() / std::pow(1.05, y + 0.5);
  }
  EXPECT_NEAR(flow.net_present, present, 1e-9);
}

TEST(CashFlow, MoreGrowthNeverCostsLess) {
  Plan plan = small_plan();
  plan.years = 12;
  plan.economy.disk_erosion = -0.09;
  plan.economy.discount = 0.04;
  double before = 0;
  for (double growth = -0.5; growth < 1.05; growth += 0.05) {
    plan.demand.sources[0].growth = {{growth, 100}};
    const Space space(plan);
    const Design design = two_tiers(space);
    const double cost = cash_flow_of(space, design, size_of(space, design)).net_present;
    EXPECT_GE(cost, before) << growth;
    before = cost;
  }
}

TEST(CashFlow, LeadTimeBuysEarlierAndMore) {
  Plan plan = small_plan();
  plan.catalogue.lead_years = 0.5;
  const Space space(plan);
  const auto sizes = size_of(space, two_tiers(space));
  // Half a year of the next year's rise on top: 320 + (450 - 320) / 2 = 385 TB.
  EXPECT_DOUBLE_EQ(sizes[0].disks, 40);
}

TEST(CloudBill, TheBillingExampleOfAnObjectStoreToTheCent) {
  // Alibaba Cloud OSS billing examples, prices of 2024-11-20, example 1: 505 GB at 0.15 CNY, 1,000
  // requests an hour at 0.01 for 10,000, 5 GB a day out at 0.50: 151.47 CNY.
  const Book::Class prices{.storage = 150, .retrieval = 0, .requests = 1, .minimum_days = 0};
  const CloudMonth month{.stored_tb = 0.505,
                         .retrieved_tb = 0,
                         .egress_tb = 5 * 30 / 1000.0,
                         .requests = 1000 * 24 * 30 / 1e6};
  EXPECT_NEAR(cloud_bill(month, prices, 500), 151.47, 0.005);
}

}  // namespace
}  // namespace models::planning
