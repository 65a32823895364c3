#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/distribution.h"

namespace sim {

/// One kind of distribution. Times in seconds, hazards are plain numbers. The inside of
/// distribution.cpp: users of a distribution see sim/distribution.h only.
class Distribution::Kind {
 public:
  Kind() = default;
  Kind(const Kind&) = delete;
  Kind& operator=(const Kind&) = delete;
  virtual ~Kind() = default;

  /// H(t), t >= 0.
  virtual double hazard(double t) const = 0;
  /// dH/dt; 0 where H is flat, infinite or 0 at a jump.
  virtual double rate(double t) const = 0;
  /// H(age + r) - H(age) without the loss of digits of that difference when r << age.
  virtual double gained(double age, double r) const;
  /// The r at which gained(age, r) = `hazard` (the smallest, if H is flat).
  virtual double residual(double age, double hazard) const = 0;
  virtual double mean() const = 0;
  virtual bool memoryless() const { return false; }
  virtual bool has_hazard() const { return true; }
  virtual std::string describe() const = 0;
  /// Times at which H is not smooth; quadrature stops there.
  virtual void add_kinks(std::vector<double>& /*times*/) const {}
};

using KindPointer = std::shared_ptr<const Distribution::Kind>;

KindPointer make_exponential(double mean);
KindPointer make_weibull(double shape, double scale, double location);
KindPointer make_uniform(double from, double to);
KindPointer make_fixed(double time);
KindPointer make_empirical(std::vector<double> observed);
KindPointer make_lognormal(double median, double sigma);
KindPointer make_gamma(double shape, double scale);
KindPointer make_competing(std::vector<KindPointer> parts);

/// Solves gained(age, r) = hazard for low <= r <= high by Newton steps on the logarithms of both
/// (sums of powers are convex there), kept inside the bracket by bisection.
double solve_residual(const Distribution::Kind& kind, double age, double hazard, double low,
                      double high);

/// "52.6 years", "6 hours": the largest unit of which there is at least one, four digits.
std::string time_text(double seconds);
/// Four significant digits, a point in every locale.
std::string number_text(double value);

}  // namespace sim
