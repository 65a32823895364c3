#include "sim/estimators/direct.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "sim/estimators/publish.h"
#include "sim/interval.h"

namespace sim {

Estimate direct_mean(const Moments& moments, double greatest, std::string model) {
  Estimate estimate;
  estimate.method = Method::direct;
  estimate.model = std::move(model);
  estimate.replicates = moments.count();
  if (moments.count() == 0) {
    estimate.ci95 = {0.0, greatest};
    estimate.converged = false;
    estimate.note = none_played;
    return estimate;
  }
  if (moments.non_zero() == 0) {
    estimate.ci95 = {0.0, std::min(1.0, zero_bound(moments.count()).high) * greatest};
    estimate.converged = false;
    estimate.note = "none seen: a bound, not a value";
    return estimate;
  }
  estimate.value = moments.mean();
  estimate.ci95 = moments.count() < 2 ? Interval{0.0, greatest} : mean_interval(moments);
  const PublishRule rule;
  if (moments.non_zero() < rule.non_zero || *relative_half_width(estimate) > rule.half_width ||
      moments.largest() > rule.largest_share * moments.sum()) {
    estimate.converged = false;
    estimate.note = "not converged: " + std::to_string(moments.non_zero()) + " missions of " +
                    std::to_string(moments.count()) + " contribute";
  }
  return estimate;
}

Estimate direct_probability(const Moments& lost, std::string model) {
  Estimate estimate = direct_mean(lost, 1.0, std::move(model));
  if (estimate.value) estimate.ci95 = wilson_interval(lost.non_zero(), lost.count());
  return estimate;
}

Estimate direct_time_to_loss(const PairedMoments& loss_and_life, std::string model) {
  constexpr double never = std::numeric_limits<double>::infinity();
  Estimate estimate = direct_probability(loss_and_life.x(), std::move(model));
  if (estimate.replicates == 0) {
    estimate.ci95 = {0.0, never};
    return estimate;
  }
  const double life = loss_and_life.y().mean();
  if (estimate.value) estimate.value = life / loss_and_life.x().mean();
  estimate.ci95 = estimate.value && loss_and_life.x().count() >= 2
                      ? ratio_interval(loss_and_life)
                      : Interval{life / estimate.ci95.high, never};
  return estimate;
}

Estimate direct_quantile(const QuantileSketch& seen, double p, std::string model,
                         std::string counted) {
  Estimate estimate;
  estimate.method = Method::direct;
  estimate.model = std::move(model);
  estimate.replicates = seen.count();
  estimate.counted = std::move(counted);
  estimate.ci95 = {0.0, std::numeric_limits<double>::infinity()};
  estimate.converged = false;
  if (seen.count() == 0) {
    estimate.note = "none seen";
    return estimate;
  }
  // Order statistics: ranks p n +- 1.96 sqrt(n p (1-p)).
  const double spread = 1.96 * std::sqrt(p * (1 - p) / static_cast<double>(seen.count()));
  estimate.value = seen.quantile(p);
  estimate.ci95 = {seen.quantile(std::max(0.0, p - spread)),
                   seen.quantile(std::min(1.0, p + spread))};
  // Where the rank may be that of an extreme, the interval ends where the sample does.
  const bool within = p - spread > 0.0 && p + spread < 1.0;
  const double width = estimate.ci95.high - estimate.ci95.low;
  estimate.converged = within && width <= 2.0 * PublishRule{}.half_width * *estimate.value;
  if (!estimate.converged) {
    estimate.note =
        "not converged: a quantile of " + std::to_string(seen.count()) + " " + estimate.counted;
  }
  return estimate;
}

std::optional<double> relative_half_width(const Estimate& estimate) {
  if (!estimate.value || *estimate.value == 0.0) return std::nullopt;
  return 0.5 * (estimate.ci95.high - estimate.ci95.low) / std::abs(*estimate.value);
}

}  // namespace sim
