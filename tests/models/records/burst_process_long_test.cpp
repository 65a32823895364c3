// Hundreds of records with known bursts: how often the interval holds the truth, and whether
// p-values of the posterior check are even where the model is true.
#include <gtest/gtest.h>

#include <cmath>

#include "models/records/burst_process.h"
#include "models/records/posterior_check.h"
#include "sim/random.h"

namespace {

using models::records::BurstInput;
using models::records::FailureModel;
using models::records::simulated_window;

FailureModel planted(double bursts) {
  FailureModel model;
  model.length = 3 * 365;
  model.units = 5000;
  model.machines = 200;
  model.racks = 20;
  model.singles_by_week.assign(157, 300.0 / 157);
  model.bursts = bursts;
  model.burst.sizes = {{2, 0.6}, {3, 0.25}, {6, 0.15}};
  model.burst.spread_days = 0.5 / 24;
  model.burst.same_machine = 0.5;
  model.burst.same_rack = 0.2;
  return model;
}

BurstInput window(const FailureModel& model, std::uint64_t number) {
  sim::Stream stream(33, sim::Purpose::test, {number, 81, 0});
  return simulated_window(model, stream);
}

TEST(BurstRate, LiesInItsIntervalInNineteenOfTwentyRecords) {
  constexpr int records = 300;
  for (const double bursts : {12.0, 40.0}) {
    const double truth = bursts / (3 * 365 / 365.25);
    int held = 0;
    for (std::uint64_t i = 0; i < records; ++i) {
      held += models::records::fit_bursts(window(planted(bursts), i), i, 0)
                      ->per_year.ci95.contains(truth)
                  ? 1
                  : 0;
    }
    EXPECT_GE(held, 0.93 * records) << bursts;
    EXPECT_LE(held, 0.98 * records) << bursts;
  }
}

TEST(PosteriorCheck, HasEvenChancesWhereTheModelIsTrue) {
  constexpr int records = 200;
  const FailureModel model = planted(30);
  std::vector<int> low(7);
  std::vector<int> half(7);
  for (std::uint64_t i = 0; i < records; ++i) {
    const auto checks = models::records::posterior_check(model, window(model, 1000 + i),
                                                         {.windows = 59, .inner = 8, .seed = i});
    for (std::size_t f = 0; f < checks.size(); ++f) {
      low[f] += checks[f].p_value < 0.05 ? 1 : 0;
      half[f] += checks[f].p_value < 0.5 ? 1 : 0;
    }
  }
  for (std::size_t f = 0; f < 7; ++f) {
    EXPECT_LT(std::abs(half[f] - 0.5 * records) / std::sqrt(0.25 * records), 4) << f;
    EXPECT_LT(std::abs(low[f] - 0.05 * records) / std::sqrt(0.0475 * records), 4) << f;
  }
}

}  // namespace
