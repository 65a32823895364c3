#pragma once

#include <span>

#include "sim/interval.h"

namespace models::records {

/// Places, or months, that are alike: each has `seen` failures where `expected` are.
struct Counted {
  double seen{};
  double expected{};
  double times{1};  ///< how many such
};

/// How much the true rates of places differ beyond the chance of their counts: the variance of
/// factors of mean 1 that follow a gamma law (Greenwood and Yule 1920).
struct GammaSpread {
  double variance{};
  sim::Interval ci95{};  ///< from the profile of the likelihood; the upper end may be infinite
  double gain{};         ///< of the log-likelihood over factors that are all 1
};

/// Maximum likelihood, with the adjustment for the fitted level that keeps few counts from looking
/// alike (Cox and Reid 1987).
/// @pre the sums of seen and expected are above 0
GammaSpread gamma_spread(std::span<const Counted> counts);

}  // namespace models::records
