#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/fleet/fleet.h"
#include "models/fleet/outcome.h"
#include "models/fleet/rare_run.h"
#include "models/fleet/reach_run.h"
#include "models/fleet/results.h"
#include "models/scenario/scenario.h"
#include "sim/moments.h"
#include "sim/quantile.h"

namespace models::fleet {

/// What the missions of one strategy add up to. Merged block by block in a fixed order.
struct Tally {
  sim::PairedMoments
      loss_and_life;          ///< x: 1 if data were lost; y: years to the first loss or the end
  sim::Moments share_lost;    ///< of the user's stripes, per mission
  sim::Moments objects_lost;  ///< share of the objects, per mission
  sim::Moments unavailable;   ///< share of time, weighted by data
  sim::Moments unread;        ///< share of time without reads
  sim::Moments unwritten;     ///< share of time without writes
  sim::Moments repair_bytes;
  sim::Moments cross_rack_bytes;
  sim::Moments cross_site_bytes;
  sim::PairedMoments rebuilds_and_hours;  ///< x: rebuilds, y: their hours per TB
  sim::QuantileSketch rebuild_hours;
  std::vector<double> lost_by_family;  ///< in the order of `families`
  std::vector<std::string> families;   ///< their names; empty without loss
  double lost_to_latent_errors{};
  std::uint64_t events{};
  std::uint64_t group_touches{};

  void add(const Outcome& outcome, const Fleet& fleet);
  void merge(const Tally& later);
  /// Its numbers, for sim/words.h.
  template <class Archive>
  void show(Archive& archive) {
    archive(loss_and_life, share_lost, objects_lost, unavailable, unread, unwritten, repair_bytes,
            cross_rack_bytes, cross_site_bytes, rebuilds_and_hours, rebuild_hours, lost_by_family,
            families, lost_to_latent_errors, events, group_touches);
  }
};

/// All strategies of a run, with the pairs that common random numbers make sharp.
struct Comparison {
  std::vector<Tally> tallies;
  std::vector<sim::PairedMoments> unavailable_pairs;  ///< first strategy against each other one
  std::vector<sim::PairedMoments> lost_pairs;
  void merge(const Comparison& later);
  /// Its numbers, for sim/words.h.
  template <class Archive>
  void show(Archive& archive) {
    archive(tallies, unavailable_pairs, lost_pairs);
  }
  /// One that was read back is of as many strategies, and what it holds fits together.
  bool fits(const Comparison& read) const;
};

/// Metrics of one strategy from its tally, and loss and time out of reach from branches where there
/// are any; `tally` null: analytic figures alone.
StrategyResult strategy_result(const scenario::Scenario& scenario,
                               const scenario::Strategy& strategy, const codes::Code& code,
                               const Tally* tally, const RareRun* rare, const ReachRun* reach);

/// Worst relative half-width of the loss figures known so far; empty where a strategy saw no loss.
std::optional<double> precision_of(const Tally& tally);

/// Paired differences of the first strategy against the others.
/// @param rare  by strategy, in the same order; empty where no rare estimator was used
std::vector<Difference> differences(const std::vector<StrategyResult>& strategies,
                                    const Comparison* comparison, std::span<const RareRun> rare);

}  // namespace models::fleet
