#include "models/lifecycle/copy_course.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/quantity.h"

// Small cases by hand: what is written, how far the cloud is behind, how a line catches up.
namespace models::lifecycle {
namespace {

using sim::days;
using sim::hours;

constexpr Bytes gb{1e9};

scenario::Writes by_day() {
  return {.per_day = 100 * gb, .from = hours(8), .to = hours(18), .overwritten = 0.1};
}

// 1 GB in every hour of the day, a snapshot each hour, 6 min for each over the line.
CopyOverLine hourly() {
  return {.writes = {.per_day = 24 * gb, .from = {}, .to = days(1), .overwritten = 0},
          .line = {.rate = {1e9 / 360}, .share = 1, .hours = {}, .outage = std::nullopt},
          .snapshots = {.every = hours(1), .keep = {}, .most = 256},
          .horizon = days(2)};
}

TEST(CopyCourse, WritesComeInTheHoursOfWork) {
  EXPECT_DOUBLE_EQ(written_by(by_day(), hours(8)).value, 0);
  EXPECT_DOUBLE_EQ(written_by(by_day(), hours(13)).value, 50e9);
  EXPECT_DOUBLE_EQ(written_by(by_day(), hours(23)).value, 100e9);
  EXPECT_DOUBLE_EQ(written_by(by_day(), days(3) + hours(9)).value, 310e9);
}

TEST(CopyCourse, ALineCatchesUpWithWhatItHasLeft) {
  // 10 h x 50 MB/s are behind, and 75 MB/s are left to make up for it: 6 h 40 min.
  EXPECT_NEAR(catch_up_time(hours(10), {50e6}, {125e6}).value, hours(20.0 / 3).value, 1e-6);
  EXPECT_TRUE(std::isinf(catch_up_time(hours(1), {125e6}, {125e6}).value));
}

TEST(CopyCourse, TheCloudIsBehindByTheSnapshotAndTheTransfer) {
  const CopyCourse course(hourly(), 1, 0);
  EXPECT_NEAR(course.lag_at(hours(1.05)).value, hours(1.05).value, 1e-6);
  EXPECT_NEAR(course.lag_at(hours(1.1001)).value, hours(0.1001).value, 1e-6);
  EXPECT_NEAR(course.lag_at(hours(2.09)).value, hours(1.09).value, 1e-6);
  EXPECT_NEAR(course.greatest_lag().value, hours(1.1).value, 1e-6);
  EXPECT_NEAR(course.greatest_backlog().value, 1.1e9, 1);
  EXPECT_NEAR(course.backlog_at(hours(2.5)).value, 0.5e9, 1);
  EXPECT_EQ(course.last_snapshot(hours(2.5)), hours(2));
}

TEST(CopyCourse, HalfTheLineTakesTwiceAsLong) {
  CopyOverLine copy = hourly();
  copy.line.share = 0.5;
  EXPECT_NEAR(CopyCourse(copy, 1, 0).greatest_lag().value, hours(1.2).value, 1e-6);
}

TEST(CopyCourse, ALineOfTheNightSendsTheDayAtNight) {
  CopyOverLine copy = hourly();
  copy.line.hours = {.from = hours(20), .to = hours(24)};
  const CopyCourse course(copy, 1, 0);
  // At 20:00 the 20 snapshots of the day wait: the first is whole at 20:06, the last at 22:00,
  // those of 21:00 and 22:00 follow by 22:12, that of 23:00 at 23:06.
  EXPECT_NEAR(course.lag_at(hours(19.9)).value, hours(19.9).value, 1e-6);
  EXPECT_NEAR(course.lag_at(hours(20.11)).value, hours(19.11).value, 1e-6);
  EXPECT_NEAR(course.lag_at(hours(22.05)).value, hours(2.05).value, 1e-6);
  EXPECT_NEAR(course.lag_at(hours(22.25)).value, hours(0.25).value, 1e-6);
  // From the snapshot of 23:00 until 20:06 of the next day.
  EXPECT_NEAR(course.greatest_lag().value, hours(21.1).value, 1e-6);
}

TEST(CopyCourse, AnOutageIsMadeUpForAndIsTheSameForOneSeed) {
  CopyOverLine copy = hourly();
  copy.horizon = days(60);
  copy.line.outage = scenario::Interruption{sim::Distribution::exponential(days(10)),
                                            sim::Distribution::fixed(hours(9))};
  const CopyCourse course(copy, 1, 0);
  EXPECT_GT(course.greatest_lag(), hours(9));
  EXPECT_LT(course.greatest_lag(), hours(30));
  EXPECT_EQ(course.greatest_lag(), CopyCourse(copy, 1, 0).greatest_lag());
  EXPECT_NE(course.greatest_lag(), CopyCourse(copy, 1, 1).greatest_lag());
}

TEST(CopyCourse, KeepsWhatTheScheduleKeeps) {
  const Retained most = retained({.every = hours(1), .keep = {}, .most = 100}, days(30));
  EXPECT_EQ(most.count, 100U);
  EXPECT_EQ(most.oldest, hours(99));
  // The last day by hours, 25 with both ends; and the first of each of the 6 days before.
  const Retained ruled =
      retained({.every = hours(1), .keep = {{hours(1), days(1)}, {days(1), days(7)}}, .most = 256},
               days(30));
  EXPECT_EQ(ruled.count, 31U);
  EXPECT_EQ(ruled.oldest, days(7));
}

}  // namespace
}  // namespace models::lifecycle
