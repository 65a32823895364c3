#pragma once

#include <string>

#include "models/fleet/results.h"

namespace reports {

/// One row per strategy and metric, RFC 4180 with a header line: strategy, code, metric, value,
/// low95, high95, input_low, input_high, unit, method, model, converged, replicates,
/// replicates_are, analytic, analytic_model, note, input_range_model. What is not known or not
/// finite is an empty field. Numbers read back as the same double.
std::string result_csv(const models::fleet::Results& results);

}  // namespace reports
