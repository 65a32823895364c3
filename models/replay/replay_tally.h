#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "models/fleet/outcome.h"
#include "models/replay/exposure.h"
#include "models/replay/replay.h"
#include "sim/moments.h"
#include "sim/quantile.h"

namespace models::replay {

/// What the placements of one strategy add up to.
class ReplayTally {
 public:
  struct Scale {
    double groups{};
    Bytes group_bytes{};
    Seconds length{};
  };
  void add(const fleet::Outcome& outcome, const Exposure& exposure, int tolerance,
           std::uint64_t in_empty_places, const Scale& scale);
  void merge(const ReplayTally& later);

  std::uint64_t placements() const { return lost_.count(); }
  std::uint64_t in_empty_places() const { return in_empty_places_; }
  std::vector<Figure> figures() const;
  /// Of records that were resampled: means, and the middle 95 % of them.
  std::vector<Figure> resampled_figures() const;
  /// Sums over placements.
  const std::vector<Span>& spans() const { return spans_; }
  /// Placements by the least redundancy that they reached.
  const std::map<int, std::uint64_t>& least_redundancy() const { return least_redundancy_; }

 private:
  sim::Moments degraded_, twice_, bare_;  ///< shares of all group-time
  sim::Moments peak_;
  sim::Moments lost_;  ///< 1 if any group was
  sim::Moments groups_lost_, bytes_lost_;
  sim::Moments repair_per_day_, cross_rack_per_day_;
  sim::QuantileSketch rebuild_hours_;
  std::vector<Span> spans_;
  std::map<int, std::uint64_t> least_redundancy_;
  std::uint64_t in_empty_places_{};
  /// Of each placement, in their order: for the middle 95 % of them.
  struct Played {
    double degraded{};
    double twice{};
    double bare{};
    double peak{};
    double groups_lost{};
  };
  std::vector<Played> played_;
};

}  // namespace models::replay
