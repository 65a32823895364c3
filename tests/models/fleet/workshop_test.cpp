// Technicians who come for several parts, and a store room that can be empty.
#include <gtest/gtest.h>

#include "struck_mission.h"

namespace models::fleet {
namespace {

using testing::quiet_fleet;
using testing::SmallFleet;
using testing::Struck;

SmallFleet served(std::optional<scenario::Visits> visits, std::optional<scenario::Stock> stock) {
  SmallFleet small = quiet_fleet(8, 2);
  auto& repair = small.scenario.strategies[0].repair;
  repair.replacement = sim::Distribution::fixed(sim::hours(5));
  repair.visits = visits;
  repair.stock = std::move(stock);
  return small;
}

int broken(const Struck& struck) {
  int count = 0;
  for (std::uint32_t disk = 0; disk < 32; ++disk) count += struck.works(disk) ? 0 : 1;
  return count;
}

TEST(Technician, ComesOnceSoManyPartsWaitAndReplacesAll) {
  Struck struck(served(scenario::Visits{3, sim::days(30)}, {}).scenario);
  struck.lose(0);
  struck.advance(sim::days(2));
  struck.lose(9);
  struck.advance(sim::days(4));
  EXPECT_EQ(broken(struck), 2);
  struck.lose(20);
  struck.advance(sim::days(4) + sim::hours(4));
  EXPECT_EQ(broken(struck), 3);
  struck.advance(sim::days(4) + sim::hours(6));
  EXPECT_EQ(broken(struck), 0);
  EXPECT_TRUE(struck.state().workshop.waiting.empty());
}

TEST(Technician, ComesAtLatestSoLongAfterTheFirst) {
  Struck struck(served(scenario::Visits{3, sim::days(30)}, {}).scenario);
  struck.lose(0);
  struck.advance(sim::days(10));
  struck.lose(9);
  struck.advance(sim::days(30) + sim::hours(4));
  EXPECT_EQ(broken(struck), 2);
  struck.advance(sim::days(30) + sim::hours(6));
  EXPECT_EQ(broken(struck), 0);
  struck.lose(0);  // the next one waits for itself
  struck.advance(sim::days(59));
  EXPECT_EQ(broken(struck), 1);
  struck.advance(sim::days(61));
  EXPECT_EQ(broken(struck), 0);
}

TEST(Technician, WhoComesInWorkingHoursComesInThem) {
  SmallFleet small = served(scenario::Visits{1, sim::days(30)}, {});
  small.scenario.strategies[0].repair.working_hours = scenario::WorkingHours{9, 17, 5};
  Struck struck(small.scenario);
  struck.lose(0);
  struck.advance(sim::hours(8.9));
  EXPECT_EQ(broken(struck), 1);
  struck.advance(sim::hours(9.1));
  EXPECT_EQ(broken(struck), 0);
}

TEST(Stock, OnceItIsUsedUpDisksWaitForDelivery) {
  Struck struck(served({}, scenario::Stock{2, sim::Distribution::fixed(sim::days(10))}).scenario);
  for (const std::uint32_t disk : {0U, 9U, 20U}) struck.lose(disk);
  struck.advance(sim::hours(6));
  EXPECT_EQ(broken(struck), 1);
  struck.advance(sim::days(10));
  EXPECT_EQ(broken(struck), 1);
  struck.advance(sim::days(10) + sim::hours(6));
  EXPECT_EQ(broken(struck), 0);
  EXPECT_EQ(struck.state().workshop.ordered, 1);  // for the part just used
  struck.advance(sim::days(40));
  EXPECT_EQ(struck.state().workshop.ordered, 0);
}

TEST(Stock, ATechnicianComesAgainWhenPartsAreThere) {
  Struck struck(served(scenario::Visits{2, sim::days(30)},
                       scenario::Stock{1, sim::Distribution::fixed(sim::days(10))})
                    .scenario);
  struck.lose(0);
  struck.lose(9);
  struck.advance(sim::hours(6));
  EXPECT_EQ(broken(struck), 1);
  struck.advance(sim::days(10) + sim::hours(6));
  EXPECT_EQ(broken(struck), 1);
  struck.advance(sim::days(10) + sim::hours(11));
  EXPECT_EQ(broken(struck), 0);
}

}  // namespace
}  // namespace models::fleet
