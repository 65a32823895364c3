#pragma once

#include <string>
#include <vector>

#include "models/records/happening.h"
#include "sim/estimate.h"

namespace models::records {

/// A measure of clustering against what it is if failures come independently.
struct Clustering {
  std::string name;      ///< "failures within 1 day of another"
  std::string unit;      ///< "share", "variance/mean", "times the expected"
  sim::Estimate seen;    ///< interval from blocks drawn with replacement
  double expected{};     ///< mean of the null
  sim::Interval null95;  ///< of the null
  double p{};            ///< share of the null that is at least as large, what was seen included
};

/// In time: the index of dispersion of daily counts, and the shares of failures that come within a
/// window of another. The null (Poisson in each block) puts the failures of each block of 30 days
/// at random times of it; so a slow change of the rate is no burst.
/// @param at  ascending; @param resolution  the step of its times
/// @param windows  of the shares; those below the resolution are left out
std::vector<Clustering> bursts(std::span<const Seconds> at, Seconds resolution,
                               std::span<const Seconds> windows, const Draws& draws);

/// The longest time without a failure: where it would hardly come by chance, the record may have a
/// gap.
struct Silence {
  Seconds from{};
  Seconds until{};
  double p{};  ///< bound on the chance of one as long anywhere, at the rate of the year around it
};
Silence longest_silence(std::span<const Seconds> at);

}  // namespace models::records
