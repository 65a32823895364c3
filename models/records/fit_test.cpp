#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "models/records/law_fit.h"

namespace models::records {
namespace {

/// Failures in each part of the ages, on average at least: below that chi-squared is too coarse
/// (Cochran 1954 asks for 5 expected).
constexpr double least_failures = 10;
constexpr int most_bins = 12;  // more parts blunt the test against smooth departures

int bins_for(double failures, Eigen::Index parameters) {
  const int wanted = std::min(most_bins, static_cast<int>(failures / least_failures));
  return wanted >= static_cast<int>(parameters) + 2 ? wanted : 0;
}

/// What was seen and expected in each part of the ages, and how the expected moves with the
/// parameters.
struct Bins {
  Eigen::VectorXd seen, expected;
  Eigen::MatrixXd slopes;
};

/// The age between two at which the law has gained so much hazard.
double age_at(const RiskModel& model, const Eigen::VectorXd& at, double low, double high,
              double hazard) {
  for (int step = 0; step < 60; ++step) {
    const double middle = 0.5 * (low + high);
    (model.hazard(middle, at) < hazard ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

/// Ages are cut where the law expects as many failures in each part, not at failures: cuts that
/// hang on what was seen would make every p-value too small.
Bins count(const AgeTable& ages, const RiskModel& model, const Eigen::VectorXd& at, int bins) {
  Bins result{Eigen::VectorXd::Zero(bins), Eigen::VectorXd::Zero(bins),
              Eigen::MatrixXd::Zero(bins, model.parameters())};
  const double of_each = ages.failures() / bins;
  Eigen::VectorXd slope;
  Eigen::VectorXd before_slope = Eigen::VectorXd::Zero(model.parameters());
  double before = 0;
  double before_age = 0;
  int bin = 0;
  const auto pass = [&](double age, double hazard, double at_risk) {
    result.expected[bin] += at_risk * (hazard - before);
    result.slopes.row(bin) += at_risk * (slope - before_slope).transpose();
    before = hazard;
    before_slope = slope;
    before_age = age;
  };
  for (const AgeTable::Row& row : ages.rows()) {
    const double hazard = model.hazard(row.age, at);
    while (bin + 1 < bins && row.at_risk > 0 &&
           result.expected[bin] + row.at_risk * (hazard - before) > of_each) {
      const double cut = before + (of_each - result.expected[bin]) / row.at_risk;
      const double age = age_at(model, at, before_age, row.age, cut);
      model.hazard(age, at, &slope);
      pass(age, cut, row.at_risk);
      ++bin;
    }
    model.hazard(row.age, at, &slope);
    pass(row.age, hazard, row.at_risk);
    result.seen[bin] += row.failed;
  }
  return result;
}

}  // namespace

std::optional<FitTest> test_fit(const AgeTable& ages, const RiskModel& model,
                                const Eigen::VectorXd& at) {
  const int bins = bins_for(ages.failures(), model.parameters());
  if (bins == 0) return std::nullopt;
  const Bins parts_of_ages = count(ages, model, at, bins);
  const Eigen::MatrixXd& slopes = parts_of_ages.slopes;
  const Eigen::MatrixXd information = -likelihood(ages, model, at).hessian;
  Eigen::MatrixXd covariance = -slopes * information.ldlt().solve(slopes.transpose());
  covariance.diagonal() += parts_of_ages.expected;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> parts(covariance);
  constexpr double rank_tolerance = 1e-6;
  FitTest test{.bins = bins};
  const Eigen::VectorXd off =
      parts.eigenvectors().transpose() * (parts_of_ages.seen - parts_of_ages.expected);
  for (int i = 0; i < bins; ++i) {
    if (parts.eigenvalues()[i] <= rank_tolerance * parts.eigenvalues()[bins - 1]) continue;
    test.statistic += off[i] * off[i] / parts.eigenvalues()[i];
    ++test.freedom;
  }
  if (test.freedom == 0) return std::nullopt;
  test.p = boost::math::gamma_q(0.5 * test.freedom, 0.5 * test.statistic);
  return test;
}

}  // namespace models::records
