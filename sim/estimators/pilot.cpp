#include "sim/estimators/pilot.h"

#include <algorithm>
#include <limits>

#include "sim/contract.h"

namespace sim {
namespace {

/// Fewer tell nothing of a variance.
constexpr std::uint64_t least_hits = 12;

bool eligible(const PilotRow& row) {
  if (row.tally.loss().x().non_zero() < least_hits) return false;
  if (row.method != Method::compensator) return true;
  // Of the rule of publication all but the width, which a pilot need not reach.
  PublishRule rule;
  rule.half_width = std::numeric_limits<double>::infinity();
  return why_not_converged(row.tally, {row.method, {}, {}, rule}).empty();
}

/// Where fewer replicates would do than are asked for, each has fewer virtual events: that leaves
/// the relative variance of all together as it was.
RareOptions thinned(const PilotRow& row, double relative) {
  constexpr double least = 1.0 / 8.0;
  RareOptions options = row.options;
  const double needed = needed_replicates(row.tally, relative);
  if (row.method != Method::exposure || needed <= 0.0) return options;
  const double share = needed / static_cast<double>(least_planned);
  for (RareSetting& setting : options.settings) setting.kappa *= std::clamp(share, least, 1.0);
  return options;
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
  return {best->method, thinned(*best, relative), planned_replicates(best->tally, relative),
          found ? "least variance for its work in the pilot"
                : "the pilot found too few losses to compare"};
}

}  // namespace sim
