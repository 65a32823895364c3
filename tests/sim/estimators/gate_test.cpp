#include "tests/sim/estimators/gate.h"

#include <gtest/gtest.h>

#include <cstdio>

namespace sim::testing {
namespace {

// The fast part of the gate; gate_long_test.cpp has the whole of it.
constexpr std::uint64_t estimates = 200;
constexpr int threads = 2;

Score shown(const Cell& cell) {
  const Score score = run_cell(cell, estimates, threads);
  std::printf("%s\n", row(cell, score).c_str());
  return score;
}

void expect_holds(const Oracle& oracle, Estimator estimator, double starts = 2.0) {
  const Cell cell = sized_cell(oracle, estimator, starts, 0.08);
  EXPECT_FALSE(shown(cell).fails());
}

TEST(Gate, HoldsForExposure) {
  std::printf("%s\n", table_head().c_str());
  for (const Oracle& oracle :
       {ten_of_fourteen(36.5), ten_of_fourteen(365.0), raised_k_of_n(0.4, 1),
        shocks_within_tolerance(), shocks_beyond_tolerance(), ageing_mirror()}) {
    expect_holds(oracle, Estimator::exposure);
  }
}

TEST(Gate, HoldsForTheCompensator) {
  for (const Oracle& oracle : {raised_k_of_n(0.4, 0), mirror(), latent_errors(1)}) {
    expect_holds(oracle, Estimator::compensator);
  }
}

TEST(Gate, HoldsUnderTheStoppingRule) {
  for (const Oracle& oracle : {ten_of_fourteen(36.5), shocks_within_tolerance()}) {
    const Cell cell = sized_cell(oracle, Estimator::exposure, 2.0, 0.08);
    EXPECT_FALSE(shown(stopping(cell, 0.2)).fails());
  }
}

Cell planted(const Oracle& oracle, Planted defect) {
  Cell cell = sized_cell(oracle, Estimator::exposure, 2.0, 0.05);
  cell.planted = defect;
  return cell;
}

TEST(Gate, FailsAnEstimatorCutAtOne) {
  EXPECT_TRUE(shown(planted(raised_k_of_n(2.0, 0), Planted::cut_at_one)).fails());
}

TEST(Gate, FailsARandomMeanInPlaceOfARate) {
  EXPECT_TRUE(shown(planted(mirror(), Planted::random_mean)).fails());
}

TEST(Gate, FailsWeightsOfCycles) {
  EXPECT_FALSE(shown(planted(every_triple_of_units(), Planted::nothing)).fails());
  EXPECT_TRUE(shown(planted(every_triple_of_units(), Planted::only_from_whole)).fails());
}

TEST(Gate, FailsIfLossesByOneEventAreLeftOut) {
  EXPECT_TRUE(shown(planted(shocks_beyond_tolerance(), Planted::skips_losses_at_once)).fails());
}

TEST(Gate, FailsAnEventClassWithoutItsFloorShare) {
  const Oracle oracle = rare_shocks_of_three_racks();
  Cell cell = sized_cell(oracle, Estimator::exposure, 2.0, 0.12);
  EXPECT_FALSE(shown(cell).fails());
  cell.options = options_for(oracle, 2.0, 0.0);
  EXPECT_TRUE(shown(cell).fails());
}

}  // namespace
}  // namespace sim::testing
