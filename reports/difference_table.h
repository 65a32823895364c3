#pragma once

#include "models/fleet/results.h"
#include "reports/page.h"

namespace reports {

/// How many times as much the first strategy of each difference shows as the second, one row per
/// second strategy, one column per metric. Prints nothing where there are no differences.
void difference_table(Page& page, const models::fleet::Results& results);

/// "33.5x", "13,000x", "1/39,000", "10^8.1x": 10 to the power of `log10_ratio`.
std::string factor_text(double log10_ratio);

}  // namespace reports
