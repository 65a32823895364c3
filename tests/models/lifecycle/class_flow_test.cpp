#include "models/lifecycle/class_flow.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/quantity.h"

// Lifecycle cost to the cent, by hand.
namespace models::lifecycle {
namespace {

using sim::days;

scenario::Prices prices() {
  return {.currency = "USD",
          .items = {{"cloud_standard", {23, "per TB and month", ""}},
                    {"cloud_infrequent", {12.5, "per TB and month", ""}},
                    {"cloud_infrequent_minimum", {30, "days", ""}},
                    {"cloud_infrequent_retrieval", {10, "per TB read", ""}},
                    {"cloud_egress", {90, "per TB read", ""}}}};
}

scenario::ClassFlow flow() {
  return {.added_per_year = 12 * terabyte,
          .growth = 0,
          .growth_for = {},
          .horizon = days(91),
          .reads = {.at_first = {}, .halve = days(30), .later = {}},
          .classes = {{"standard"}, {"infrequent"}},
          .rule = {.steps = {{1, days(30), {}}}, .minimum = {{}, {}}}};
}

TEST(ClassFlow, StorageIsPricedByTheMonth) {
  EXPECT_NEAR(storage_cost(10 * terabyte, sim::year / 4, 23).value, 690.00, 0.005);
}

TEST(ClassFlow, WhoLeavesEarlyPaysForTheMinimumAllTheSame) {
  // 2 TB leave after 10 of 30 days: 20 days of a month of 30.4375 days at 25 USD.
  EXPECT_NEAR(early_fee(2 * terabyte, days(10), days(30), 12.5).value, 16.43, 0.005);
  EXPECT_EQ(early_fee(2 * terabyte, days(31), days(30), 12.5).value, 0);
}

TEST(ClassFlow, ReadsFadeByHalves) {
  const scenario::ReadRate reads{
      .at_first = {std::log(2.0) / days(30).value}, .halve = days(30), .later = {}};
  EXPECT_NEAR(reads_between(reads, {}, days(30)), 0.5, 1e-12);
  EXPECT_NEAR(reads_between(reads, days(30), days(60)), 0.25, 1e-12);
}

TEST(ClassFlow, AQuarterOfAYearToTheCent) {
  // 1 TB enters on days 0, 31 and 61 of 91, and is infrequent from its 30th day on: 90 TB-days at
  // 23 USD a month of 30.4375 days, 91 TB-days at 12.50.
  const auto years = play_classes(flow(), prices());
  ASSERT_EQ(years.size(), 1U);
  EXPECT_NEAR(years[0].storage.value, 68.01 + 37.37, 0.01);
  EXPECT_NEAR(years[0].held[1] / terabyte, 91 / 365.25, 1e-9);
  EXPECT_EQ(years[0].early.value, 0);
  EXPECT_NEAR(years[0].all_in_first.value, 181 * 23 / 30.4375, 0.01);
}

TEST(ClassFlow, ReadingPaysForTheClassAndForTheWayOut) {
  scenario::ClassFlow read = flow();
  read.reads.later = {1 / days(91).value};  // each byte once in 91 days
  const auto years = play_classes(read, prices());
  // 90 TB-days in standard at 90 USD per TB read, 91 in infrequent at 100.
  EXPECT_NEAR(years[0].reading.value, 90.0 / 91 * 90 + 100, 0.01);
  EXPECT_NEAR(years[0].read / terabyte, 181.0 / 91, 1e-9);
}

TEST(ClassFlow, GrowthStopsWhenItIsSaid) {
  scenario::ClassFlow grows = flow();
  grows.horizon = sim::years(4);
  grows.growth = 0.4;
  grows.growth_for = sim::years(2);
  const auto years = play_classes(grows, prices());
  const auto held = [&](std::size_t i) { return (years[i].held[0] + years[i].held[1]) / terabyte; };
  // 12, 16.8, 23.52, 23.52 TB a year; held at mid-year plus half a month.
  EXPECT_NEAR(held(3) - held(2), 23.52, 0.2);
  EXPECT_NEAR(held(1) - held(0), (12 + 16.8) / 2, 0.2);
}

TEST(ClassFlow, WhatExpiresLeaves) {
  scenario::ClassFlow short_lived = flow();
  short_lived.rule.expire_after = days(45);  // after 15 of 30 days in the second class
  const auto years = play_classes(short_lived, prices());
  // Two objects expire within the 91 days, each with 15 days of its minimum left.
  EXPECT_NEAR(years[0].early.value, 2 * 12.5 * 15 / 30.4375, 0.01);
}

}  // namespace
}  // namespace models::lifecycle
