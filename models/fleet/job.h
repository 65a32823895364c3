#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "models/fleet/event.h"
#include "models/network/bandwidth.h"
#include "models/repair/rebuild_planner.h"
#include "sim/event_queue.h"

namespace models::fleet {

/// A rebuild action under way.
struct Job {
  std::uint32_t id{};
  std::shared_ptr<const repair::RebuildAction> action;
  std::shared_ptr<const std::vector<network::Demand>> demands;
  double bytes{};
  double progress{};    ///< at `since`
  double per_second{};  ///< progress per second
  Seconds since{};
  std::size_t settled{};  ///< tasks whose shards have their new home
  bool timed{};           ///< at a drawn pace, whatever the bandwidth
  sim::EventQueue<Event>::Handle done;

  /// When a task of it ends, at the present pace. @pre per_second > 0
  Seconds due(const repair::Task& task) const {
    const double left = static_cast<double>(task.end) - progress;
    return since + Seconds{std::max(0.0, left) / per_second};
  }
  /// How far a task is, [0, 1], at `since`.
  double share_done(const repair::Task& task) const {
    constexpr double least_span = 1e-9;
    const double span = std::max(static_cast<double>(task.end) - task.begin, least_span);
    return std::clamp((progress - task.begin) / span, 0.0, 1.0);
  }
  /// Those that have not ended.
  std::span<const repair::Task> open() const { return std::span(action->tasks).subspan(settled); }
};

/// The disks that a task of the action reads, when it was planned.
inline std::span<const std::uint32_t> reads_of(const repair::RebuildAction& action,
                                               const repair::Task& task) {
  return std::span(action.read_disks).subspan(task.first_read, task.reads);
}

}  // namespace models::fleet
