#pragma once

#include "models/input/fault_list.h"
#include "models/scenario/scenario.h"

namespace models::scenario {

/// Paths need what they run through: engines, fabrics, arrays with controllers, two copies that are
/// mirrored; and hosts enough. Every strategy is looked at.
void check_paths(const Scenario& scenario, FaultList& faults);

}  // namespace models::scenario
