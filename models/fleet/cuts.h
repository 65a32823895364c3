#pragma once

#include "models/fleet/reach_run.h"
#include "models/fleet/results.h"
#include "models/fleet/run.h"

namespace models::fleet {

/// Says in the warnings of a strategy which branches were cut off, on which replicates its figures
/// rest, and which options of `compare` give these figures again to the bit.
/// @param loss, reach  of this strategy; null: not asked for
void add_cuts(const RareRun* loss, const ReachRun* reach, const RunOptions& options,
              StrategyResult& strategy);

}  // namespace models::fleet
