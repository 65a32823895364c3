#include "sim/moments.h"

#include <algorithm>
#include <cmath>

namespace sim {

void Moments::add(double x) {
  ++count_;
  if (x != 0.0) ++non_zero_;
  largest_ = std::max(largest_, x);
  const double before = x - mean_;
  mean_ += before / static_cast<double>(count_);
  squares_ += before * (x - mean_);
}

void Moments::merge(const Moments& later) {
  if (later.count_ == 0) return;
  if (count_ == 0) {
    *this = later;
    return;
  }
  const auto n = static_cast<double>(count_);
  const auto m = static_cast<double>(later.count_);
  const double apart = later.mean_ - mean_;
  mean_ += apart * (m / (n + m));
  squares_ += later.squares_ + apart * apart * (n * m / (n + m));
  count_ += later.count_;
  non_zero_ += later.non_zero_;
  largest_ = std::max(largest_, later.largest_);
}

double Moments::variance() const {
  return count_ < 2 ? 0.0 : squares_ / static_cast<double>(count_ - 1);
}

double Moments::standard_error() const {
  return count_ == 0 ? 0.0 : std::sqrt(variance() / static_cast<double>(count_));
}

void PairedMoments::add(double x, double y) {
  const double x_before = x - x_.mean();
  x_.add(x);
  y_.add(y);
  products_ += x_before * (y - y_.mean());
}

void PairedMoments::merge(const PairedMoments& later) {
  if (later.x_.count() == 0) return;
  const auto n = static_cast<double>(x_.count());
  const auto m = static_cast<double>(later.x_.count());
  const double x_apart = later.x_.mean() - x_.mean();
  const double y_apart = later.y_.mean() - y_.mean();
  // An empty left side contributes n = 0: the fold from nothing changes no bit.
  products_ += later.products_ + x_apart * y_apart * (n * m / (n + m));
  x_.merge(later.x_);
  y_.merge(later.y_);
}

double PairedMoments::covariance() const {
  return x_.count() < 2 ? 0.0 : products_ / static_cast<double>(x_.count() - 1);
}

}  // namespace sim
