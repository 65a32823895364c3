#pragma once

#include <vector>

#include "models/paths/path_model.h"

namespace models::paths {

/// Probability that a service has no path, each part being down with probability `down` (by part),
/// independently: the sum over all states, cut short where the rest no longer matters. Exact, and
/// accurate however small, for all terms are positive. Switching over takes no time here.
double probability_down(const PathModel& model, const Service& service,
                        const std::vector<double>& down);

}  // namespace models::paths
