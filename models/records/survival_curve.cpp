#include "models/records/survival_curve.h"

#include <algorithm>
#include <cmath>

namespace models::records {
namespace {

/// 97.5 % quantile of the standard normal: two-sided 95 %.
constexpr double normal_975 = 1.959963984540054;

/// exp(-exp(.)) of log(-log S) -+ z times its error.
sim::Interval survival_interval(double survival, double greenwood) {
  if (survival <= 0) return {0, 1};
  const double log_survival = std::log(survival);
  const double factor = std::exp(normal_975 * std::sqrt(greenwood) / std::abs(log_survival));
  return {std::exp(log_survival * factor), std::exp(log_survival / factor)};
}

}  // namespace

std::vector<CurvePoint> survival_curve(const AgeTable& ages) {
  std::vector<CurvePoint> curve;
  double survival = 1;
  double greenwood = 0;
  double hazard = 0;
  double aalen = 0;
  for (const AgeTable::Row& row : ages.rows()) {
    if (row.failed <= 0) continue;
    survival *= (row.at_risk - row.failed) / row.at_risk;
    greenwood += row.failed / row.at_risk / (row.at_risk - row.failed);
    hazard += row.failed / row.at_risk;
    aalen += row.failed / (row.at_risk * row.at_risk);
    const double factor = std::exp(normal_975 * std::sqrt(aalen) / hazard);
    curve.push_back({.age = row.age,
                     .failed = row.failed,
                     .at_risk = row.at_risk,
                     .survival = survival,
                     .survival_ci95 = survival_interval(survival, greenwood),
                     .hazard = hazard,
                     .hazard_ci95 = {hazard / factor, hazard * factor}});
  }
  return curve;
}

const CurvePoint* point_at(const std::vector<CurvePoint>& curve, double age) {
  const auto beyond = std::ranges::upper_bound(curve, age, {}, &CurvePoint::age);
  return beyond == curve.begin() ? nullptr : &*std::prev(beyond);
}

}  // namespace models::records
