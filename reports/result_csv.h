#pragma once

#include <string>

#include "models/fleet/results.h"

namespace reports {

/// One row per strategy and metric, RFC 4180 with a header line: strategy, code, metric, value,
/// low95, high95, unit, method, model, converged, replicates, analytic, analytic_model, note. What
/// is not known or not finite is an empty field. Numbers read back as the same double.
std::string result_csv(const models::fleet::Results& results);

}  // namespace reports
