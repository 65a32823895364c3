#include "tests/sim/estimators/gate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "sim/execution/blocks.h"
#include "sim/interval.h"

namespace sim::testing {
namespace {

const Moments& sum_of(const Cell& cell, const RareTally& tally) {
  return cell.of_amount ? tally.amounts()[0] : tally.loss().x();
}

double truth_of(const Cell& cell) { return cell.of_amount ? cell.oracle.amount : cell.oracle.loss; }

RareTally estimate(const Cell& cell, std::uint64_t seed) {
  if (!cell.precision) {
    return play(cell.oracle, cell.estimator, cell.options, cell.replicates, seed, cell.planted);
  }
  constexpr std::uint64_t of_pilot = 2048;
  constexpr std::uint64_t pilot_seeds = 1'000'000;
  const RareTally pilot =
      play(cell.oracle, cell.estimator, cell.options, of_pilot, pilot_seeds + seed, cell.planted);
  RarePrecision precision = *cell.precision;
  precision.least_replicates = planned_replicates(pilot, precision.relative);
  return play_until(cell.oracle, cell.estimator, cell.options, precision, cell.replicates, seed,
                    cell.planted);
}

void add(const Cell& cell, std::uint64_t seed, Score& score) {
  const RareTally tally = estimate(cell, seed);
  const Moments& sum = sum_of(cell, tally);
  ++score.estimates;
  score.ratio.add(sum.mean() / truth_of(cell));
  score.replicates.add(static_cast<double>(tally.replicates()));
  const Interval interval = mean_interval(sum);
  score.covered += interval.contains(truth_of(cell)) ? 1U : 0U;
  score.low += interval.high < truth_of(cell) ? 1U : 0U;
  score.high += interval.low > truth_of(cell) ? 1U : 0U;
}

}  // namespace

void Score::merge(const Score& later) {
  estimates += later.estimates;
  covered += later.covered;
  low += later.low;
  high += later.high;
  ratio.merge(later.ratio);
  replicates.merge(later.replicates);
}

double Score::bias_in_errors() const {
  const double error = ratio.standard_error();
  return error > 0.0 ? (ratio.mean() - 1.0) / error : 0.0;
}

bool Score::fails() const {
  constexpr double true_coverage = 0.94;
  constexpr double errors = 4.0;
  const auto n = static_cast<double>(estimates);
  const double fewest =
      n * true_coverage - errors * std::sqrt(n * true_coverage * (1.0 - true_coverage));
  return static_cast<double>(covered) < fewest || std::abs(bias_in_errors()) > errors;
}

Score run_cell(const Cell& cell, std::uint64_t estimates, int threads) {
  constexpr std::uint64_t first_seed = 1000;
  return run_blocks(
             BlockPlan{0, estimates, 5, threads}, Score{}, [] { return 0; },
             [&](std::uint64_t number, int&, Score& score) {
               add(cell, first_seed + number, score);
             })
      .accumulator;
}

std::string table_head() {
  return "| oracle | of | method | stops by | replicates | covered | truth above | truth below | "
         "mean / truth | off by errors | verdict |\n|---|---|---|---|---|---|---|---|---|---|---|";
}

std::string row(const Cell& cell, const Score& score) {
  constexpr std::array methods{"exposure", "compensator", "splitting"};
  std::array<char, 300> text{};
  std::snprintf(text.data(), text.size(),
                "| %s | %s | %s | %s | %.0f | %.1f %% | %.1f %% | %.1f %% | %.4f | %.1f | %s |",
                cell.oracle.name.c_str(), cell.of_amount ? "groups lost" : "any loss",
                methods[static_cast<std::size_t>(cell.estimator)],
                cell.precision ? "precision" : "number", score.replicates.mean(),
                100.0 * double(score.covered) / double(score.estimates),
                100.0 * double(score.low) / double(score.estimates),
                100.0 * double(score.high) / double(score.estimates), score.ratio.mean(),
                score.bias_in_errors(), score.fails() ? "FAILS" : "holds");
  return text.data();
}

Cell sized_cell(const Oracle& oracle, Estimator estimator, double starts, double error) {
  constexpr std::uint64_t trial = 4000;
  Cell cell{oracle, estimator, options_for(oracle, starts), 0, {}, Planted::nothing, false};
  const RareTally tally = play(oracle, estimator, cell.options, trial, 7);
  const double relative = std::sqrt(tally.loss().x().variance()) / oracle.loss;
  const double needed = relative * relative / (error * error);
  cell.replicates =
      std::clamp(static_cast<std::uint64_t>(needed), std::uint64_t{400}, std::uint64_t{200'000});
  return cell;
}

Cell stopping(Cell cell, double precision) {
  cell.precision = RarePrecision{precision, {}, 1000};
  cell.replicates = std::uint64_t{1} << 17U;
  return cell;
}

}  // namespace sim::testing
