#pragma once

#include "models/input/fault_list.h"
#include "models/scenario/scenario.h"

namespace models::scenario {

/// Claims have ids of their own, name strategies and metrics that exist, and say what their kind
/// needs.
void check_claims(const Scenario& scenario, FaultList& faults);

}  // namespace models::scenario
