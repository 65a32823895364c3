#pragma once

#include <cstdint>
#include <vector>

namespace sim {

/// Counts of non-negative values in fixed bins, 128 to each power of two: a bin is at most 1/128
/// (0.8 %) of its value wide. Whole numbers in fixed bins give the same bits in any order of
/// adding and merging. Means are not read off bins: keep them in Moments beside this.
class QuantileSketch {
 public:
  /// Counts `value` as `times` equal ones. @pre value >= 0; infinity ("never") is a value too.
  void add(double value, std::uint64_t times = 1);
  void merge(const QuantileSketch& other);

  std::uint64_t count() const { return count_; }
  /// The value of rank ceil(p count): the middle of its bin, no further out than the extremes,
  /// which are exact (p = 0, p = 1). @pre count() > 0, 0 <= p <= 1
  double quantile(double p) const;
  bool operator==(const QuantileSketch&) const = default;

  /// Its numbers, for sim/words.h.
  template <class Archive>
  void show(Archive& archive) {
    archive(counts_, first_bin_, count_, least_, greatest_);
  }

 private:
  /// counts_[i] belongs to bin first_bin_ + i; the range covers the bins in use.
  std::vector<std::uint64_t> counts_;
  std::int64_t first_bin_{};
  std::uint64_t count_{};
  double least_{};
  double greatest_{};

  void cover(std::int64_t first, std::int64_t last);
};

}  // namespace sim
