#pragma once

#include "models/fleet/results.h"
#include "reports/page.h"

namespace reports {

/// What the scenario is not sure of, and between which values the main figures of each strategy lie
/// for that; nothing where all inputs are given without limits.
void doubt_table(Page& page, const models::fleet::Results& results);

}  // namespace reports
