#include "sim/estimators/publish.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

#include "sim/contract.h"
#include "sim/interval.h"

namespace sim {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

std::string with_number(const char* format, double number) {
  std::array<char, 120> text{};
  std::snprintf(text.data(), text.size(), format, number);
  return text.data();
}

double half_width(const Moments& moments) {
  if (moments.count() < 2 || moments.mean() <= 0.0) return infinite;
  const Interval interval = mean_interval(moments);
  return 0.5 * (interval.high - interval.low) / moments.mean();
}

/// Of one sum: width, weights, hits.
std::string why_not(const Moments& moments, const PublishRule& rule) {
  if (moments.non_zero() < rule.non_zero) {
    return with_number("only %.0f replicates reached a loss",
                       static_cast<double>(moments.non_zero()));
  }
  const double share = moments.largest() / moments.sum();
  if (share >= rule.largest_share) {
    return with_number("one replicate makes %.0f %% of the figure", 100.0 * share);
  }
  const double width = half_width(moments);
  if (width > rule.half_width) return with_number("half-width %.0f %%", 100.0 * width);
  return {};
}

std::string silent_class(const RareTally& tally, const RareFigure& figure) {
  for (std::size_t c = 0; c < tally.tries().size(); ++c) {
    const ClassTries& tries = tally.tries()[c];
    if (tries.offered == 0 && tries.injected == 0) continue;
    if (tries.deepened == 0 && tries.injected >= figure.rule.harmless_after) continue;
    const bool contributed = std::any_of(
        tally.paths().begin(), tally.paths().end(),
        [c](const auto& entry) { return entry.first.holds(c) && entry.second.any > 0.0; });
    if (contributed) continue;
    const std::string name = c < figure.class_names.size() ? "'" + figure.class_names[c] + "'"
                                                           : "number " + std::to_string(c);
    return "event class " + name + " has not contributed";
  }
  return {};
}

std::string disagreement(const RareTally& tally, const PublishRule& rule) {
  const auto& [first, second] = tally.by_setting();
  if (second.count() == 0) return "only one setting of the estimator was played";
  const double error = std::hypot(first.standard_error(), second.standard_error());
  const double apart = std::abs(first.mean() - second.mean());
  if (apart <= rule.apart * error) return {};
  return with_number("two settings of the estimator are %.1f standard errors apart", apart / error);
}

Estimate start(const RareTally& tally, const RareFigure& figure) {
  Estimate estimate;
  estimate.method = figure.method;
  estimate.model = figure.model;
  estimate.replicates = tally.replicates();
  return estimate;
}

void judge(Estimate& estimate, const std::string& why) {
  estimate.converged = why.empty();
  if (!why.empty()) estimate.note = "not converged: " + why;
}

/// A mean that cannot be negative; where nothing was found only `bound` is known.
Estimate mean_of(const Moments& moments, double bound, Estimate estimate) {
  if (moments.non_zero() == 0 || moments.count() < 2) {
    estimate.ci95 = {0.0, bound};
    return estimate;
  }
  estimate.value = moments.mean();
  estimate.ci95 = mean_interval(moments);
  return estimate;
}

/// From the natural missions alone, which are plain Monte Carlo; splitting plays none.
double natural_bound(const RareTally& tally, Method method) {
  if (method == Method::splitting) return 1.0;
  return tally.natural_losses() == 0
             ? zero_bound(tally.replicates()).high
             : wilson_interval(tally.natural_losses(), tally.replicates()).high;
}

bool nothing_to_lose(const RareTally& tally) {
  return std::all_of(tally.tries().begin(), tally.tries().end(), [](const ClassTries& tries) {
    return tries.offered == 0 && tries.injected == 0;
  });
}

}  // namespace

std::string why_not_converged(const RareTally& tally, const RareFigure& figure) {
  std::string why = why_not(tally.loss().x(), figure.rule);
  if (!why.empty()) return why;
  std::string silent = silent_class(tally, figure);
  return silent.empty() ? disagreement(tally, figure.rule) : silent;
}

Estimate loss_probability(const RareTally& tally, const RareFigure& figure) {
  EXPECTS(tally.replicates() > 0);
  Estimate estimate = start(tally, figure);
  if (tally.mission() <= Seconds{}) {
    estimate.value = 0.0;
    estimate.note = "a mission of no length";
    return estimate;
  }
  estimate = mean_of(tally.loss().x(), natural_bound(tally, figure.method), std::move(estimate));
  estimate.ci95.high = std::min(1.0, estimate.ci95.high);
  if (tally.loss().x().non_zero() == 0) {
    judge(estimate, nothing_to_lose(tally) ? "no event came within the missions"
                                           : "no loss found; ci95 is the bound 3/n");
    return estimate;
  }
  judge(estimate, why_not_converged(tally, figure));
  return estimate;
}

Estimate mean_time_to_loss(const RareTally& tally, const RareFigure& figure) {
  EXPECTS(tally.replicates() > 0);
  Estimate estimate = start(tally, figure);
  const double watched = tally.loss().y().mean();
  if (tally.loss().x().non_zero() == 0 || tally.replicates() < 2) {
    estimate.ci95 = {watched / natural_bound(tally, figure.method), infinite};
    judge(estimate, "no loss found");
    return estimate;
  }
  estimate.value = watched / tally.loss().x().mean();
  estimate.ci95 = ratio_interval(tally.loss());
  judge(estimate, why_not_converged(tally, figure));
  return estimate;
}

Estimate mean_amount(const RareTally& tally, std::size_t payoff, const RareFigure& figure) {
  EXPECTS(payoff < tally.amounts().size());
  const Moments& moments = tally.amounts()[payoff];
  Estimate estimate = mean_of(moments, infinite, start(tally, figure));
  const std::string why = why_not(moments, figure.rule);
  judge(estimate, why.empty() ? why_not_converged(tally, figure) : why);
  return estimate;
}

Estimate loss_in_year(const RareTally& tally, std::size_t index, const RareFigure& figure) {
  EXPECTS(index < tally.curve().size());
  const Moments& moments = tally.curve()[index];
  Estimate estimate = mean_of(moments, natural_bound(tally, figure.method), start(tally, figure));
  estimate.ci95.high = std::min(1.0, estimate.ci95.high);
  const std::string why = why_not(moments, figure.rule);
  judge(estimate, why.empty() ? why_not_converged(tally, figure) : why);
  return estimate;
}

Estimate mean_time_out_of_reach(const RareTally& tally, const RareFigure& figure) {
  EXPECTS(tally.replicates() > 0);
  Estimate estimate = mean_of(tally.loss().x(), infinite, start(tally, figure));
  judge(estimate, why_not_converged(tally, figure));
  return estimate;
}

double needed_replicates(const RareTally& pilot, double relative) {
  constexpr double margin = 1.4;
  // Intervals of fewer cover too seldom, on the optimistic side (measured on the gate's oracles).
  constexpr double per_variance = 150.0;
  const auto needed = [&](const Moments& moments) {
    if (moments.mean() <= 0.0) return 0.0;
    const double error = relative / student_quantile(0.975, 1e6);
    const double relative_variance = moments.variance() / std::pow(moments.mean(), 2);
    return relative_variance * std::max(margin / (error * error), per_variance);
  };
  double count = needed(pilot.loss().x());
  for (const Moments& amount : pilot.amounts()) count = std::max(count, needed(amount));
  return count;
}

std::uint64_t planned_replicates(const RareTally& pilot, double relative) {
  constexpr auto least = static_cast<double>(least_planned);
  constexpr double most = 1e15;
  return static_cast<std::uint64_t>(std::clamp(needed_replicates(pilot, relative), least, most));
}

bool satisfies(const RareTally& tally, const RarePrecision& precision) {
  if (tally.replicates() < precision.least_replicates) return false;
  if (half_width(tally.loss().x()) > precision.relative) return false;
  for (const Moments& amount : tally.amounts()) {
    if (amount.non_zero() == 0) continue;
    if (half_width(amount) > precision.relative || !why_not(amount, precision.rule).empty()) {
      return false;
    }
  }
  return why_not_converged(tally, {Method::exposure, {}, {}, precision.rule}).empty();
}

}  // namespace sim
