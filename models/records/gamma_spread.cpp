#include "models/records/gamma_spread.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "sim/contract.h"

namespace models::records {
namespace {

/// Beyond a variance of 100 nearly all factors are 0; below 1e-5 no count can tell it from none.
const double least_log = std::log(1e-5);
const double most_log = std::log(100.0);
constexpr int steps = 64;
constexpr double drop = 1.920729410347062;  // half of the 95 % quantile of chi-squared(1)

/// log of Gamma(seen + 1/v) v^seen / Gamma(1/v): 0 for no variance.
double log_rising(double seen, double variance) {
  if (seen <= 0) return 0;
  const double ratio = 1 / variance;
  // Where gamma functions would lose their digits the first term of the series has them all.
  if (variance * (1 + seen * seen) < 1e-5) return 0.5 * seen * (seen - 1) * variance;
  return boost::math::lgamma(seen + ratio) - boost::math::lgamma(ratio) + seen * std::log(variance);
}

class Profile {
 public:
  explicit Profile(std::span<const Counted> counts) : counts_(counts) {
    double seen = 0;
    double expected = 0;
    for (const Counted& count : counts) {
      seen += count.times * count.seen;
      expected += count.times * count.expected;
    }
    EXPECTS(seen > 0 && expected > 0);
    start_ = seen / expected;
  }

  /// Log-likelihood with the common level at its best, less half of the log of its information.
  double operator()(double variance) const {
    const double level = best_level(variance);
    double value = 0;
    double information = 0;
    for (const Counted& count : counts_) {
      const double mean = level * count.expected;
      if (!(mean > 0)) continue;
      const double here = count.seen > 0 ? count.seen * std::log(mean) : 0;
      value += count.times * (variance > 0
                                  ? here + log_rising(count.seen, variance) -
                                        (count.seen + 1 / variance) * std::log1p(variance * mean)
                                  : here - mean);
      information += count.times * mean / (1 + variance * mean);
    }
    return value - 0.5 * std::log(information);
  }

 private:
  /// The sum of (seen - mean)/(1 + v mean) falls with the level: Newton steps on its logarithm.
  double best_level(double variance) const {
    if (variance <= 0) return start_;
    constexpr int most_steps = 50;
    double level = start_;
    for (int step = 0; step < most_steps; ++step) {
      double score = 0;
      double information = 0;
      for (const Counted& count : counts_) {
        const double mean = level * count.expected;
        const double below = 1 + variance * mean;
        score += count.times * (count.seen - mean) / below;
        information += count.times * mean * (1 + variance * count.seen) / (below * below);
      }
      const double move = std::clamp(score / information, -1.0, 1.0);
      level *= std::exp(move);
      if (std::abs(move) < 1e-10) break;
    }
    return level;
  }

  std::span<const Counted> counts_;
  double start_{};
};

double log_at(double step) { return least_log + (most_log - least_log) * step / steps; }

/// The log variance between two at which the profile crosses `limit`.
double crossing(const Profile& profile, double inside, double outside, double limit) {
  constexpr int halvings = 40;
  for (int i = 0; i < halvings; ++i) {
    const double middle = 0.5 * (inside + outside);
    (profile(std::exp(middle)) >= limit ? inside : outside) = middle;
  }
  return 0.5 * (inside + outside);
}

/// Golden section: the top between two steps around the best one.
double top_between(const Profile& profile, double low, double high) {
  constexpr double golden = 0.6180339887498949;
  constexpr int cuts = 40;
  double a = high - golden * (high - low);
  double b = low + golden * (high - low);
  double at_a = profile(std::exp(a));
  double at_b = profile(std::exp(b));
  for (int i = 0; i < cuts; ++i) {
    if (at_a < at_b) {
      low = a;
      a = b;
      at_a = at_b;
      b = low + golden * (high - low);
      at_b = profile(std::exp(b));
    } else {
      high = b;
      b = a;
      at_b = at_a;
      a = high - golden * (high - low);
      at_a = profile(std::exp(a));
    }
  }
  return 0.5 * (a + b);
}

}  // namespace

GammaSpread gamma_spread(std::span<const Counted> counts) {
  const Profile profile(counts);
  const double none = profile(0);
  std::vector<double> values;
  for (int i = 0; i <= steps; ++i) values.push_back(profile(std::exp(log_at(i))));
  const auto best = static_cast<int>(std::ranges::max_element(values) - values.begin());
  const double top =
      top_between(profile, log_at(std::max(0, best - 1)), log_at(std::min(steps, best + 1)));
  GammaSpread result;
  double most = profile(std::exp(top));
  double place = top;
  if (most > none) {
    result.variance = std::exp(top);
    result.gain = most - none;
  } else {
    most = none;
    place = least_log;
  }
  const double limit = most - drop;
  result.ci95 = {0, std::numeric_limits<double>::infinity()};
  if (none < limit) result.ci95.low = std::exp(crossing(profile, place, least_log, limit));
  for (int i = 0; i <= steps; ++i) {
    if (log_at(i) <= place || values[static_cast<std::size_t>(i)] >= limit) continue;
    result.ci95.high =
        std::exp(crossing(profile, std::max(place, log_at(i - 1)), log_at(i), limit));
    break;
  }
  return result;
}

}  // namespace models::records
