// Records with known laws, months, machines, slots and bursts: how often intervals hold the truth,
// what is found of what was planted, and how often something is found that was not.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "models/records/burst_input.h"
#include "models/records/scenario_law.h"
#include "tests/models/records/simulated_record.h"

namespace {

using models::records::burst_input;
using models::records::fit_bursts;
using models::records::HazardPart;
using models::records::LawKind;
using models::records::scenario_law;
using record_test::Planted;
using record_test::simulated_record;

enum Feature { age, calendar, machines, slots, bursts, features };
constexpr const char* names[features] = {"age", "calendar", "machines", "slots", "bursts"};

struct Case {
  const char* name;
  Planted planted;
  bool is[features];  ///< planted
};

std::vector<Case> cases() {
  Planted wear;
  wear.shape = 1.6;
  wear.rate = 0.065;
  Planted months;
  months.months_variance = 0.15;
  Planted bad_machines;
  bad_machines.machines_variance = 0.4;
  Planted bad_slots;
  bad_slots.units_variance = 1.5;
  Planted in_bursts;
  in_bursts.bursts = 40;
  Planted all = wear;
  all.months_variance = 0.15;
  all.machines_variance = 0.4;
  all.bursts = 40;
  return {{"nothing", {}, {}},
          {"wear", wear, {true, false, false, false, false}},
          {"bad months", months, {false, true, false, false, false}},
          {"bad machines", bad_machines, {false, false, true, false, false}},
          {"bad slots", bad_slots, {false, false, false, true, false}},
          {"bursts", in_bursts, {false, false, false, false, true}},
          {"wear, months, machines, bursts", all, {true, true, true, false, true}}};
}

/// HOLDFAST_RECORDS: how many of each kind; 300 by default.
int records() {
  const char* text = std::getenv("HOLDFAST_RECORDS");
  return text == nullptr ? 300 : std::max(10, std::atoi(text));
}

struct Tally {
  int found[features]{};
  int held[features]{};
};

/// @param first  number of the first record: kinds share none, or their chances would be one.
Tally tally_of(const Case& one, int count, std::uint64_t first) {
  Tally tally;
  const double truths[features] = {one.planted.shape, std::sqrt(one.planted.months_variance),
                                   std::sqrt(one.planted.machines_variance),
                                   std::sqrt(one.planted.units_variance),
                                   one.planted.bursts / one.planted.years};
  for (int i = 0; i < count; ++i) {
    const auto number = static_cast<std::uint64_t>(i);
    const auto sample = simulated_record(one.planted, first + number);
    const auto input = burst_input(sample);
    const auto fit = fit_bursts(input, number, 99);
    const auto law = scenario_law(sample, fit, LawKind::exponential, &input, number);
    const auto& hazard = *law.hazard;
    const HazardPart* parts[] = {&hazard.age, &hazard.calendar, &hazard.places[1],
                                 &hazard.places[0]};
    for (int f = 0; f < bursts; ++f) {
      tally.found[f] += parts[f]->found() ? 1 : 0;
      tally.held[f] += parts[f]->size.ci95.contains(truths[f]) ? 1 : 0;
    }
    tally.found[bursts] += fit->found() ? 1 : 0;
    tally.held[bursts] += fit->per_year.ci95.contains(truths[bursts]) ? 1 : 0;
  }
  return tally;
}

TEST(HazardCoverage, IntervalsHoldTheTruthAndNothingIsInvented) {
  const int count = records();
  std::printf("| planted | looked for | found | interval holds the truth |\n|---|---|---|---|\n");
  int invented[features]{};
  int looked[features]{};
  std::uint64_t first = 10'000;
  for (const Case& one : cases()) {
    const Tally tally = tally_of(one, count, first);
    first += 10'000;
    for (int f = 0; f < features; ++f) {
      // Slots of a bad machine are bad: what is found of them there is no invention. Nor do
      // intervals of what is not there have a coverage: their ends are at 0.
      const bool related = one.is[machines] || one.is[slots];
      const bool kin = related && (f == slots || f == machines);
      if (kin && !one.is[f]) continue;
      const std::string held = fmt::format("{:.1f} %", 100.0 * tally.held[f] / count);
      std::printf("| %s | %s | %.1f %% | %s |\n", one.name, names[f],
                  100.0 * tally.found[f] / count, one.is[f] || f == age ? held.c_str() : "");
      const double error = std::sqrt(0.95 * 0.05 * count);
      if (one.is[f]) {
        EXPECT_GE(tally.found[f], 0.8 * count) << one.name << " " << names[f];
      } else {
        invented[f] += tally.found[f];
        looked[f] += count;
        EXPECT_LT(std::abs(tally.found[f] - 0.05 * count), 4 * error)
            << one.name << " " << names[f];
      }
      if (one.is[f] || f == age) {
        EXPECT_LT(std::abs(tally.held[f] - 0.95 * count), 0.02 * count + 2 * error)
            << one.name << " " << names[f];
      }
    }
    std::fflush(stdout);
  }
  for (int f = 0; f < features; ++f) {
    std::printf("| all of these | %s | invented in %.1f %% | |\n", names[f],
                100.0 * invented[f] / looked[f]);
    EXPECT_NEAR(1.0 * invented[f] / looked[f], 0.05, 0.02) << names[f];
  }
}

}  // namespace
