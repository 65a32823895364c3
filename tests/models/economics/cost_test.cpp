#include "models/economics/cost.h"

#include <gtest/gtest.h>

namespace models::economics {
namespace {

// 2 racks x 5 machines x 10 disks of 10 TB = 1000 TB raw; 400 TB x 1.5 / 0.8 = 750 TB: share 0.75.
TEST(Cost, AgreesWithHandArithmeticToTheCent) {
  scenario::Hardware hardware;
  hardware.racks_per_site = 2;
  hardware.machines_per_rack = 5;
  hardware.disks_per_machine = 10;
  hardware.disk.capacity = 10 * terabyte;
  hardware.usable_fill = 0.8;
  scenario::Data data;
  data.logical = 400 * terabyte;
  scenario::Prices prices;
  prices.items = {{"disk", {20, "", ""}},           {"machine", {3000, "", ""}},
                  {"rack", {8000, "", ""}},         {"rack_space", {1000, "", ""}},
                  {"electricity", {0.2, "", ""}},   {"disk_power", {8, "", ""}},
                  {"machine_power", {200, "", ""}}, {"pue", {1.5, "", ""}}};
  const Cost cost = cost_of(hardware, data, 1.5, prices);
  // 750 x 20 + 7.5 x 3000 + 1.5 x 8000
  EXPECT_NEAR(cost.capital.value, 49500, 0.005);
  // (75 x 8 + 7.5 x 200) W = 2.1 kW x 8766 h x 1.5 x 0.2 = 5522.58; 1.5 x 1000
  EXPECT_NEAR(cost.running_per_year.value, 7022.58, 0.005);
  EXPECT_NEAR(cost.total.value, 84612.90, 0.005);
  EXPECT_NEAR(cost.per_usable_tb_year.value, 42.30645, 0.005);
}

}  // namespace
}  // namespace models::economics
