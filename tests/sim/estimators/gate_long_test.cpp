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

class WholeGate : public ::testing::TestWithParam<Oracle> {};

TEST_P(WholeGate, HoldsForExposure) { expect_all_hold(GetParam(), Estimator::exposure); }

TEST_P(WholeGate, HoldsForTheCompensatorWhereLossIsFrequent) {
  constexpr std::uint64_t trial = 4000;
  const Oracle& oracle = GetParam();
  const RareTally tally = play(oracle, Estimator::compensator, options_for(oracle, 2.0), trial, 7);
  // The condition under which a pilot takes it.
  if (tally.loss().x().non_zero() < 300) GTEST_SKIP() << "the pilot would not take it";
  expect_all_hold(oracle, Estimator::compensator);
}

INSTANTIATE_TEST_SUITE_P(All, WholeGate, ::testing::ValuesIn(all_oracles()), name_of);

TEST(WholeGateOfSplitting, Holds) {
  // Few paths where every stage is likely; a chance of 0.001 needs more.
  const auto cell_of = [](const Oracle& oracle, std::size_t effort) {
    Cell cell{oracle, Estimator::splitting, options_for(oracle, 2.0), 40, {}, {}, false};
    cell.options.effort = effort;
    return cell;
  };
  expect_holds(cell_of(mirror(), 512));
  expect_holds(cell_of(raised_k_of_n(0.4, 1), 64));
  expect_holds(cell_of(separate_stripes(), 16));
}

}  // namespace
}  // namespace sim::testing
