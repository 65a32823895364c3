#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/estimators/publish.h"
#include "tests/sim/estimators/oracles.h"

namespace sim::testing {

/// Many independent estimates of one truth by one estimator: do their intervals hold it as often
/// as they say, and is their mean right?
struct Cell {
  Oracle oracle;
  Estimator estimator{};
  RareOptions options;
  std::uint64_t replicates{};  ///< of each estimate; the most of them, if `precision` is set
  /// The stopping rule that users have.
  std::optional<RarePrecision> precision;
  Planted planted{Planted::nothing};
  bool of_amount{};  ///< the expected groups lost instead of P(any loss)
};

/// The counts of a cell; an accumulator for run_blocks().
struct Score {
  std::uint64_t estimates{};
  std::uint64_t covered{};
  std::uint64_t low{};  ///< the truth lies above the interval
  std::uint64_t high{};
  Moments ratio;  ///< of the estimate to the truth
  Moments replicates;
  void merge(const Score& later);
  bool operator==(const Score&) const = default;

  double bias_in_errors() const;
  /// Fewer covered than 1 of 10,000 gates would see if 94 % held (910 of 1,000), or the mean off
  /// by more than 4 standard errors.
  bool fails() const;
};

Score run_cell(const Cell& cell, std::uint64_t estimates, int threads);

/// One line of the table in docs/validation.md: name, way of stopping, coverage, bias.
std::string row(const Cell& cell, const Score& score);
std::string table_head();

/// A cell with so many replicates that the relative standard error is about `error`, from a trial.
Cell sized_cell(const Oracle& oracle, Estimator estimator, double starts, double error);
/// The same cell under the stopping rule.
Cell stopping(Cell cell, double precision);

}  // namespace sim::testing
