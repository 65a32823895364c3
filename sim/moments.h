#pragma once

#include <cstdint>

namespace sim {

/// Count, mean and variance of replicates, merged by a fixed left fold over blocks, so a result
/// does not depend on the number of threads. Welford/Chan updates.
class Moments {
 public:
  void add(double x);
  void merge(const Moments& later);
  std::uint64_t count() const { return count_; }
  /// Replicates whose value was not zero.
  std::uint64_t non_zero() const { return non_zero_; }
  double mean() const { return mean_; }
  /// Unbiased sample variance; 0 below two replicates.
  double variance() const;
  /// Standard error of the mean.
  double standard_error() const;
  /// Largest single value seen: a weight share is largest()/sum().
  double largest() const { return largest_; }
  double sum() const { return mean_ * static_cast<double>(count_); }
  bool operator==(const Moments&) const = default;

  /// Its numbers, for sim/words.h.
  template <class Archive>
  void show(Archive& archive) {
    archive(count_, non_zero_, mean_, squares_, largest_);
  }

 private:
  std::uint64_t count_{};
  std::uint64_t non_zero_{};
  double mean_{};
  double squares_{};
  double largest_{};
};

/// Joint moments of (x, y) pairs: for ratios and for paired differences between strategies.
class PairedMoments {
 public:
  void add(double x, double y);
  void merge(const PairedMoments& later);
  const Moments& x() const { return x_; }
  const Moments& y() const { return y_; }
  double covariance() const;
  bool operator==(const PairedMoments&) const = default;

  /// Its numbers, for sim/words.h.
  template <class Archive>
  void show(Archive& archive) {
    archive(x_, y_, products_);
  }

 private:
  Moments x_;
  Moments y_;
  double products_{};
};

}  // namespace sim
