#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/drill/course.h"
#include "models/drill/drill.h"

namespace models::drill {

/// Many missions of one strategy, several at once; figures add up in the order of missions,
/// whatever the number of threads. It ends after the block of missions in which one failed, and
/// that one is shrunk. `make_medium` is asked for each mission.
StrategyResult campaign(const Subject& subject, const DrillOptions& options,
                        const MakeMedium& make_medium = {});

}  // namespace models::drill
