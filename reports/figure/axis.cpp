#include "reports/figure/axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace reports::figure {
namespace {

/// 1, 2 or 5 times a power of ten, so that about `wanted` steps fill the length.
double round_step(double length, int wanted) {
  const double raw = length / wanted;
  const double power = std::pow(10.0, std::floor(std::log10(raw)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= raw) return factor * power;
  }
  return 10 * power;
}

}  // namespace

std::string short_number(double value) {
  const double size = std::abs(value);
  constexpr double thousand = 1e3;
  constexpr double million = 1e6;
  constexpr double milliard = 1e9;
  constexpr double most = 1e15;
  if (size >= most || size < 10 * thousand) return fmt::format("{:.4g}", value);
  if (size >= milliard) return fmt::format("{:.4g}G", value / milliard);
  return size >= million ? fmt::format("{:.4g}M", value / million)
                         : fmt::format("{:.4g}k", value / thousand);
}

Axis::Axis(Scale scale, const std::vector<double>& values, double from, double to)
    : scale_(scale), from_(from), to_(to) {
  low_ = std::numeric_limits<double>::infinity();
  high_ = -low_;
  for (const double value : values) {
    const double place = place_of(value);
    if (!std::isfinite(place)) continue;
    low_ = std::min(low_, place);
    high_ = std::max(high_, place);
  }
  if (low_ > high_) low_ = high_ = 0;
  const double margin = std::max({(high_ - low_) * 0.05, std::abs(high_) * 1e-3, 1e-12});
  low_ -= margin;
  high_ += margin;
}

double Axis::place_of(double value) const {
  return scale_ == Scale::logarithmic ? std::log10(value) : value;
}

double Axis::at(double value) const {
  const double share = (place_of(value) - low_) / (high_ - low_);
  return from_ + (to_ - from_) * std::clamp(std::isnan(share) ? 0 : share, 0.0, 1.0);
}

std::vector<std::pair<double, std::string>> Axis::marks() const {
  std::vector<std::pair<double, std::string>> marks;
  const double step = scale_ == Scale::logarithmic ? std::max(1.0, round_step(high_ - low_, 6))
                                                   : round_step(high_ - low_, 6);
  for (double place = std::ceil(low_ / step) * step; place <= high_; place += step) {
    const double value = scale_ == Scale::logarithmic ? std::pow(10.0, place) : place;
    const double shown = std::abs(value) < step * 1e-9 ? 0 : value;
    marks.emplace_back(from_ + (to_ - from_) * (place - low_) / (high_ - low_),
                       short_number(shown));
  }
  return marks;
}

}  // namespace reports::figure
