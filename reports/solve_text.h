#pragma once

#include <string>

#include "models/sweep/solve.h"
#include "reports/result_text.h"

namespace reports {

/// The answer in one sentence: which values meet the target, which do not, and what is between; or
/// that none does, or all do, as far as was searched.
std::string solve_answer(const models::sweep::Solution& solution);

/// The answer, then every value that was tried with its figure.
std::string solve_text(const models::sweep::Solution& solution, const TextOptions& options = {});

/// A row per trial: value, metric, figure, low95, high95, unit, side, method, replicates.
std::string solve_csv(const models::sweep::Solution& solution);

/// {"schema": "holdfast/solve/1", ..., "target": {"metric", "op", "value"}, "answer": {"words",
/// "meets", "fails", "monotone"}, "trials": [{"value", "side", "figure": {...}}]}.
std::string solve_json(const models::sweep::Solution& solution);

/// "meets", "fails" or "open".
std::string_view side_words(models::sweep::Side side);

}  // namespace reports
