#pragma once

#include <cstdint>

#include "sim/estimate.h"
#include "sim/moments.h"

namespace sim {

/// Two-sided 95 % intervals of the project. `n` is the number of replicates.

/// Mean of independent replicates: Student t; on the logarithm when the standard error exceeds 5 %
/// of a positive mean (methods: one-sided misses on the optimistic side otherwise).
/// @pre moments.count() >= 2
Interval mean_interval(const Moments& moments);

/// Student t only, for quantities that may be negative (paired differences).
Interval t_interval(const Moments& moments);

/// Proportion by Wilson's score; successes in [0, n], n > 0.
Interval wilson_interval(std::uint64_t successes, std::uint64_t n);

/// Ratio mean(y)/mean(x) of paired replicates by the delta method; symmetric on the logarithm when
/// the relative standard error exceeds 5 %. @pre mean(x) != 0
Interval ratio_interval(const PairedMoments& moments);

/// Mean of a Poisson count of which `seen` were seen: exact (Garwood 1936), from chi-squared or
/// gamma quantiles. @pre seen >= 0
Interval poisson_interval(double seen);

/// Nothing seen in n replicates: [0, 3/n] (rule of three).
Interval zero_bound(std::uint64_t n);

/// Quantile of Student's t with `freedom` degrees of freedom, 0 < p < 1.
double student_quantile(double p, double freedom);

}  // namespace sim
