// Errors that rebuilds meet on a dead disk before its process is missed: where the scenario says
// so, enough of them are a report.
#include <algorithm>

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

struct Due {
  Seconds at;
  int weight;
};

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

/// Counts the dead sources that a task has just asked.
void Mission::note_errors(State& state, const Job& job, const repair::Task& task) {
  const scenario::Detection& detection = fleet_->repair().detection;
  const int counts = weight(detection.read_error, detection.errors);
  if (job.timed || counts == 0) return;
  each_dead_source(state, job, task, [&](LossEvent& event) { event.errors += counts; });
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
    std::vector<Due> due;
    for (const Seconds at : event.refusals) due.push_back({at, writes});
    for (const Job& job : state.jobs) {
      if (reads == 0 || job.timed || !(job.per_second > 0)) continue;
      for (const repair::Task& task : job.open()) {
        each_dead_source(state, job, task, [&](const LossEvent& met) {
          if (met.id == event.id) due.push_back({job.due(task), reads});
        });
      }
    }
    state.queue.cancel(event.access);
    std::ranges::sort(due, {}, &Due::at);
    int met = event.errors;
    for (const Due& error : due) {
      met += error.weight;
      if (met < detection.errors) continue;
      event.access = state.queue.push(std::max(error.at, state.now),
                                      Event{Event::Kind::accessed, event.id, 0, 0});
      break;
    }
  }
}

void Mission::on_accessed(State& state, std::uint32_t id) {
  tell(state, "errors report a dead disk", {topology::UnitKind::software, 0});
  on_reported(state, id);
}

}  // namespace models::fleet
