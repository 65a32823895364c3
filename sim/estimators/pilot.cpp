#include "sim/estimators/pilot.h"

#include <limits>

#include "sim/contract.h"

namespace sim {
namespace {

/// Fewer tell nothing of a variance.
constexpr std::uint64_t least_hits = 50;

bool eligible(const PilotRow& row) {
  if (row.tally.loss().x().non_zero() < least_hits) return false;
  if (row.method != Method::compensator) return true;
  // Of the rule of publication all but the width, which a pilot need not reach.
  PublishRule rule;
  rule.half_width = std::numeric_limits<double>::infinity();
  return why_not_converged(row.tally, {row.method, {}, {}, rule}).empty();
}

}  // namespace

double work_normalised_variance(const RareTally& tally) {
  const Moments& loss = tally.loss().x();
  if (loss.mean() <= 0.0) return std::numeric_limits<double>::infinity();
  const double relative = loss.variance() / (loss.mean() * loss.mean());
  return relative * static_cast<double>(tally.work().total()) / static_cast<double>(loss.count());
}

PilotChoice choose(const std::vector<PilotRow>& rows, double relative) {
  EXPECTS(!rows.empty());
  const PilotRow* best = nullptr;
  const PilotRow* fallback = nullptr;
  for (const PilotRow& row : rows) {
    if (fallback == nullptr && row.method == Method::exposure) fallback = &row;
    if (!eligible(row)) continue;
    if (best == nullptr ||
        work_normalised_variance(row.tally) < work_normalised_variance(best->tally)) {
      best = &row;
    }
  }
  const bool found = best != nullptr;
  if (!found) best = fallback != nullptr ? fallback : &rows.front();
  return {best->method, best->options, planned_replicates(best->tally, relative),
          found ? "least variance for its work in the pilot"
                : "the pilot found too few losses to compare"};
}

}  // namespace sim
