#include "sim/estimators/direct.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/contract.h"
#include "sim/interval.h"

namespace sim {
namespace {

constexpr const char* nothing_seen = "none seen: ci95 is a bound (rule of three)";

Estimate start(const DirectTally& tally, std::string model) {
  Estimate estimate;
  estimate.method = Method::direct;
  estimate.model = std::move(model);
  estimate.replicates = tally.missions();
  return estimate;
}

}  // namespace

void DirectTally::add(const MissionOutcome& outcome) {
  EXPECTS(outcome.payoffs.size() == payoffs_.size());
  const Seconds watched = outcome.first_loss ? std::min(*outcome.first_loss, mission_) : mission_;
  loss_.add(outcome.first_loss ? 1.0 : 0.0, watched.value);
  for (std::size_t i = 0; i < payoffs_.size(); ++i) payoffs_[i].add(outcome.payoffs[i]);
}

void DirectTally::merge(const DirectTally& later) {
  EXPECTS(later.payoffs_.size() == payoffs_.size() && later.mission_ == mission_);
  loss_.merge(later.loss_);
  for (std::size_t i = 0; i < payoffs_.size(); ++i) payoffs_[i].merge(later.payoffs_[i]);
}

Estimate loss_probability(const DirectTally& tally, std::string model) {
  EXPECTS(tally.missions() > 0);
  Estimate estimate = start(tally, std::move(model));
  if (tally.losses() == 0) {
    estimate.ci95 = zero_bound(tally.missions());
    estimate.converged = false;
    estimate.note = nothing_seen;
    return estimate;
  }
  estimate.value = static_cast<double>(tally.losses()) / static_cast<double>(tally.missions());
  estimate.ci95 = wilson_interval(tally.losses(), tally.missions());
  return estimate;
}

Estimate mean_time_to_loss(const DirectTally& tally, std::string model) {
  EXPECTS(tally.missions() > 0);
  constexpr double never = std::numeric_limits<double>::infinity();
  Estimate estimate = start(tally, std::move(model));
  const double probability_high = loss_probability(tally, {}).ci95.high;
  if (tally.losses() == 0) {
    estimate.ci95 = {tally.loss().y().mean() / probability_high, never};
    estimate.converged = false;
    estimate.note = nothing_seen;
    return estimate;
  }
  estimate.value = tally.loss().y().mean() / tally.loss().x().mean();
  if (tally.missions() < 2) {
    estimate.ci95 = {0.0, never};
    return estimate;
  }
  estimate.ci95 = ratio_interval(tally.loss());
  return estimate;
}

Estimate mean_payoff(const DirectTally& tally, std::size_t payoff, double greatest,
                     std::string model) {
  EXPECTS(payoff < tally.payoffs() && tally.missions() >= 2);
  Estimate estimate = start(tally, std::move(model));
  const Moments& moments = tally.payoff(payoff);
  if (moments.non_zero() == 0) {
    estimate.ci95 = {0.0, greatest * zero_bound(tally.missions()).high};
    estimate.converged = false;
    estimate.note = nothing_seen;
    return estimate;
  }
  estimate.value = moments.mean();
  estimate.ci95 = mean_interval(moments);
  return estimate;
}

std::optional<double> relative_half_width(const Estimate& estimate) {
  if (!estimate.value || *estimate.value == 0.0) return std::nullopt;
  return 0.5 * (estimate.ci95.high - estimate.ci95.low) / std::abs(*estimate.value);
}

std::optional<double> reached(const DirectTally& tally, const DirectPrecision& precision) {
  if (tally.missions() < 2) return std::nullopt;
  constexpr double never = std::numeric_limits<double>::infinity();
  double worst = 0.0;
  const auto include = [&](const Estimate& estimate) {
    worst = std::max(worst, relative_half_width(estimate).value_or(never));
  };
  if (precision.of_loss) include(loss_probability(tally, {}));
  for (const std::size_t i : precision.of_payoffs) include(mean_payoff(tally, i, never, {}));
  return worst < never ? std::optional(worst) : std::nullopt;
}

bool satisfies(const DirectTally& tally, const DirectPrecision& precision) {
  if (tally.missions() < precision.least_missions) return false;
  const std::optional<double> width = reached(tally, precision);
  return width && *width <= precision.relative;
}

}  // namespace sim
