#pragma once

#include <algorithm>
#include <cstdint>

#include "sim/estimators/publish.h"
#include "sim/estimators/rare_tally.h"

namespace sim {

/// How many replicates are played, fixed before they are: who stops as soon as the interval is
/// narrow enough favours samples without large values (1 % too low at a half-width of 10 %). A
/// pilot plans the first stage. A stage that misses the precision is the pilot of the next one,
/// which is played with replicates of its own and alone counts.
class Stages {
 public:
  /// @param planned  replicates of the first stage, see planned_replicates()
  /// @param most     of all stages together
  Stages(std::uint64_t planned, std::uint64_t most) : end_(std::min(planned, most)), most_(most) {}

  std::uint64_t first() const { return first_; }
  std::uint64_t end() const { return end_; }

  /// After the replicates [first, end): false if there is another stage, which these are now.
  bool finish(const RareTally& tally, const RarePrecision& precision) {
    if (satisfies(tally, precision)) return true;
    // A quarter more at least: the plan of a stage that was unlucky may be its own size.
    constexpr double more = 1.25;
    const std::uint64_t played = end_ - first_;
    const auto least = static_cast<std::uint64_t>(more * static_cast<double>(played));
    const std::uint64_t wanted = std::max(planned_replicates(tally, precision.relative), least);
    const std::uint64_t next = std::min(wanted, most_ - end_);
    if (next <= played) return true;  // it would say less than this one
    first_ = end_;
    end_ += next;
    return false;
  }

 private:
  std::uint64_t first_{};
  std::uint64_t end_;
  std::uint64_t most_;
};

}  // namespace sim
