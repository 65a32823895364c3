#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "models/records/happening.h"
#include "sim/estimate.h"

namespace models::records {

/// What one block of time adds to a ratio of sums.
struct Part {
  using Index = std::ptrdiff_t;
  double above{};
  double below{};
};

/// Sum of `above` over the sum of `below`; 0 if there is nothing below.
double ratio_of(std::span<const Part> parts);

/// The ratio, and an interval from drawing as many blocks with replacement (Efron and Tibshirani
/// 1993, chapter 13): what is alike within a block stays together.
/// @param number  tells the measure's random stream from others
sim::Estimate block_bootstrap(std::span<const Part> parts, const Draws& draws,
                              std::uint64_t number);

/// Draws of a statistic under the null.
class NullDraws {
 public:
  explicit NullDraws(double seen) : seen_(seen) {}
  void add(double drawn) { drawn_.push_back(drawn); }
  double mean() const;
  /// 2.5 % to 97.5 %.
  sim::Interval range() const;
  /// (1 + draws at least as large)/(1 + draws): never 0 (Phipson and Smyth 2010).
  double p() const;

 private:
  double seen_;
  std::vector<double> drawn_;
};

}  // namespace models::records
