// Kinds that need special functions: lognormal and gamma. Both tails are kept: below the median H
// comes from the small probability of an early end, far above it from the logarithm of the survival
// by its continued fraction, so H stays finite and exact where the survival itself underflows.
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "sim/distribution_kind.h"

namespace sim {
namespace {

using InDouble = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
constexpr double never = std::numeric_limits<double>::infinity();
/// H above which survival is handled by its logarithm alone (exp(-600) is far from underflow).
constexpr double far_tail = 600.0;

/// Continued fraction of the upper incomplete gamma function (Abramowitz and Stegun 6.5.31):
/// Gamma(a, x) = exp(-x) x^a times this. For x well above a; by Lentz's method.
double upper_gamma_fraction(double a, double x) {
  constexpr double last_digit = 1e-16;
  constexpr int most_terms = 10000;
  double b = x + 1.0 - a;
  double c = std::numeric_limits<double>::max();
  double d = 1.0 / b;
  double fraction = d;
  for (int i = 1; i < most_terms; ++i) {
    const double term = -i * (i - a);
    b += 2.0;
    d = 1.0 / (term * d + b);
    c = b + term / c;
    const double factor = c * d;
    fraction *= factor;
    if (std::abs(factor - 1.0) < last_digit) break;
  }
  return fraction;
}

/// exp(x^2) erfc(x), x > 0: from the library near 0, beyond from the same continued fraction, as
/// erfc(x) = Gamma(1/2, x^2) / sqrt(pi).
double scaled_erfc(double x) {
  constexpr double from_fraction = 5.0;
  if (x < from_fraction) return std::exp(x * x) * boost::math::erfc(x, InDouble{});
  return x * upper_gamma_fraction(0.5, x * x) * std::numbers::inv_sqrtpi;
}

/// Newton's polish of a library inverse, in time at age 0 and from any age.
double residual_near(const Distribution::Kind& kind, double age, double hazard, double guess) {
  // A difference of times is worth taking as a start only.
  const double start = guess > age ? guess - age : hazard / kind.rate(age);
  if (!(start > 0.0)) return start;
  double low = start;
  double high = start;
  if (age == 0.0 && start == never) return never;
  while (low > 0.0 && kind.gained(age, low) > hazard) low *= 0.5;
  while (high < never && kind.gained(age, high) < hazard) high *= 2.0;
  return solve_residual(kind, age, hazard, low, high);
}

/// The library's inverse has all its digits, and taking the age off it loses at most one bit.
bool library_is_exact(double hazard, double age, double guess) {
  return hazard < far_tail && guess > 2.0 * age;
}

class Lognormal final : public Distribution::Kind {
 public:
  Lognormal(double median, double sigma) : median_(median), sigma_(sigma) {}

  double hazard(double t) const override {
    const double x = score(t);
    if (x <= 0.0) return -std::log1p(-0.5 * boost::math::erfc(-x, InDouble{}));
    return x * x - std::log(0.5 * scaled_erfc(x));
  }
  double rate(double t) const override {
    if (t <= 0.0) return 0.0;
    const double x = score(t);
    const double per_score = std::numbers::sqrt2 * sigma_ * t;
    const double peak = 2.0 * std::numbers::inv_sqrtpi;
    if (x > 0.0) return peak / (scaled_erfc(x) * per_score);
    return peak * std::exp(-x * x) / (boost::math::erfc(x, InDouble{}) * per_score);
  }
  double residual(double age, double more) const override {
    if (more == 0.0) return 0.0;
    if (more == never) return never;
    const double used = age > 0.0 ? hazard(age) : 0.0;
    const double guess = at_hazard(used + more);
    if (library_is_exact(used + more, age, guess)) return guess - age;
    return residual_near(*this, age, more, guess);
  }
  double mean() const override { return median_ * std::exp(0.5 * sigma_ * sigma_); }
  std::string describe() const override {
    return "lognormal(median " + time_text(median_) + ", sigma " + number_text(sigma_) + ")";
  }

 private:
  double score(double t) const { return std::log(t / median_) / (sigma_ * std::numbers::sqrt2); }
  double at_hazard(double hazard) const {
    double x = 0.0;
    if (hazard < std::numbers::ln2) {
      x = -boost::math::erfc_inv(-2.0 * std::expm1(-hazard), InDouble{});
    } else if (hazard < far_tail) {
      x = boost::math::erfc_inv(2.0 * std::exp(-hazard), InDouble{});
    } else {
      x = std::sqrt(hazard - std::log(2.0 * std::sqrt(std::numbers::pi * hazard)));
    }
    return median_ * std::exp(std::numbers::sqrt2 * sigma_ * x);
  }
  double median_;
  double sigma_;
};

class Gamma final : public Distribution::Kind {
 public:
  Gamma(double shape, double scale) : shape_(shape), scale_(scale) {
    int sign = 0;
    log_gamma_ = boost::math::lgamma(shape, &sign, InDouble{});
  }

  double hazard(double t) const override {
    const double x = t / scale_;
    const double early = boost::math::gamma_p(shape_, x, InDouble{});
    if (early <= 0.5) return -std::log1p(-early);
    const double late = boost::math::gamma_q(shape_, x, InDouble{});
    if (late > std::exp(-far_tail)) return -std::log(late);
    return x - shape_ * std::log(x) + log_gamma_ - std::log(upper_gamma_fraction(shape_, x));
  }
  double rate(double t) const override {
    const double x = t / scale_;
    const double late = boost::math::gamma_q(shape_, x, InDouble{});
    if (late <= std::exp(-far_tail)) return 1.0 / (x * upper_gamma_fraction(shape_, x) * scale_);
    if (x <= 0.0) return shape_ < 1.0 ? never : 0.0;
    return boost::math::gamma_p_derivative(shape_, x, InDouble{}) / (late * scale_);
  }
  double residual(double age, double more) const override {
    if (more == 0.0) return 0.0;
    if (more == never) return never;
    const double used = age > 0.0 ? hazard(age) : 0.0;
    const double guess = at_hazard(used + more);
    if (library_is_exact(used + more, age, guess)) return guess - age;
    return residual_near(*this, age, more, guess);
  }
  double mean() const override { return shape_ * scale_; }
  std::string describe() const override {
    return "gamma(shape " + number_text(shape_) + ", scale " + time_text(scale_) + ")";
  }

 private:
  double at_hazard(double hazard) const {
    if (hazard < std::numbers::ln2) {
      return scale_ * boost::math::gamma_p_inv(shape_, -std::expm1(-hazard), InDouble{});
    }
    if (hazard < far_tail) {
      return scale_ * boost::math::gamma_q_inv(shape_, std::exp(-hazard), InDouble{});
    }
    return scale_ * (shape_ + hazard);
  }
  double shape_;
  double scale_;
  double log_gamma_{};
};

}  // namespace

KindPointer make_lognormal(double median, double sigma) {
  return std::make_shared<Lognormal>(median, sigma);
}
KindPointer make_gamma(double shape, double scale) { return std::make_shared<Gamma>(shape, scale); }

}  // namespace sim
