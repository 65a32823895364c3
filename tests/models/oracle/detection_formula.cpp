#include "tests/models/oracle/detection_formula.h"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>

namespace oracle {
namespace {

/// Integral over [from, to], cut at `kink` if that lies between: smooth on
/// either side of it.
template <class Function>
double integral(const Function &f, double from, double to, double kink) {
  using Rule = boost::math::quadrature::gauss<double, 15>;
  const double cut = std::clamp(kink, from, to);
  double sum = 0;
  if (cut > from) sum += Rule::integrate(f, from, cut);
  if (to > cut) sum += Rule::integrate(f, cut, to);
  return sum;
}

/// How long a group that has two shards missing since s stays so: until the
/// first disk's rebuild reaches it at its old place x, or until the second loss
/// is reported and its turn has come.
double deep_time(const DetectionCase &c, double x, double s, double y) {
  const double ahead = std::max(0.0, c.rebuild - std::max(0.0, s - c.detection));
  const double share = (c.shards - 1.0) / (c.disks - 1.0);
  const double wait = c.deep_waits ? y * share * ahead : 0.0;
  return std::min(c.detection + x * c.rebuild - s, c.detection + wait);
}

/// What the losses after the second still have to meet: for m = 2 the third
/// comes within w; for m = 3 the fourth comes before w ends and before the
/// third, once reported, lifts the group again.
double opportunity(const DetectionCase &c, double w) {
  if (c.tolerance == 2) return w;
  const double late = std::max(0.0, w - c.detection);
  return (w * w - late * late) / 2;
}

double window_integral(const DetectionCase &c) {
  if (c.tolerance == 1) return c.detection + c.rebuild / 2;
  const auto over_y = [&](double x, double s) {
    if (!c.deep_waits) return opportunity(c, deep_time(c, x, s, 0));
    return integral([&](double y) { return opportunity(c, deep_time(c, x, s, y)); }, 0, 1, 0.5);
  };
  const auto over_s = [&](double x) {
    const double end = c.detection + x * c.rebuild;
    return integral([&](double s) { return over_y(x, s); }, 0, end, x * c.rebuild);
  };
  return integral(over_s, 0, 1, std::min(1.0, c.detection / c.rebuild));
}

/// S n!/(n-m-1)! L^(m+1) T: groups, times the ways in which m+1 of its shards
/// go one by one.
double sequences(const DetectionCase &c) {
  double product = c.groups * c.time;
  for (int i = 0; i <= c.tolerance; ++i) product *= (c.shards - i) * c.rate;
  return product;
}

}  // namespace

double expected_losses(const DetectionCase &c) { return sequences(c) * window_integral(c); }

double expected_losses_without_waiting(const DetectionCase &c) {
  const int m = c.tolerance;
  const double d = std::pow(c.detection, m - 1);
  return sequences(c) *
         (d * c.detection / std::tgamma(m + 1) + c.rebuild * d / (2 * std::tgamma(m)));
}

}  // namespace oracle
