#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "tests/sim/estimators/rare_k_of_n.h"

namespace sim::testing {

/// Three copies spread over all units so evenly that any two units share a group, lumped by
/// symmetry: what counts is how many units are down and whether some group misses two copies. Such
/// groups are rebuilt first, in one short phase; then the rest of one unit after another. A unit
/// that fails during the urgent phase loses data.
/// `repairs` are the units rebuilt per second outside that phase.
struct PriorityRebuild : RareKOfN {
  double urgent{};  ///< ends of the urgent phase per second

  struct State {
    Seconds now, next;
    int down{};
    bool bare{}, fails{}, lost{};  ///< bare: some group misses two
    std::uint64_t replicate{};
    Stream stream;
    static State overlay(const State& base) { return base; }
  };

  State initial(std::uint64_t replicate) const {
    State state{{}, {}, 0, false, false, false, replicate, stream_of(replicate, 0)};
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
      if (!state.bare) --state.down;
      state.bare = false;
      change.healed = true;
    }
    draw(state);
    return true;
  }
  double inject(State& state, Unit, std::span<const Group>, Stream&, Change& change) const {
    if (state.down == n || state.lost) return 0.0;
    fail(state, change);
    return 1.0;
  }
  int depth(const State& state, Group) const { return state.bare ? 2 : state.down > 0 ? 1 : 0; }
  void critical(const State& state, std::span<const Group>, int, std::vector<Exposed>& out) const {
    if (!state.lost) out.push_back({{}, {}, double(n - state.down)});
  }
  void fatal(const State& state, std::vector<Exposed>& out) const {
    if (state.bare) critical(state, {}, 2, out);
  }
  Seconds start_time(const State& state, std::size_t, double hazard) const {
    return state.lost ? Seconds{std::numeric_limits<double>::infinity()}
                      : time_at({{}, {}, double(n - state.down)}, state.now, hazard);
  }
  bool whole(const State& state) const { return state.down == 0; }

 private:
  void draw(State& state) const {
    const double up = (n - state.down) * failures;
    const double ends = state.bare ? urgent : state.down > 0 ? repairs : 0.0;
    state.next = state.now + Seconds{state.stream.exponential() / (up + ends)};
    state.fails = state.stream.uniform() * (up + ends) < up;
  }
  void fail(State& state, Change& change) const {
    const int before = depth(state, 0);
    state.lost = state.bare;
    ++state.down;
    state.bare = state.down > 1;
    auto& list = state.lost ? change.lost : change.deeper;
    list.push_back({0, before, before + 1});
    if (state.lost) change.amounts.push_back(1.0);
  }
};

}  // namespace sim::testing
