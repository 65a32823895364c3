#include "models/lifecycle/cold_archive.h"

#include <gtest/gtest.h>

#include "sim/quantity.h"

namespace models::lifecycle {
namespace {

using sim::days;
using sim::years;

// 1 TB in 1,000 files that were written within the last four years and that nobody reads.
ColdArchive unread() {
  return {.files = {.hot = "hot",
                    .cold = "cold",
                    .horizon = years(4),
                    .stock_age = years(4),
                    .added_per_year = {},
                    .size_sigma = 0,
                    .reads = {.at_first = {}, .halve = days(30), .later = {}},
                    .rule = {.every = days(1),
                             .unmodified_for = days(180),
                             .accesses_at_most = 0,
                             .counted_over = days(90),
                             .reheat_from = 2,
                             .rate = {1e9}}},
          .server = {.rate = {62.5e6}, .outage = std::nullopt},
          .stock = terabyte,
          .objects = 1000,
          .hot_overhead = 3,
          .cold_overhead = 1.5};
}

TEST(ColdArchive, AFileIsReadOnceAndWrittenAndReadBackInItsNewForm) {
  // 100 MB + 150 MB + 150 MB at 62.5 MB/s.
  EXPECT_DOUBLE_EQ(conversion_time({1e8}, 1.5, {62.5e6}).value, 6.4);
}

TEST(ColdArchive, UnreadFilesAreAllColdOnceTheyHaveRested) {
  const auto years = play_cold_archive(unread(), 1, 0);
  ASSERT_EQ(years.size(), 4U);
  // 1 TB takes 64,000 s of the server; the youngest file rests after half a year.
  EXPECT_GT(years[0].cold_share, 0.9);
  EXPECT_DOUBLE_EQ(years[1].cold_share, 1);
  EXPECT_NEAR(years[1].stored.value, 1.5e12, 1);
  double converted = 0;
  double both_s = 0;
  for (const ColdYear& year : years) {
    converted += year.converted;
    both_s += year.both_forms_s;
    EXPECT_EQ(year.reheated, 0);
  }
  EXPECT_DOUBLE_EQ(converted, 1000);
  EXPECT_NEAR(both_s, 64000, 1e-6);
}

TEST(ColdArchive, TheRateSpreadsTheConversion) {
  ColdArchive archive = unread();
  archive.files.stock_age = years(100);  // all but a few rest from the start
  archive.files.rule.rate = {terabyte.value / years(4).value};
  const auto by_year = play_cold_archive(archive, 1, 0);
  // A quarter a year: on average 1/8, 3/8, 5/8, 7/8 are cold.
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(by_year[i].cold_share, (2.0 * static_cast<double>(i) + 1) / 8, 0.01);
    EXPECT_NEAR(by_year[i].converted, 250, 2);
  }
}

TEST(ColdArchive, WhatIsReadStaysHot) {
  ColdArchive archive = unread();
  archive.files.reads.later = sim::per_second(PerYear{52});
  const auto by_year = play_cold_archive(archive, 1, 0);
  EXPECT_LT(by_year[3].cold_share, 0.01);
}

TEST(ColdArchive, FilesAreHeatedAgainWhenTheyAreRead) {
  ColdArchive archive = unread();
  // Two reads within 90 days come once in some years: exp(-0.25) (1 + 0.25) of the time fewer.
  archive.files.reads.later = sim::per_second(PerYear{1});
  const auto by_year = play_cold_archive(archive, 1, 0);
  EXPECT_GT(by_year[2].reheated, 50);
  EXPECT_LT(by_year[2].cold_share, 1);
  EXPECT_GT(by_year[2].cold_share, 0.5);
}

TEST(ColdArchive, ASampleOfTheFilesSaysTheSame) {
  ColdArchive archive = unread();
  archive.files.reads.later = sim::per_second(PerYear{0.5});
  const auto whole = play_cold_archive(archive, 1, 0);
  archive.sample = 250;
  const auto sampled = play_cold_archive(archive, 1, 0);
  EXPECT_NEAR(sampled[3].cold_share, whole[3].cold_share, 0.05);
  EXPECT_NEAR(sampled[0].both_forms_s, whole[0].both_forms_s, 0.05 * whole[0].both_forms_s);
}

TEST(ColdArchive, WithoutTheCodingServerNothingIsConverted) {
  ColdArchive archive = unread();
  archive.server.outage = scenario::Interruption{sim::Distribution::exponential({1}),
                                                 sim::Distribution::fixed(years(10))};
  EXPECT_EQ(play_cold_archive(archive, 1, 0)[3].cold_share, 0);
}

}  // namespace
}  // namespace models::lifecycle
