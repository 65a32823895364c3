// Bursts told apart from single failures: none is invented, what is planted is found and measured.
#include "models/records/burst_process.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "models/records/failure_model.h"
#include "sim/random.h"

namespace {

using models::records::BurstInput;
using models::records::FailureModel;
using models::records::fit_bursts;
using models::records::fit_triggering;
using models::records::law_of_bursts;
using models::records::polling_step;
using models::records::simulated_window;
using sim::Seconds;

/// Three years of 200 machines in 20 racks, 300 single failures.
FailureModel quiet_years() {
  FailureModel model;
  model.length = 3 * 365;
  model.units = 5000;
  model.machines = 200;
  model.racks = 20;
  model.singles_by_week.assign(157, 300.0 / 157);
  return model;
}

FailureModel with_bursts(double bursts) {
  FailureModel model = quiet_years();
  model.bursts = bursts;
  model.burst.sizes = {{2, 0.6}, {3, 0.25}, {6, 0.15}};
  model.burst.spread_days = 0.5 / 24;
  model.burst.same_machine = 0.5;
  model.burst.same_rack = 0.2;
  return model;
}

BurstInput window(const FailureModel& model, std::uint64_t number) {
  sim::Stream stream(31, sim::Purpose::test, {number, 79, 0});
  return simulated_window(model, stream);
}

TEST(BurstProcess, InventsNoBurstsMoreOftenThanItSays) {
  constexpr int records = 200;
  int found = 0;
  for (std::uint64_t i = 0; i < records; ++i) {
    const auto fit = fit_bursts(window(quiet_years(), i), i, 39);
    found += fit->found() ? 1 : 0;
  }
  // 5 % of 200, and not more than 3.2 standard errors beside it.
  EXPECT_LT(std::abs(found - 0.05 * records) / std::sqrt(0.0475 * records), 3.2) << found;
}

TEST(BurstProcess, InventsNoneInARateThatChangesOverTheMonths) {
  FailureModel model = quiet_years();
  for (std::size_t week = 0; week < 157; ++week) {
    model.singles_by_week[week] *= week < 30 ? 4 : 0.3;
  }
  int found = 0;
  for (std::uint64_t i = 0; i < 60; ++i) {
    found += fit_bursts(window(model, i), i, 39)->found() ? 1 : 0;
  }
  EXPECT_LE(found, 9);  // 3 expected; 10 or more come once in 1,000
}

TEST(BurstProcess, FindsPlantedOnesWithTheirPlaces) {
  int found = 0;
  double machine = 0;
  double rack = 0;
  double spread = 0;
  constexpr int records = 20;
  for (std::uint64_t i = 0; i < records; ++i) {
    const BurstInput seen = window(with_bursts(25), 500 + i);
    found += fit_bursts(seen, i, 19)->p <= 0.05 ? 1 : 0;
    const auto law = law_of_bursts(seen, fit_triggering(seen), 20, i);
    machine += law.same_machine / records;
    rack += law.same_rack / records;
    spread += 24 * law.spread_days / records;
  }
  EXPECT_EQ(found, records);
  EXPECT_NEAR(machine, 0.5, 0.08);
  EXPECT_NEAR(rack, 0.2, 0.08);
  EXPECT_NEAR(spread, 0.5, 0.1);
}

TEST(BurstProcess, SharesOfSizesAddUpAndSingleChancesAreThoseOfTheRest) {
  const BurstInput seen = window(with_bursts(25), 900);
  // So few copies that no burst is found: the law is as it was drawn, and not moved yet.
  const auto fit = fit_bursts(seen, 1, 18);
  ASSERT_FALSE(fit->found());
  double shares = 0;
  for (const auto& size : fit->law.sizes) shares += size.share;
  EXPECT_NEAR(shares, 1, 1e-9);
  double single = 0;
  for (const double chance : fit->law.single) single += chance;
  EXPECT_NEAR(single + fit->law.in_bursts, static_cast<double>(seen.days.size()), 1);
}

TEST(BurstProcess, IsTheSameTwiceAndNeedsTwentyFailures) {
  const BurstInput seen = window(with_bursts(25), 901);
  const auto one = fit_bursts(seen, 7, 19);
  const auto two = fit_bursts(seen, 7, 19);
  EXPECT_EQ(one->gain, two->gain);
  EXPECT_EQ(*one->per_year.value, *two->per_year.value);
  BurstInput few = seen;
  few.days.resize(19);
  EXPECT_FALSE(fit_bursts(few, 1, 19));
}

TEST(PollingStep, IsFoundWhereTimesStandOnAGrid) {
  std::vector<Seconds> free;
  std::vector<Seconds> polled;
  sim::Stream stream(32, sim::Purpose::test, {1, 80, 0});
  for (int i = 0; i < 600; ++i) {
    const double at = std::floor(3.0 * 365 * 86400 * stream.uniform());
    free.push_back(Seconds{at});
    polled.push_back(
        Seconds{std::floor(at / 1800) * 1800 + 660 + std::floor(60 * stream.uniform())});
  }
  std::ranges::sort(free);
  std::ranges::sort(polled);
  EXPECT_EQ(polling_step(free, Seconds{1}).value, 1);
  EXPECT_EQ(polling_step(polled, Seconds{1}).value, 1800);
  EXPECT_EQ(polling_step(polled, sim::day), sim::day);
}

}  // namespace
