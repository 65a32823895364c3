#pragma once

#include <string>
#include <string_view>

#include "models/fleet/results.h"

/// A figure against the threshold of a claim.
namespace models::fleet {

/// @param op  ">=", ">", "<=" or "<"
bool holds(double value, std::string_view op, double threshold);
/// "supported", "refuted".
std::string_view verdict_words(bool supported);
/// "textbook chain", "exposure simulation".
std::string method_words(sim::Method method);

/// Sets the verdict, why, and what would flip it. Decided where the sampling interval and the range
/// over the uncertain inputs lie on one side of the threshold; undecided where either crosses it,
/// where the figure is not published, and for the textbook's figure alone.
void judge_figure(const Metric& metric, std::string_view op, double claimed, ClaimResult& result);

}  // namespace models::fleet
