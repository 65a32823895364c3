#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "sim/change.h"
#include "sim/random.h"

namespace sim::testing {

/// n units, any k of which suffice, with exponential lives and repairs by so many repairers;
/// `stripes` groups on the same units. All units that work are one pool: a chain of n-k+2 states.
struct RareKOfN {
  int n{};
  int k{};
  double failures{};  ///< per unit and second
  double repairs{};   ///< per repairer and second
  int repairers{std::numeric_limits<int>::max()};
  Group stripes{1};
  bool endures{};  ///< too few units are out of reach, not a loss
  std::uint64_t seed{1};

  struct State {
    Seconds now, next;
    int missing{};
    bool fails{}, lost{};
    std::uint64_t replicate{};
    Stream stream;
    static State overlay(const State& base) { return base; }
  };

  State initial(std::uint64_t replicate) const {
    State state{{}, {}, 0, false, false, replicate, stream_of(replicate, 0)};
    draw(state);
    return state;
  }
  void refresh(State& state, std::uint32_t branch) const {
    state.stream = stream_of(state.replicate, branch);
    draw(state);
  }
  bool advance(State& state, Seconds until, Change& change) const {
    if (state.next > until || state.lost) {
      state.now = until;
      return false;
    }
    state.now = state.next;
    if (state.fails) {
      change.cause = Unit{};
      fail(state, change);
    } else {
      --state.missing;
      change.healed = true;
    }
    draw(state);
    return true;
  }
  double inject(State& state, Unit, std::span<const Group>, Stream&, Change& change) const {
    if (state.missing == n || state.lost) return 0.0;
    fail(state, change);
    return 1.0;
  }
  int depth(const State& state, Group) const { return state.missing; }
  void critical(const State& state, std::span<const Group>, int, std::vector<Exposed>& out) const {
    if (!state.lost) out.push_back({{}, {}, double(n - state.missing)});
  }
  void fatal(const State& state, std::vector<Exposed>& out) const {
    if (state.missing == n - k) critical(state, {}, n - k, out);
  }
  double cumulative_hazard(const Exposed& pool, Seconds from, Seconds to) const {
    return pool.scale * failures * (to - from).value;
  }
  Seconds time_at(const Exposed& pool, Seconds from, double hazard) const {
    return from + Seconds{hazard / (pool.scale * failures)};
  }
  std::size_t event_classes() const { return 1; }
  Seconds start_time(const State& state, std::size_t, double hazard) const {
    return state.lost ? Seconds{std::numeric_limits<double>::infinity()}
                      : time_at({{}, {}, double(n - state.missing)}, state.now, hazard);
  }
  std::optional<Unit> start_unit(const auto& /*state*/, std::size_t, Stream&) const {
    return Unit{};
  }
  std::size_t payoffs() const { return 1; }
  bool whole(const State& state) const { return state.missing == 0; }

 protected:
  Stream stream_of(std::uint64_t replicate, std::uint32_t branch) const {
    return {seed, Purpose::failure, {replicate, 0, 0, branch}};
  }

 private:
  void draw(State& state) const {
    const double up = (n - state.missing) * failures;
    const double down = std::min(state.missing, repairers) * repairs;
    state.next = state.now + Seconds{state.stream.exponential() / (up + down)};
    state.fails = state.stream.uniform() * (up + down) < up;
  }
  void fail(State& state, Change& change) const {
    const int before = state.missing++;
    state.lost = !endures && state.missing > n - k;
    auto& list = state.lost ? change.lost : change.deeper;
    for (Group g = 0; g < stripes; ++g) list.push_back({g, before, state.missing});
    if (state.lost) change.amounts.assign(stripes, 1.0);
  }
};

/// The same without losses: fewer than k working units are time out of reach.
struct TimedKOfN : RareKOfN {
  int tolerance() const { return n - k; }
};

}  // namespace sim::testing
