#pragma once

#include <array>
#include <cmath>
#include <cstdint>

namespace sim {

/// What a stream of random numbers is for. A draw added for one purpose never moves another's.
enum class Purpose : std::uint64_t {
  placement = 1,
  failure = 2,
  outage = 3,
  repair = 4,
  policy = 5,
  drill = 6,
  inputs = 7,
  estimator = 8,
  records = 20,
  test = 99,
};

/// Where a stream stands in the counter space: (replicate, class, candidate number, branch).
struct StreamId {
  std::uint64_t replicate{};
  std::uint64_t event_class{};
  std::uint64_t candidate{};
  std::uint32_t branch{};
};

/// A counter-based stream: Philox 4x64 (Salmon et al. 2011, Random123) with key (seed, purpose)
/// and counter (replicate, class, candidate, branch and draw). Cheap to build, to copy and to save;
/// the same numbers for any number of threads. Draws are numbered, so a stream is a plain value.
/// A stream holds 2^34 draws; the one after would enter the next branch's.
class Stream {
 public:
  Stream(std::uint64_t seed, Purpose purpose, StreamId id = {})
      : counter_{id.replicate, id.event_class, id.candidate, std::uint64_t{id.branch} << 32U},
        key_{seed, static_cast<std::uint64_t>(purpose)} {}

  /// 64 uniformly distributed bits.
  std::uint64_t bits() {
    if (used_ == buffer_.size()) refill();
    return buffer_[used_++];
  }
  /// Uniform in the open interval (0, 1): never 0, so its logarithm is finite. The odd multiples
  /// of 2^-53, each equally likely: one more bit would round up to 1.
  double uniform() { return (static_cast<double>(bits() >> 12U) + 0.5) * 0x1p-52; }
  /// Uniform integer in [0, n). @pre n > 0. Unbiased (Lemire 2019, multiply and reject).
  std::uint64_t below(std::uint64_t n);
  /// Standard exponential, mean 1.
  double exponential() { return -std::log(uniform()); }
  /// Standard normal (inverse distribution function of one uniform: one draw each, so copies of a
  /// stream stay aligned).
  double normal();

 private:
  void refill();

  std::array<std::uint64_t, 4> counter_{};
  std::array<std::uint64_t, 2> key_{};
  std::array<std::uint64_t, 4> buffer_{};
  std::uint32_t used_{4};
};

}  // namespace sim
