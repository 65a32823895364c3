// The whole gate: 1,000 estimates of every oracle, by a fixed number of replicates and under the
// stopping rule. Prints the table of docs/validation.md.

#include <gtest/gtest.h>

#include <cstdio>

#include "tests/sim/estimators/gate.h"

namespace sim::testing {
namespace {

constexpr std::uint64_t estimates = 1000;
constexpr double error = 0.08;     // relative standard error of each estimate
constexpr double precision = 0.2;  // relative half-width asked for: the coarsest that is published

void expect_holds(const Cell& cell) {
  const Score score = run_cell(cell, estimates, 0);
  std::printf("%s\n", row(cell, score).c_str());
  std::fflush(stdout);
  EXPECT_FALSE(score.fails()) << cell.oracle.name;
}

/// Any loss and, where it differs, the groups lost; at a number of replicates and at a precision.
void expect_all_hold(const Oracle& oracle, Estimator estimator) {
  Cell cell = sized_cell(oracle, estimator, 2.0, error);
  expect_holds(cell);
  expect_holds(stopping(cell, precision));
  if (oracle.amount <= oracle.loss * 1.0001) return;
  cell.of_amount = true;
  expect_holds(cell);
}

TEST(WholeGate, HoldsForExposure) {
  std::printf("%s\n", table_head().c_str());
  for (const Oracle& oracle : all_oracles()) expect_all_hold(oracle, Estimator::exposure);
}

TEST(WholeGate, HoldsForTheCompensatorWhereLossIsFrequent) {
  std::printf("%s\n", table_head().c_str());
  constexpr std::uint64_t trial = 4000;
  for (const Oracle& oracle : all_oracles()) {
    const RareTally tally =
        play(oracle, Estimator::compensator, options_for(oracle, 2.0), trial, 7);
    // The condition under which a pilot takes it.
    if (tally.loss().x().non_zero() >= 300) expect_all_hold(oracle, Estimator::compensator);
  }
}

TEST(WholeGate, HoldsForSplitting) {
  std::printf("%s\n", table_head().c_str());
  for (const Oracle& oracle : {mirror(), latent_errors(2), separate_stripes()}) {
    Cell cell{oracle, Estimator::splitting, options_for(oracle, 2.0), 40, {}, {}, false};
    cell.options.effort = 512;
    expect_holds(cell);
  }
}

}  // namespace
}  // namespace sim::testing
