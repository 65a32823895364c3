#include "sim/interval.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "sim/contract.h"

namespace sim {
namespace {

/// 97.5 % quantile of the standard normal: two-sided 95 %.
constexpr double normal_975 = 1.959963984540054;
/// Above this relative standard error intervals of positive figures are taken on the logarithm.
/// A choice of this project, see mean_interval; the coverage of both sides is tested.
constexpr double log_above = 0.05;

Interval around(double centre, double error, double quantile) {
  return {centre - quantile * error, centre + quantile * error};
}

Interval around_on_log(double centre, double error, double quantile) {
  const double factor = std::exp(quantile * error / std::abs(centre));
  const Interval interval{centre / factor, centre * factor};
  return centre > 0 ? interval : Interval{interval.high, interval.low};
}

double quantile_of(std::uint64_t n) {
  return student_quantile(0.975, static_cast<double>(n) - 1.0);
}

}  // namespace

Interval t_interval(const Moments& moments) {
  EXPECTS(moments.count() >= 2);
  return around(moments.mean(), moments.standard_error(), quantile_of(moments.count()));
}

Interval mean_interval(const Moments& moments) {
  EXPECTS(moments.count() >= 2);
  const double mean = moments.mean();
  const double error = moments.standard_error();
  if (mean <= 0.0 || error <= log_above * mean) return t_interval(moments);
  return around_on_log(mean, error, quantile_of(moments.count()));
}

Interval wilson_interval(std::uint64_t successes, std::uint64_t n) {
  EXPECTS(n > 0 && successes <= n);
  const auto total = static_cast<double>(n);
  const auto seen = static_cast<double>(successes);
  const double square = normal_975 * normal_975;
  const double spread = normal_975 * std::sqrt(seen * ((total - seen) / total) + square / 4.0);
  // The two ends are (seen + z^2/2 -+ spread)/(n + z^2). Their product is seen^2/(n (n + z^2)), so
  // the lower end is taken from the upper one: no cancellation where few successes were seen.
  const double upper = seen + square / 2.0 + spread;
  const double high = successes == n ? 1.0 : upper / (total + square);
  const double low = seen * (seen / total) / upper;
  return {std::max(0.0, low), std::min(1.0, high)};
}

Interval ratio_interval(const PairedMoments& moments) {
  EXPECTS(moments.x().count() >= 2 && moments.x().mean() != 0.0);
  const double below = moments.x().mean();
  const double ratio = moments.y().mean() / below;
  const double variance = moments.y().variance() - 2.0 * ratio * moments.covariance() +
                          ratio * ratio * moments.x().variance();
  const auto n = static_cast<double>(moments.x().count());
  const double error = std::sqrt(std::max(0.0, variance) / n) / std::abs(below);
  const double quantile = quantile_of(moments.x().count());
  if (ratio == 0.0 || error <= log_above * std::abs(ratio)) return around(ratio, error, quantile);
  return around_on_log(ratio, error, quantile);
}

Interval poisson_interval(double seen) {
  EXPECTS(seen >= 0);
  const double low = seen > 0 ? boost::math::gamma_p_inv(seen, 0.025) : 0;
  return {low, boost::math::gamma_p_inv(seen + 1, 0.975)};
}

Interval zero_bound(std::uint64_t n) {
  EXPECTS(n > 0);
  return {0.0, std::min(1.0, 3.0 / static_cast<double>(n))};
}

double student_quantile(double p, double freedom) {
  EXPECTS(0.0 < p && p < 1.0 && freedom > 0.0);
  return boost::math::quantile(boost::math::students_t_distribution<double>(freedom), p);
}

}  // namespace sim
