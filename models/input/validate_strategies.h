#pragma once

#include "models/input/fault_list.h"
#include "models/scenario/scenario.h"

namespace models::scenario {

/// The part of validate() that sets each strategy against the hardware: is there a place for every
/// shard, room for the data, memory for the map, and is rebuilding faster than failing?
/// Sections whose own values are impossible are skipped; their faults are told elsewhere.
void check_strategies(const Scenario& scenario, FaultList& faults);

}  // namespace models::scenario
