#include "sim/quantile.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/contract.h"

namespace sim {
namespace {

/// A double without the lower 45 of its 52 fraction bits: the exponent and 128 steps within it.
/// Zero and infinity have bins of their own at the two ends of this numbering.
constexpr unsigned dropped_bits = 45;

std::int64_t bin_of(double value) {
  return static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(value) >> dropped_bits);
}

double middle_of(std::int64_t bin) {
  if (bin == 0) return 0.0;
  const auto lower = static_cast<std::uint64_t>(bin) << dropped_bits;
  return std::bit_cast<double>(lower | (std::uint64_t{1} << (dropped_bits - 1)));
}

}  // namespace

void QuantileSketch::cover(std::int64_t first, std::int64_t last) {
  if (counts_.empty()) {
    first_bin_ = first;
    counts_.resize(static_cast<std::size_t>(last - first + 1));
    return;
  }
  if (first < first_bin_) {
    counts_.insert(counts_.begin(), static_cast<std::size_t>(first_bin_ - first), 0);
    first_bin_ = first;
  }
  const auto needed = static_cast<std::size_t>(last - first_bin_ + 1);
  if (needed > counts_.size()) counts_.resize(needed);
}

void QuantileSketch::add(double value, std::uint64_t times) {
  EXPECTS(value >= 0.0);
  if (times == 0) return;
  value += 0.0;  // -0 is 0
  const std::int64_t bin = bin_of(value);
  cover(bin, bin);
  counts_[static_cast<std::size_t>(bin - first_bin_)] += times;
  least_ = count_ == 0 ? value : std::min(least_, value);
  greatest_ = count_ == 0 ? value : std::max(greatest_, value);
  count_ += times;
}

void QuantileSketch::merge(const QuantileSketch& other) {
  if (other.count_ == 0) return;
  const auto last = other.first_bin_ + static_cast<std::int64_t>(other.counts_.size()) - 1;
  cover(other.first_bin_, last);
  const auto shift = static_cast<std::size_t>(other.first_bin_ - first_bin_);
  for (std::size_t i = 0; i < other.counts_.size(); ++i) counts_[shift + i] += other.counts_[i];
  least_ = count_ == 0 ? other.least_ : std::min(least_, other.least_);
  greatest_ = count_ == 0 ? other.greatest_ : std::max(greatest_, other.greatest_);
  count_ += other.count_;
}

double QuantileSketch::quantile(double p) const {
  EXPECTS(count_ > 0 && 0.0 <= p && p <= 1.0);
  const auto rank = static_cast<std::uint64_t>(std::ceil(p * static_cast<double>(count_)));
  if (rank <= 1) return least_;
  if (rank >= count_) return greatest_;
  std::uint64_t passed = 0;
  std::size_t i = 0;
  while (passed + counts_[i] < rank) passed += counts_[i++];
  const double bin_middle = middle_of(first_bin_ + static_cast<std::int64_t>(i));
  // The middle of infinity's bin is not a number.
  return std::isnan(bin_middle) ? greatest_ : std::clamp(bin_middle, least_, greatest_);
}

}  // namespace sim
