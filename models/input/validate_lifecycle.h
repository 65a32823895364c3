#pragma once

#include "models/input/fault_list.h"
#include "models/scenario/scenario.h"

namespace models::scenario {

/// What the parts of section `lifecycle` need of each other and of the strategies.
void check_lifecycle(const Scenario& scenario, FaultList& faults);

}  // namespace models::scenario
