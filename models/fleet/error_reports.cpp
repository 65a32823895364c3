// Errors that rebuilds meet on a dead disk before its process is missed: where the scenario says
// so, enough of them are a report.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "models/fleet/mission.h"

namespace models::fleet {

namespace {

/// Errors that one error stands for, so that enough of them are a report.
int weight(scenario::ErrorReports reports, int needed) {
  switch (reports) {
    case scenario::ErrorReports::none:
      return 0;
    case scenario::ErrorReports::count:
      return 1;
    case scenario::ErrorReports::report:
      return needed;
  }
  return 0;
}

/// When errors, ascending by time, come to so many, the last of them not before `now`; never if
/// they do not. Earlier ones than `within` before the last do not count.
Seconds enough_at(const std::vector<MetErrors>& errors, int needed,
                  const std::optional<Seconds>& within, Seconds now) {
  int met = 0;
  auto oldest = errors.begin();
  for (const MetErrors& error : errors) {
    met += error.weight;
    while (within && oldest->at < error.at - *within) met -= (oldest++)->weight;
    if (met >= needed) return std::max(error.at, now);
  }
  return Seconds{std::numeric_limits<double>::infinity()};
}

}  // namespace

/// The loss that took the shard from its home; null if none did, or if it is reported.
LossEvent* Mission::unreported_loss(State& state, Home home) {
  const auto incident = std::ranges::find_if(state.incidents, [&](const Incident& candidate) {
    return candidate.disk == home.disk && candidate.generation == home.generation &&
           !candidate.reported;
  });
  if (incident == state.incidents.end()) return nullptr;
  return &*std::ranges::find(state.loss_events, incident->event, &LossEvent::id);
}

/// Calls `visit` with each unreported loss among the sources of a task.
template <class Visit>
void Mission::each_dead_source(State& state, const Job& job, const repair::Task& task,
                               const Visit& visit) const {
  const std::uint32_t first = task.shard.group * fleet_->map().width();
  for (std::uint32_t r = task.first_read; r < task.first_read + task.reads; ++r) {
    const Home home = home_of(state, first + job.action->read_slots[r]);
    if (!state.lost_disks.hold(home)) continue;
    if (LossEvent* event = unreported_loss(state, home)) visit(*event);
  }
}

/// Counts the dead sources that a task has asked.
void Mission::note_errors(State& state, const Job& job, const repair::Task& task) {
  const scenario::Detection& detection = fleet_->repair().detection;
  const int counts = weight(detection.read_error, detection.errors);
  if (job.timed || counts == 0) return;
  const Seconds at = std::min(job.due(task), state.now);
  each_dead_source(state, job, task, [&](LossEvent& event) {
    if (!detection.within && !event.errors.empty()) {
      event.errors.back().weight += counts;
      return;
    }
    event.errors.push_back({at, counts});
  });
}

/// Writes that will fail, at the present pace: their tasks are about to get other targets.
void Mission::expect_refusals(State& state, const Job& job, const repair::Task& task) {
  const scenario::Detection& detection = fleet_->repair().detection;
  if (detection.write_error == scenario::ErrorReports::none || !(job.per_second > 0)) return;
  const auto incident = std::ranges::find_if(state.incidents, [&](const Incident& candidate) {
    return candidate.disk == task.target && !candidate.reported;
  });
  if (incident == state.incidents.end()) return;
  std::ranges::find(state.loss_events, incident->event, &LossEvent::id)
      ->refusals.push_back(job.due(task));
}

/// When each unreported loss will have been met often enough, at the present pace.
void Mission::await_errors(State& state) {
  const scenario::Detection& detection = fleet_->repair().detection;
  const int reads = weight(detection.read_error, detection.errors);
  const int writes = weight(detection.write_error, detection.errors);
  for (LossEvent& event : state.loss_events) {
    if (event.reported) continue;
    std::vector<MetErrors> met;
    for (const Seconds at : event.refusals) met.push_back({at, writes});
    for (const Job& job : state.jobs) {
      if (reads == 0 || job.timed || !(job.per_second > 0)) continue;
      for (const repair::Task& task : job.open()) {
        each_dead_source(state, job, task, [&](const LossEvent& asked) {
          if (asked.id == event.id) met.push_back({job.due(task), reads});
        });
      }
    }
    met.insert(met.end(), event.errors.begin(), event.errors.end());
    std::ranges::sort(met, {}, &MetErrors::at);
    state.queue.cancel(event.access);
    const Seconds at = enough_at(met, detection.errors, detection.within, state.now);
    if (!std::isfinite(at.value)) continue;
    event.access = state.queue.push(at, Event{Event::Kind::accessed, event.id, 0, 0});
  }
}

void Mission::on_accessed(State& state, std::uint32_t id) {
  tell(state, "errors report a dead disk", {topology::UnitKind::software, 0});
  on_reported(state, id);
}

}  // namespace models::fleet
