#pragma once

#include <vector>

#include "models/drill/course.h"
#include "models/scenario/diagnostic.h"
#include "models/scenario/scenario.h"

/// The planner against real bytes: objects are stored through the code on a fleet in memory, disks
/// and machines are lost, the same RebuildPlanner that the simulator asks rebuilds them, and every
/// byte is compared.
namespace models::drill {

struct DrillResult {
  std::vector<StrategyDrill> strategies;
  bool passed() const;
};

/// Drills the chosen strategies on the scenario's own fleet; of the placement groups as many are
/// kept as there are objects. A disk holds what `usable_fill` leaves free, in proportion. Same
/// options, same result. Errors: no such strategy, an option out of range, more than 4 GiB in
/// memory.
scenario::Checked<DrillResult> drill(const scenario::Scenario& scenario,
                                     const DrillOptions& options);

}  // namespace models::drill
