#pragma once

#include <cstdint>

#include "models/fleet/results.h"
#include "models/scenario/scenario.h"
#include "sim/execution/limit.h"

namespace models::fleet {

/// What a claim on recovery asks.
enum class Recovery {
  point,  ///< how old is the state that comes back
  time    ///< when is all back
};

/// Judges a claim whose `after` names an incident of section `lifecycle`: supported if 95 of 100
/// such incidents meet it beyond doubt, refuted if they do not, undecided between. Lost data never
/// come back. Once the limit is over the verdict is void. False, with nothing written, if there is
/// no such incident.
bool judge_recovery(const scenario::Scenario& scenario, const scenario::Claim& claim, Recovery what,
                    std::uint64_t seed, sim::Limit& limit, ClaimResult& result);

}  // namespace models::fleet
