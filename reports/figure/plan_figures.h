#pragma once

#include "models/planning/run_plan.h"
#include "reports/figure/canvas.h"

namespace reports::figure {

/// Terabytes year by year of the design shown: stored, with redundancy, raw, cloud.
Drawing capacity_figure(const models::planning::PlanResults& results, Size size);

/// Payments year by year of the design shown: capital below, running above.
Drawing cash_figure(const models::planning::PlanResults& results, Size size);

/// Net present value against nines of the front; the design shown is a star.
Drawing front_figure(const models::planning::PlanResults& results, Size size);

}  // namespace reports::figure
