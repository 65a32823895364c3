#pragma once

#include "models/planning/plan.h"

namespace models::planning {

/// Three years, one source of round numbers, one kind of disk and machine, no growth of prices:
/// small enough to be worked out by hand. Two copies, cold data in RS 2+1 after a year.
Plan small_plan();

}  // namespace models::planning
