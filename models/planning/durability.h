#pragma once

#include "models/planning/sizing.h"

namespace models::planning {

/// What a year's machines do with the data, by chain and arithmetic: constant rates, parallel
/// exponential repair, shocks of racks, power and sites as events that kill shards at once.
struct FleetFigures {
  double nines{};           ///< -log10 of objects lost a year; of the worse tier
  double unavailability{};  ///< share of time
  Seconds rebuild{};        ///< of a disk, from the failure on
};

/// Worse of the hot code and of a cold code of its own, each as if all disks held it.
FleetFigures fleet_figures(const Space& space, const Design& design, const YearSize& size);

/// Chance that an object is lost while its store is migrated, at most: as if every group had to do
/// without one shard for all of `window`, beside what the design does anyway. Shocks and latent
/// errors left out. 0 for no time.
double migration_loss(const Space& space, const Design& design, const YearSize& size,
                      Seconds window);

/// One TB of lost shards, when every machine moves `rate` in and out.
/// max(B / (M of a site x rate), reads B / (M rate)), and what the uplinks carry. @pre reads >= 1
Seconds rebuild_per_tb(const Space& space, const Design& design, const YearSize& size,
                       double reads);

/// Objects lost a year by latent errors alone: sectors that scrubbing has not found yet when the
/// last redundancy of their stripe is rebuilt. @param repair mean time of a shard
double latent_loss(const CodeFacts& code, double disk_losses, double latent_errors, Seconds scrub,
                   Seconds repair, double stripes_per_object, double shard_of_disk);

/// Mean stored bytes of an object over the plan's sources, by bytes.
Bytes mean_object(const Plan& plan);

/// Decision: user bytes of one stripe, as in the scenarios that are shipped.
inline constexpr Bytes stripe_bytes{4e6};

}  // namespace models::planning
