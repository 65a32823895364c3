#pragma once

#include <vector>

#include "models/fleet/results.h"
#include "models/scenario/scenario.h"
#include "sim/execution/limit.h"

namespace models::fleet {

/// Verdicts on the scenario's claims from the figures of `results`. Its seed is that of the
/// placement maps.
/// @param limit  what is not looked at as a whole when it is over is undecided, and says so
std::vector<ClaimResult> judge(const scenario::Scenario& scenario, const Results& results,
                               sim::Limit& limit);

}  // namespace models::fleet
