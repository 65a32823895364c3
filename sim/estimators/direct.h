#pragma once

#include <optional>
#include <string>

#include "sim/estimate.h"
#include "sim/moments.h"
#include "sim/quantile.h"

namespace sim {

/// Figures of direct Monte Carlo: whole missions, each played to its end, added up by the caller.
/// Nothing seen gives no value but a bound; a figure is converged by PublishRule (publish.h).

/// The note of a figure that no mission was over for.
inline constexpr const char* none_played = "not known: stopped before a mission was over";

/// Mean per mission of something that is never negative. Never seen above zero: [0, 3/n] of
/// `greatest`, the largest value that a mission can give (infinity if there is none). Without a
/// mission no value, and the interval is all that there can be.
Estimate direct_mean(const Moments& moments, double greatest, std::string model);

/// P(loss within the mission) with Wilson's interval.
/// @param lost  1 for a mission that lost something, else 0
Estimate direct_probability(const Moments& lost, std::string model);

/// E[min(mission, first loss)] / P(loss): the mean time to loss at the mission's mean hazard. No
/// loss seen: the time watched over the bound of P(loss) as its lower bound.
/// @param loss_and_life  x: 1 for a loss, else 0; y: time until the first loss or the end, in the
///                       unit that the figure is wanted in
Estimate direct_time_to_loss(const PairedMoments& loss_and_life, std::string model);

/// The value that a share p of what was seen stays below, with the interval of its rank. Converged
/// only if that interval is narrow and its ends are within the sample.
/// @pre 0 < p < 1  @param counted  what `seen` counts, "rebuilds"; taken as independent
Estimate direct_quantile(const QuantileSketch& seen, double p, std::string model,
                         std::string counted);

/// Half the width of ci95 over the value; empty where there is no value or it is 0.
std::optional<double> relative_half_width(const Estimate& estimate);

}  // namespace sim
