#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/estimate.h"
#include "sim/execution/blocks.h"
#include "sim/moments.h"
#include "sim/quantity.h"

namespace sim {

/// What a mission gives to direct Monte Carlo.
struct MissionOutcome {
  std::optional<Seconds> first_loss;
  /// Further figures of the mission, each a number per mission; the same count in all missions.
  std::vector<double> payoffs;
};

/// Sums over missions; an accumulator for run_blocks().
class DirectTally {
 public:
  /// @param mission  length of a mission; must be positive
  DirectTally(Seconds mission, std::size_t payoffs) : mission_(mission), payoffs_(payoffs) {}

  void add(const MissionOutcome& outcome);
  void merge(const DirectTally& later);

  std::uint64_t missions() const { return loss_.x().count(); }
  std::uint64_t losses() const { return loss_.x().non_zero(); }
  Seconds mission() const { return mission_; }
  /// x: 1 for a loss, else 0; y: seconds until the first loss or the end of the mission.
  const PairedMoments& loss() const { return loss_; }
  const Moments& payoff(std::size_t i) const { return payoffs_[i]; }
  std::size_t payoffs() const { return payoffs_.size(); }
  bool operator==(const DirectTally&) const = default;

 private:
  Seconds mission_;
  PairedMoments loss_;
  std::vector<Moments> payoffs_;
};

/// P(loss within the mission) with Wilson's interval. No loss seen: no value, [0, 3/n].
Estimate loss_probability(const DirectTally& tally, std::string model);

/// E[min(mission, first loss)] / P(loss), in seconds: the mean time to loss at the mission's mean
/// hazard. No loss seen: no value, and the time watched over three as its lower bound.
Estimate mean_time_to_loss(const DirectTally& tally, std::string model);

/// Mean of a payoff that is not negative. Never seen above zero: no value, and [0, 3/n] of
/// `greatest`, the largest value that a mission can give (infinity if there is none).
/// @pre at least two missions
Estimate mean_payoff(const DirectTally& tally, std::size_t payoff, double greatest,
                     std::string model);

/// Half the width of ci95 over the value; empty where there is no value or it is 0.
std::optional<double> relative_half_width(const Estimate& estimate);

/// When to stop: the relative half-width of P(loss) and of the payoffs named are at most
/// `relative`.
struct DirectPrecision {
  double relative{0.1};
  bool of_loss{true};
  std::vector<std::size_t> of_payoffs;
  /// Not before this many missions: intervals of fewer cover too seldom, on the optimistic side.
  std::uint64_t least_missions{100};
};

/// The worst relative half-width of the figures that `precision` names; empty as long as one of
/// them has none. For the stopping rule and for showing progress.
std::optional<double> reached(const DirectTally& tally, const DirectPrecision& precision);

/// True once it may stop. Asked at the ends of blocks.
bool satisfies(const DirectTally& tally, const DirectPrecision& precision);

/// Plays whole missions: `play(replicate, workspace)` returns a MissionOutcome. Everything else as
/// in run_blocks(); `hooks.satisfied` is set from `precision` unless that is empty.
template <class MakeWorkspace, class Play>
BlocksResult<DirectTally> run_direct(const BlockPlan& plan, const DirectTally& empty,
                                     MakeWorkspace make_workspace, Play play,
                                     const std::optional<DirectPrecision>& precision = {},
                                     BlockHooks<DirectTally> hooks = {}) {
  if (precision) {
    hooks.satisfied = [&](const DirectTally& tally, std::uint64_t) {
      return satisfies(tally, *precision);
    };
  }
  const auto one = [play](std::uint64_t replicate, auto& workspace, DirectTally& tally) mutable {
    tally.add(play(replicate, workspace));
  };
  return run_blocks(plan, empty, std::move(make_workspace), one, hooks);
}

}  // namespace sim
