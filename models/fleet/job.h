#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "models/fleet/event.h"
#include "models/fleet/ticket.h"
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
  bool spread{};     ///< over all alike: it asks for all resources of a kind as one
  double dropped{};  ///< share of `bytes` that went back to the planner
  // A rebuild by a rule: `action` has its priority and lists no task.
  std::shared_ptr<const Ticket> ticket{};
  std::uint32_t left{};  ///< shards that it will make whole
  Turns turns{};

  /// Places that are whole at this progress.
  std::uint32_t reached_at(double at) const {
    constexpr double slack = 1e-6;
    if (at >= 1 - slack) return ticket->places();
    const double whole = std::floor(turns.passed(at) + slack);
    return std::min(ticket->places(), static_cast<std::uint32_t>(whole) * turns.abreast);
  }
  double end_of(std::uint32_t place) const {
    const std::uint32_t turn = place / turns.abreast;
    return turns.end_of(turn);
  }
  /// How far the shard at a place is, [0, 1], at `since`.
  double share_done_at(std::uint32_t place) const {
    const std::uint32_t turn = place / turns.abreast;
    return std::clamp(turns.passed(progress) - turn, 0.0, 1.0);
  }
  /// Of what it was to rebuild.
  double share_left() const {
    constexpr double least = 1e-6;
    return std::max(least, ticket ? static_cast<double>(left) / ticket->places() : 1 - dropped);
  }

  /// When a task of it ends, at the present pace. @pre per_second > 0
  Seconds due(const repair::Task& task) const {
    const double rest = static_cast<double>(task.end) - progress;
    return since + Seconds{std::max(0.0, rest) / per_second};
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
