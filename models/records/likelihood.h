#pragma once

#include <Eigen/Core>
#include <vector>

#include "models/records/age_table.h"

namespace models::records {

/// One risk of a law: cumulative hazard (t/scale)^shape, t in years. Parameters are the logarithms
/// of both, so that intervals are symmetric and no value is impossible.
struct Risk {
  double least_log_shape{};
  double most_log_shape{};  ///< equal to the least: the shape is given
  bool shape_is_free() const { return least_log_shape < most_log_shape; }
};

/// The first of several risks strikes: hazards add. One risk of shape 1 is the exponential law, one
/// free one the Weibull law, several a bathtub.
class RiskModel {
 public:
  explicit RiskModel(std::vector<Risk> risks);

  const std::vector<Risk>& risks() const { return risks_; }
  Eigen::Index parameters() const { return parameters_; }
  /// Place of a risk's log scale among the parameters; its log shape is the next, where it is free.
  Eigen::Index place(std::size_t risk) const { return places_[risk]; }
  double shape(std::size_t risk, const Eigen::VectorXd& at) const;
  double scale(std::size_t risk, const Eigen::VectorXd& at) const;
  double least(Eigen::Index parameter) const { return least_[parameter]; }
  double most(Eigen::Index parameter) const { return most_[parameter]; }

  /// Cumulative hazard at `age` years, and if asked its gradient.
  double hazard(double age, const Eigen::VectorXd& at, Eigen::VectorXd* gradient = nullptr) const;
  /// Failures that one risk is expected to have brought about.
  double expected(std::size_t risk, const AgeTable& ages, const Eigen::VectorXd& at) const;

 private:
  std::vector<Risk> risks_;
  std::vector<Eigen::Index> places_;
  Eigen::VectorXd least_, most_;
  Eigen::Index parameters_{};
};

struct Likelihood {
  double value{};  ///< natural logarithm; hazards per year
  Eigen::VectorXd gradient;
  Eigen::MatrixXd hessian;
};

/// Log-likelihood of right-censored, left-truncated lives: the sum of log h over the failures, less
/// the hazard that all gained while watched (Klein and Moeschberger 2003, section 3.5).
Likelihood likelihood(const AgeTable& ages, const RiskModel& model, const Eigen::VectorXd& at);

struct Maximum {
  Eigen::VectorXd at;
  Likelihood there;
  bool converged{};
};

/// Climbs from `start` by damped Newton steps (Levenberg 1944, Marquardt 1963) within the bounds.
/// @param held  a parameter that stays as it is; -1: none
Maximum maximise(const AgeTable& ages, const RiskModel& model, Eigen::VectorXd start,
                 Eigen::Index held = -1);

}  // namespace models::records
