#pragma once

#include <vector>

#include "models/fleet/results.h"
#include "models/scenario/scenario.h"
#include "models/verify/published_case.h"

namespace models::verify {

/// The claims of a scenario as a run has judged them, told like published cases: `published` is the
/// threshold, `ours` the metric of the strategy; `why` ends with what would flip the verdict.
std::vector<Outcome> judged_claims(const scenario::Scenario& scenario,
                                   const fleet::Results& results);

}  // namespace models::verify
