#pragma once

#include <string>

#include "models/codes/code.h"
#include "models/input/fault_list.h"
#include "models/scenario/scenario.h"

namespace models::scenario {

/// Values of a strategy's placement and spares that are impossible on any hardware, or that its
/// kind does not use. False if there are any.
bool check_placement_values(const Strategy& strategy, const std::string& pointer,
                            FaultList& faults);

/// Is there a place for every shard of a group? @pre the hardware's counts are sound and
/// check_placement_values holds. False if not.
bool check_places(const Hardware& hardware, const Strategy& strategy, const codes::Code& code,
                  const std::string& pointer, FaultList& faults);

}  // namespace models::scenario
