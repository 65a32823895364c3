#pragma once

#include <cstdint>
#include <optional>

#include "sim/quantity.h"
#include "sim/random.h"

namespace sim::testing {

/// n units, any k of which suffice; exponential lives, each failed unit repaired on its own.
struct KOfN {
  int n{};
  int k{};
  double failures_per_second{};
  double repairs_per_second{};
  std::uint64_t seed{1};

  struct Outcome {
    std::optional<Seconds> first_loss;
    double degraded_s{};
  };
  struct State {
    Seconds now;
    int missing{};
    Stream stream;
    static State overlay(const State& base) { return base; }
  };

  State initial(std::uint64_t replicate) const {
    return {{}, 0, Stream(seed, Purpose::failure, {replicate, 0, 0, 0})};
  }

  /// Ends at the first loss.
  bool advance(State& state, Seconds until, Outcome& outcome) const {
    if (outcome.first_loss) return false;
    const double up = (n - state.missing) * failures_per_second;
    const double down = state.missing * repairs_per_second;
    const Seconds step{state.stream.exponential() / (up + down)};
    const bool fails = state.stream.uniform() * (up + down) < up;
    const Seconds spent = state.now + step < until ? step : until - state.now;
    if (state.missing > 0) outcome.degraded_s += spent.value;
    state.now += spent;
    if (spent < step) return false;
    state.missing += fails ? 1 : -1;
    if (state.missing > n - k) outcome.first_loss = state.now;
    return true;
  }
};

}  // namespace sim::testing
