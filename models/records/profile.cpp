#include "models/records/profile.h"

#include <Eigen/Dense>
#include <cmath>
#include <limits>

namespace models::records {
namespace {

constexpr double normal_975 = 1.959963984540054;

/// One side of the profile: its square root of twice the drop is nearly a line.
class Side {
 public:
  Side(const AgeTable& ages, const RiskModel& model, const Maximum& top, Eigen::Index parameter)
      : ages_(ages), model_(model), top_(top), parameter_(parameter), from_(top.at) {}

  /// sqrt(2 drop) at this value of the parameter.
  double depth(double value) {
    Eigen::VectorXd at = from_;
    at[parameter_] = value;
    Maximum there = maximise(ages_, model_, std::move(at), parameter_);
    from_ = there.at;
    return std::sqrt(std::max(0.0, 2 * (top_.there.value - there.there.value)));
  }

  double end(double error, double sign) {
    const double best = top_.at[parameter_];
    const double bound = sign < 0 ? model_.least(parameter_) : model_.most(parameter_);
    double inner = best;
    double inner_depth = 0;
    double outer = best + sign * normal_975 * error;
    for (;;) {
      if ((outer - bound) * sign > 0) outer = bound;
      const double here = depth(outer);
      if (here >= normal_975) return between(inner, inner_depth, outer, here);
      if (outer == bound) return sign * std::numeric_limits<double>::infinity();
      inner = outer;
      inner_depth = here;
      outer += sign * 0.5 * normal_975 * error;
      error *= 2;
    }
  }

 private:
  double between(double inner, double inner_depth, double outer, double outer_depth) {
    constexpr double enough = 1e-5;  // of the normal quantile
    constexpr int most_steps = 60;
    for (int step = 0; step < most_steps; ++step) {
      // Between a chord and the middle: never slower than a third of bisection's speed.
      const double chord = (normal_975 - inner_depth) / (outer_depth - inner_depth);
      const double share = step % 3 == 2 ? 0.5 : chord;
      const double value = inner + share * (outer - inner);
      const double here = depth(value);
      if (std::abs(here - normal_975) < enough) return value;
      if (here < normal_975) {
        inner = value;
        inner_depth = here;
      } else {
        outer = value;
        outer_depth = here;
      }
    }
    return 0.5 * (inner + outer);
  }

  const AgeTable& ages_;
  const RiskModel& model_;
  const Maximum& top_;
  Eigen::Index parameter_;
  Eigen::VectorXd from_;
};

}  // namespace

sim::Interval profile_interval(const AgeTable& ages, const RiskModel& model, const Maximum& top,
                               Eigen::Index parameter) {
  const Eigen::MatrixXd covariance = (-top.there.hessian).inverse();
  const double variance = covariance(parameter, parameter);
  const double error = variance > 0 && std::isfinite(variance) ? std::sqrt(variance) : 1;
  Side low(ages, model, top, parameter);
  Side high(ages, model, top, parameter);
  return {low.end(error, -1), high.end(error, 1)};
}

}  // namespace models::records
