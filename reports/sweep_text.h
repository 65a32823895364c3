#pragma once

#include <string>

#include "models/sweep/sweep.h"
#include "reports/result_text.h"

namespace reports {

/// One input: a table per metric, values down, strategies across. Two: a grid per metric and
/// strategy, the first down, the second across. More: such a grid for each choice of the rest.
/// Each figure has its interval below it where it has one.
std::string sweep_text(const models::sweep::Result& result, const TextOptions& options = {});

/// A row per point, strategy and metric: a column per input, then strategy, code, metric, value,
/// low95, high95, unit, method, model, converged, replicates, analytic, note.
std::string sweep_csv(const models::sweep::Result& result);

/// {"schema": "holdfast/sweep/1", ..., "axes": [{"path", "values"}], "metrics": [...], "points":
/// [{"values": [...], "strategies": [{"name", "code", "metrics": {id: {...}}}]}]}: a metric as in
/// the document of `compare`, under its whole id.
std::string sweep_json(const models::sweep::Result& result);

}  // namespace reports
