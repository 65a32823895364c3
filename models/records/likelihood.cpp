#include "models/records/likelihood.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace models::records {
namespace {

/// A scale beyond a million years, or below a thousandth of a second, is no life (the limits that
/// scenarios have).
constexpr double longest_scale_years = 1e6;
constexpr double shortest_scale_years = 1e-10;

/// The derivatives of one risk at one age: of its cumulative hazard H and its rate h, by the log
/// scale s and the log shape b. With u = log H: dH/ds = -kH, dH/db = uH, h = kH/t.
struct Derivatives {
  double hazard, rate;
  double u, k;

  Derivatives(double age, double shape, double scale)
      : hazard(0), rate(0), u(shape * std::log(age / scale)), k(shape) {
    hazard = std::exp(u);
    rate = k * hazard / age;
  }
};

/// Adds the terms of one risk to gradient and Hessian of H (weight -ended) or of h.
void add_hazard(const Derivatives& d, Eigen::Index place, bool shape_free, double weight,
                Likelihood& sum) {
  sum.gradient[place] += weight * -d.k * d.hazard;
  sum.hessian(place, place) += weight * d.k * d.k * d.hazard;
  if (!shape_free) return;
  const double cross = -d.k * d.hazard * (1 + d.u);
  sum.gradient[place + 1] += weight * d.u * d.hazard;
  sum.hessian(place, place + 1) += weight * cross;
  sum.hessian(place + 1, place) += weight * cross;
  sum.hessian(place + 1, place + 1) += weight * d.u * (1 + d.u) * d.hazard;
}

void add_rate(const Derivatives& d, Eigen::Index place, bool shape_free, Eigen::VectorXd& gradient,
              Eigen::MatrixXd& hessian) {
  gradient[place] = -d.k * d.rate;
  hessian(place, place) = d.k * d.k * d.rate;
  if (!shape_free) return;
  const double cross = -d.k * d.rate * (2 + d.u);
  gradient[place + 1] = (1 + d.u) * d.rate;
  hessian(place, place + 1) = cross;
  hessian(place + 1, place) = cross;
  hessian(place + 1, place + 1) = ((1 + d.u) * (1 + d.u) + d.u) * d.rate;
}

}  // namespace

RiskModel::RiskModel(std::vector<Risk> risks) : risks_(std::move(risks)) {
  for (const Risk& risk : risks_) {
    places_.push_back(parameters_);
    parameters_ += risk.shape_is_free() ? 2 : 1;
  }
  least_ = Eigen::VectorXd::Constant(parameters_, std::log(shortest_scale_years));
  most_ = Eigen::VectorXd::Constant(parameters_, std::log(longest_scale_years));
  for (std::size_t risk = 0; risk < risks_.size(); ++risk) {
    if (!risks_[risk].shape_is_free()) continue;
    least_[places_[risk] + 1] = risks_[risk].least_log_shape;
    most_[places_[risk] + 1] = risks_[risk].most_log_shape;
  }
}

double RiskModel::shape(std::size_t risk, const Eigen::VectorXd& at) const {
  return std::exp(risks_[risk].shape_is_free() ? at[places_[risk] + 1]
                                               : risks_[risk].least_log_shape);
}

double RiskModel::scale(std::size_t risk, const Eigen::VectorXd& at) const {
  return std::exp(at[places_[risk]]);
}

double RiskModel::hazard(double age, const Eigen::VectorXd& at, Eigen::VectorXd* gradient) const {
  if (gradient != nullptr) *gradient = Eigen::VectorXd::Zero(parameters_);
  if (age <= 0) return 0;
  double sum = 0;
  for (std::size_t risk = 0; risk < risks_.size(); ++risk) {
    const Derivatives d(age, shape(risk, at), scale(risk, at));
    sum += d.hazard;
    if (gradient == nullptr) continue;
    (*gradient)[places_[risk]] = -d.k * d.hazard;
    if (risks_[risk].shape_is_free()) (*gradient)[places_[risk] + 1] = d.u * d.hazard;
  }
  return sum;
}

double RiskModel::expected(std::size_t risk, const AgeTable& ages,
                           const Eigen::VectorXd& at) const {
  double sum = 0;
  for (const AgeTable::Row& row : ages.rows()) {
    sum += row.ended * Derivatives(row.age, shape(risk, at), scale(risk, at)).hazard;
  }
  return sum;
}

Likelihood likelihood(const AgeTable& ages, const RiskModel& model, const Eigen::VectorXd& at) {
  const Eigen::Index size = model.parameters();
  const std::size_t risks = model.risks().size();
  Likelihood sum{0, Eigen::VectorXd::Zero(size), Eigen::MatrixXd::Zero(size, size)};
  Eigen::VectorXd rate_gradient = Eigen::VectorXd::Zero(size);
  Eigen::MatrixXd rate_hessian = Eigen::MatrixXd::Zero(size, size);
  std::vector<std::pair<double, double>> laws;
  for (std::size_t risk = 0; risk < risks; ++risk) {
    laws.emplace_back(model.shape(risk, at), model.scale(risk, at));
  }
  for (const AgeTable::Row& row : ages.rows()) {
    double rate = 0;
    for (std::size_t risk = 0; risk < risks; ++risk) {
      const Derivatives d(row.age, laws[risk].first, laws[risk].second);
      const bool free = model.risks()[risk].shape_is_free();
      rate += d.rate;
      sum.value -= row.ended * d.hazard;
      add_hazard(d, model.place(risk), free, -row.ended, sum);
      if (row.failed > 0) add_rate(d, model.place(risk), free, rate_gradient, rate_hessian);
    }
    if (row.failed <= 0) continue;
    sum.value += row.failed * std::log(rate);
    rate_gradient /= rate;
    sum.gradient += row.failed * rate_gradient;
    sum.hessian += row.failed * (rate_hessian / rate - rate_gradient * rate_gradient.transpose());
  }
  return sum;
}

Maximum maximise(const AgeTable& ages, const RiskModel& model, Eigen::VectorXd start,
                 Eigen::Index held) {
  constexpr int most_steps = 300;
  constexpr double enough = 1e-9;  // of the log-likelihood: far below what an interval can show
  constexpr double most_damping = 1e14;
  constexpr double longest_step = 1;  // a factor e of a scale or a shape
  const Eigen::Index size = model.parameters();
  Maximum best{std::move(start), {}, false};
  best.there = likelihood(ages, model, best.at);
  double damping = 1e-3;
  for (int step = 0; step < most_steps && damping < most_damping; ++step) {
    Eigen::MatrixXd curvature = -best.there.hessian;
    Eigen::VectorXd slope = best.there.gradient;
    for (Eigen::Index i = 0; i < size; ++i) {
      const bool at_least = best.at[i] <= model.least(i) && slope[i] < 0;
      const bool at_most = best.at[i] >= model.most(i) && slope[i] > 0;
      if (i != held && !at_least && !at_most) continue;
      curvature.row(i).setZero();
      curvature.col(i).setZero();
      curvature(i, i) = 1;
      slope[i] = 0;
    }
    for (Eigen::Index i = 0; i < size; ++i) {
      curvature(i, i) += damping * std::max(std::abs(curvature(i, i)), 1e-3);
    }
    const Eigen::LDLT<Eigen::MatrixXd> solver(curvature);
    Eigen::VectorXd move = solver.solve(slope);
    if (!solver.isPositive() || !move.allFinite()) {
      damping *= 10;
      continue;
    }
    move *= std::min(1.0, longest_step / std::max(move.cwiseAbs().maxCoeff(), 1e-300));
    Eigen::VectorXd next = best.at + move;
    for (Eigen::Index i = 0; i < size; ++i) {
      next[i] = std::clamp(next[i], model.least(i), model.most(i));
    }
    Likelihood there = likelihood(ages, model, next);
    const double gain = there.value - best.there.value;
    if (!(gain >= 0)) {
      damping *= 10;
      continue;
    }
    best.at = std::move(next);
    best.there = std::move(there);
    damping = std::max(damping * 0.1, 1e-12);
    if (gain < enough && slope.dot(move) < enough) {
      best.converged = true;
      return best;
    }
  }
  // Where no step gains any more, the top has been reached to the last digit.
  best.converged = damping >= most_damping;
  return best;
}

}  // namespace models::records
