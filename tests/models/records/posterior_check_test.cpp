// Features of a record that its model does not make are told, one by one.
#include "models/records/posterior_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/random.h"

namespace {

using models::records::BurstInput;
using models::records::CheckSize;
using models::records::FailureModel;
using models::records::features_of;
using models::records::posterior_check;
using models::records::simulated_window;

constexpr CheckSize size{.windows = 99, .inner = 10, .seed = 3};

FailureModel model_of(double singles) {
  FailureModel model;
  model.length = 2 * 365;
  model.units = 4000;
  model.machines = 100;
  model.racks = 10;
  model.singles_by_week.assign(105, singles / 105);
  return model;
}

BurstInput window(const FailureModel& model, std::uint64_t number) {
  sim::Stream stream(34, sim::Purpose::test, {number, 82, 0});
  return simulated_window(model, stream);
}

TEST(Features, OfAWindowByHand) {
  BurstInput window;
  window.length = 60;
  window.machines = 2;
  // Two within an hour of each other, a run of four, and one alone.
  window.days = {1, 1 + 0.5 / 24, 5, 5 + 0.4 / 24, 5 + 0.8 / 24, 5 + 1.2 / 24, 40};
  window.machine = {0, 0, 1, 1, 0, 1, 1};
  window.rack.assign(7, models::records::no_place);
  const auto values = features_of(window);
  ASSERT_EQ(values.size(), 7U);
  EXPECT_NEAR(values[0], 12.5 / 3.5, 1e-12);  // 6 and 1: variance 12.5, mean 3.5
  EXPECT_NEAR(values[1], 40 - 5 - 1.2 / 24, 1e-12);
  EXPECT_EQ(values[2], 1);
  EXPECT_EQ(values[3], 1);
  EXPECT_EQ(values[4], 4);
  EXPECT_EQ(values[5], 3);  // 0-1, 2-3, 3-5; 2 and 5 are more than an hour apart
  EXPECT_EQ(values[6], 4);
}

TEST(PosteriorCheck, TellsBadMonths) {
  FailureModel months = model_of(400);
  for (std::size_t week = 0; week < 105; ++week) {
    months.singles_by_week[week] *= week % 26 < 4 ? 4 : 0.45;
  }
  const auto checks = posterior_check(model_of(400), window(months, 1), size);
  EXPECT_LT(checks[0].p_value, 0.05);
  EXPECT_FALSE(checks[0].reproduced());
  EXPECT_GT(checks[6].p_value, 0.01);  // no machine is worse
}

TEST(PosteriorCheck, TellsAWorstMachine) {
  BurstInput seen = window(model_of(400), 2);
  for (std::size_t i = 0; i < 25; ++i) seen.machine[i * 15] = 7;
  const auto checks = posterior_check(model_of(400), seen, size);
  EXPECT_LT(checks[6].p_value, 0.05);
  EXPECT_GT(checks[0].p_value, 0.01);
}

TEST(PosteriorCheck, TellsBurstsThatTheModelLacks) {
  FailureModel bursts = model_of(400);
  bursts.bursts = 15;
  bursts.burst.sizes = {{4, 0.5}, {6, 0.5}};
  bursts.burst.spread_days = 0.3 / 24;
  bursts.burst.same_machine = 0.8;
  const auto checks = posterior_check(model_of(470), window(bursts, 3), size);
  EXPECT_LT(checks[3].p_value, 0.05);
  EXPECT_LT(checks[5].p_value, 0.05);
}

TEST(PosteriorCheck, IsTheSameForAnyNumberOfThreads) {
  const BurstInput seen = window(model_of(300), 4);
  CheckSize one = size;
  one.threads = 1;
  CheckSize two = size;
  two.threads = 2;
  const auto a = posterior_check(model_of(300), seen, one);
  const auto b = posterior_check(model_of(300), seen, two);
  for (std::size_t f = 0; f < a.size(); ++f) EXPECT_EQ(a[f].p_value, b[f].p_value);
}

}  // namespace
