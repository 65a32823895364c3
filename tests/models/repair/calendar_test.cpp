#include "models/repair/calendar.h"

#include <gtest/gtest.h>

namespace models::repair {
namespace {

Seconds at(int day, double hour) { return sim::days(day) + sim::hours(hour); }

TEST(Calendar, BusyHoursComeEveryDay) {
  const scenario::BusyHours busy{8, 18, 0.3};
  for (int day : {0, 1, 400}) {
    EXPECT_EQ(share_left(busy, at(day, 7.9)), 1);
    EXPECT_EQ(share_left(busy, at(day, 8)), 0.3);
    EXPECT_EQ(share_left(busy, at(day, 17.9)), 0.3);
    EXPECT_EQ(share_left(busy, at(day, 18)), 1);
    EXPECT_EQ(next_change(busy, at(day, 7)), at(day, 8));
    EXPECT_EQ(next_change(busy, at(day, 8)), at(day, 18));
    EXPECT_EQ(next_change(busy, at(day, 18)), at(day + 1, 8));
  }
}

TEST(Calendar, AllDayIsAllDay) {
  const scenario::BusyHours busy{0, 24, 0.5};
  EXPECT_EQ(share_left(busy, at(3, 0)), 0.5);
  EXPECT_EQ(share_left(busy, at(3, 23.99)), 0.5);
  EXPECT_EQ(next_change(busy, at(3, 5)), at(4, 0));
}

TEST(Calendar, WorkWaitsForTheMorningAndForMonday) {
  const scenario::WorkingHours hours{9, 17, 5};
  EXPECT_EQ(next_at_work(hours, at(0, 3)), at(0, 9));
  EXPECT_EQ(next_at_work(hours, at(0, 12)), at(0, 12));
  EXPECT_EQ(next_at_work(hours, at(0, 17)), at(1, 9));
  EXPECT_EQ(next_at_work(hours, at(4, 18)), at(7, 9));  // Friday evening
  EXPECT_EQ(next_at_work(hours, at(12, 10)), at(14, 9));
}

}  // namespace
}  // namespace models::repair
