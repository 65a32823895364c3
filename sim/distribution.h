#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/quantity.h"
#include "sim/random.h"

namespace sim {

/// A distribution of a non-negative time. An immutable value: cheap to copy, safe to share between
/// threads. Everything is derived from the cumulative hazard H(t) = -ln P(life > t), so residual
/// lives, thinning and conditional sampling agree to the last digit.
class Distribution {
 public:
  /// What a kind has to answer; one implementation per kind in distribution.cpp.
  class Kind;

  static Distribution exponential(Seconds mean);
  /// Weibull with an optional third parameter: nothing happens before `location`.
  static Distribution weibull(double shape, Seconds scale, Seconds location = {});
  /// Competing risks: the minimum of its parts (a bathtub is three Weibulls).
  static Distribution competing(std::vector<Distribution> parts);
  /// `median` = exp(mu); `sigma` is the standard deviation of the logarithm.
  static Distribution lognormal(Seconds median, double sigma);
  static Distribution gamma(double shape, Seconds scale);
  static Distribution uniform(Seconds from, Seconds to);
  /// Always `time`. For durations; never for lifetimes (it has no hazard): see has_hazard().
  static Distribution fixed(Seconds time);
  /// Observed times, each with equal weight; piecewise linear between them from 0 on.
  static Distribution empirical(const std::vector<Seconds>& observed);

  /// A draw from the whole distribution: one uniform number, by inversion of H.
  Seconds sample(Stream& stream) const;
  /// Remaining life of a unit that has reached `age`.
  Seconds sample_residual(Seconds age, Stream& stream) const;
  /// H(t); infinite once survival is impossible.
  double cumulative_hazard(Seconds t) const;
  /// dH/dt; 0 where H is flat or jumps, infinite where it is steep.
  double hazard_rate(Seconds t) const;
  /// The t at which H(t) = `hazard`: the inverse used for thinned classes and forced events.
  Seconds time_at_hazard(double hazard) const;
  /// P(life > t) = exp(-H(t)).
  double survival(Seconds t) const;
  /// P(life <= t) = -expm1(-H(t)), accurate for tiny values.
  double probability_by(Seconds t) const;
  Seconds mean() const;
  /// Constant hazard: age does not matter.
  bool memoryless() const;
  /// False for `fixed` alone.
  bool has_hazard() const;
  /// For people, e.g. "Weibull(shape 1.12, scale 52.6 years)".
  std::string describe() const;

 private:
  explicit Distribution(std::shared_ptr<const Kind> kind);
  std::shared_ptr<const Kind> kind_;
};

}  // namespace sim
