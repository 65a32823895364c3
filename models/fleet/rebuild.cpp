// The planner's actions under way: the rebuild half of Mission.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

#include "models/fleet/known_view.h"
#include "models/fleet/mission.h"

namespace models::fleet {

using topology::Unit;
using topology::UnitKind;

namespace {
/// Progress this close to a task's end counts as its end: rounding of rate x time.
constexpr double progress_slack = 1e-6;
/// Of sums of what tasks ask of a resource.
constexpr double rounding = 1e-9;

/// The windows of shards that all targets write side by side, at an even pace of the whole: those
/// that end together, one on each target, take as long as their share of the work.
void go_by_work(repair::RebuildAction& action) {
  double all = 0;
  for (const repair::Task& task : action.tasks) all += task.shard.remaining;
  double done = 0;
  auto& tasks = action.tasks;
  for (std::size_t first = 0; first < tasks.size();) {
    std::size_t last = first;
    double work = 0;
    while (last < tasks.size() && tasks[last].end == tasks[first].end) {
      work += tasks[last++].shard.remaining;
    }
    for (; first < last; ++first) {
      tasks[first].begin = static_cast<float>(done / all);
      tasks[first].end = static_cast<float>((done + work) / all);
    }
    done += work;
  }
}

}  // namespace

KnownView Mission::view(const State& state, std::span<const std::uint32_t> refused) const {
  return {*fleet_, state.now, state.catalogue, state.known, state.jobs, refused};
}

/// All disks that one event took are reported together. Whoever reports them first is heard.
void Mission::on_reported(State& state, std::uint32_t id) {
  const auto event = std::ranges::find(state.loss_events, id, &LossEvent::id);
  if (event == state.loss_events.end() || event->reported) return;
  settle(state);  // before anything else: it closes incidents
  state.queue.cancel(event->report);
  event->reported = true;
  event->reported_at = state.now;
  if (event->machine) state.known.set_absent(*event->machine, true);
  std::vector<std::uint32_t> lost;
  for (Incident& incident : state.incidents) {
    if (incident.event != id) continue;
    know_lost(state, incident);
    lost.push_back(incident.disk);
  }
  for (const Order& order_ : event->orders) {
    order(state, order_.kind, order_.unit, std::max(Seconds{}, order_.due - state.now));
  }
  if (event->open == 0) {
    state.loss_events.erase(event);
    return;
  }
  if (fleet_->repair().moves_shards()) {
    drop_copies(state, [&](const repair::LostShard& shard) {
      return std::ranges::find(lost, shard.from_disk) != lost.end();
    });
  }
  const Seconds delay = fleet_->repair().rebuild_delay;
  if (delay > Seconds{}) {
    raise_priority(state, lost_shards(state, id));
    state.queue.push(state.now + delay, Event{Event::Kind::rebuilt_for, id, 0, 0});
  } else {
    begin_rebuild(state, id);
  }
}

void Mission::know_lost(State& state, Incident& incident) {
  incident.reported = true;
  state.known.lost.add({incident.disk, incident.generation});
  KnownDisk& record = state.known.disks.at(incident.disk);
  record.added -= static_cast<std::int32_t>(incident.held);
  record.in_service = works(state, {UnitKind::disk, incident.disk});  // a new one may stand there
  if (!record.in_service) record.spread_before = state.known.spread;
  tell(state, "loss reported", {UnitKind::disk, incident.disk},
       std::to_string(incident.left) + " shards to rebuild");
}

/// Shards that a loss took and that are not lost for good.
std::vector<repair::LostShard> Mission::lost_shards(const State& state, std::uint32_t id) const {
  const std::uint32_t width = fleet_->map().width();
  std::vector<repair::LostShard> shards;
  for (const Incident& incident : state.incidents) {
    if (incident.event != id) continue;
    for (const std::uint32_t shard : *incident.shards) {
      const std::uint32_t group = shard / width;
      if (state.gone.find(group) != nullptr) continue;
      shards.push_back({group, static_cast<std::uint16_t>(shard % width), 1.0F, repair::no_disk,
                        incident.disk, incident.id});
    }
  }
  return shards;
}

void Mission::begin_rebuild(State& state, std::uint32_t id) {
  settle(state);
  if (fleet_->by_ticket()) {
    begin_tickets(state, id);
    return;
  }
  const std::vector<repair::LostShard> shards = lost_shards(state, id);
  std::vector<std::uint32_t> nothing_to_do;
  for (const Incident& incident : state.incidents) {
    if (incident.event != id) continue;
    const bool any = std::ranges::any_of(
        shards, [&](const repair::LostShard& shard) { return shard.incident == incident.id; });
    if (!any) nothing_to_do.push_back(incident.id);
    if (fleet_->repair().rebuild_delay > Seconds{}) {
      tell(state, "rebuild begins", {UnitKind::disk, incident.disk});
    }
  }
  for (const std::uint32_t incident : nothing_to_do) {
    close_incident(state, *std::ranges::find(state.incidents, incident, &Incident::id), state.now);
  }
  if (shards.empty()) return;
  replan(state, shards);
  raise_priority(state, shards);
}

/// Groups that were already being rebuilt are now known to be in more danger: they are planned anew
/// with the shards just reported.
void Mission::raise_priority(State& state, std::span<const repair::LostShard> reported) {
  const auto& repair = fleet_->repair();
  const bool by_danger = !repair.rebuild_time && repair.order == scenario::RebuildOrder::danger;
  if (!by_danger || state.jobs.empty()) return;
  std::vector<std::uint32_t> groups;
  groups.reserve(reported.size());
  for (const auto& shard : reported) groups.push_back(shard.group);
  std::sort(groups.begin(), groups.end());
  std::vector<repair::LostShard> again;
  cancel_tasks(
      state,
      [&](const Job&, const repair::Task& task) {
        return std::binary_search(groups.begin(), groups.end(), task.shard.group);
      },
      again);
  replan(state, again);
}

void Mission::settle(State& state) {
  for (Job& job : state.jobs) settle(state, job);
}

void Mission::settle(State& state, Job& job) {
  const double before = job.progress;
  const Seconds since = job.since;
  const double gained = job.per_second * (state.now - since).value;
  job.progress = std::min(1.0, std::isfinite(gained) ? before + gained : 1.0);
  job.since = state.now;
  if (job.ticket) {
    settle_ticket(state, job, since, before);
    return;
  }
  const auto& tasks = job.action->tasks;
  while (job.settled < tasks.size()) {
    const repair::Task& task = tasks[job.settled];
    if (static_cast<double>(task.end) > job.progress + progress_slack) break;
    const double ran = static_cast<double>(task.end) - before;
    const bool moving = job.per_second > 0 && std::isfinite(job.per_second);
    const Seconds at = moving ? since + Seconds{std::max(0.0, ran) / job.per_second} : state.now;
    const bool done = succeeds(state, job, task);
    if (fleet_->repair().detection.hears_errors()) note_errors(state, job, task);
    if (done) {
      complete(state, task, std::min(at, state.now));
    } else {
      put_off(state, task);
    }
    ++job.settled;
  }
}

/// @pre succeeds(), which says what is read
void Mission::complete(State& state, const repair::Task& task, Seconds at) {
  const repair::LostShard& shard = task.shard;
  const std::uint32_t width = fleet_->map().width();
  const std::uint32_t number = shard.group * width + shard.slot;
  if (fleet_->errors() != nullptr) meet_latent_errors(state, task, at);
  if (shard.is_copy()) leave_home(state, number);
  const DiskState* target = state.disks.find(task.target);
  state.catalogue.move(number, {task.target, target == nullptr ? 0 : target->generation});
  state.catalogue.added.at(task.target).push_back(number);
  KnownDisk& receiver = state.known.disks.at(task.target);
  ++receiver.added;
  --receiver.promised;
  ++outcome_->group_touches;
  if (observer_ != nullptr) observer_->made_whole(at, shard.group);
  if (change_ != nullptr) {
    change_->healed = true;
    change_->exposure_changed = true;
  }
  count_traffic(task);
  if (state.deep.find(shard.group) != nullptr && missing(state, shard.group).none()) {
    state.deep.at(shard.group) = 1.0F;
  }
  close_one(state, shard.incident, at);
}

void Mission::close_one(State& state, std::uint32_t id, Seconds at) {
  const auto incident = std::find_if(state.incidents.begin(), state.incidents.end(),
                                     [&](const Incident& i) { return i.id == id; });
  if (incident == state.incidents.end() || --incident->left > 0) return;
  close_incident(state, *incident, at);
}

void Mission::close_incident(State& state, const Incident& incident, Seconds at) {
  const auto event = std::find_if(state.loss_events.begin(), state.loss_events.end(),
                                  [&](const LossEvent& e) { return e.id == incident.event; });
  if (observer_ != nullptr && incident.reported) {
    observer_->saw(at, "redundancy back",
                   fleet_->topology().describe({UnitKind::disk, incident.disk}),
                   std::to_string(incident.lost) + " shards");
  }
  if (--event->open == 0) {
    if (event->reported && event->lost > 0) {
      const double tb = fleet_->shard_bytes() * static_cast<double>(event->lost) / terabyte;
      const double hours = sim::in_hours(at - event->reported_at) / tb;
      outcome_->rebuild_hours += hours;
      outcome_->rebuild_hours_per_tb.push_back(hours);
      ++outcome_->rebuilds;
    }
    if (event->reported) state.loss_events.erase(event);  // else its report is still to come
  }
  const std::uint32_t id = incident.id;
  state.lost_disks.erase({incident.disk, incident.generation});
  if (incident.reported) {
    state.known.lost.erase({incident.disk, incident.generation});
  } else {
    state.known.disks.at(incident.disk).added -= static_cast<std::int32_t>(incident.held);
  }
  std::erase_if(state.incidents, [&](const Incident& i) { return i.id == id; });
}

void Mission::on_rebuilt(State& state, std::uint32_t id) {
  // Every job is brought up to now: what ended in between has its new home before anything is
  // judged.
  settle(state);
  const auto job = std::find_if(state.jobs.begin(), state.jobs.end(),
                                [&](const Job& candidate) { return candidate.id == id; });
  job->progress = 1.0;
  settle(state, *job);
  if (job->ticket) end_ticket(state, *job);
  const bool timed = job->timed;
  state.jobs.erase(job);
  share_bandwidth(state);
  // Whoever waits for his turn asks again.
  if (timed && !state.waiting.empty()) replan(state, std::exchange(state.waiting, {}));
}

/// What was on its way to these disks goes back to the planner.
void Mission::cancel_writes(State& state, std::span<const std::uint32_t> disks) {
  std::vector<repair::LostShard> again;
  cancel_tasks(
      state,
      [&](const Job&, const repair::Task& task) {
        return std::ranges::find(disks, task.target) != disks.end();
      },
      again);
  replan(state, again);
}

/// Tasks that an event touches go back to the planner; the rest of their rebuild goes on.
void Mission::cancel_tasks(State& state, const TaskTest& affected,
                           std::vector<repair::LostShard>& out) {
  bool any = false;
  std::erase_if(state.jobs, [&](Job& job) {
    const auto& tasks = job.action->tasks;
    hit_tasks_.clear();
    for (std::size_t i = job.settled; i < tasks.size(); ++i) {
      if (affected(job, tasks[i])) hit_tasks_.push_back(static_cast<std::uint32_t>(i));
    }
    if (hit_tasks_.empty()) return false;
    any = true;
    return cancel(state, job, out);
  });
  if (any && out.empty()) share_bandwidth(state);  // else whoever plans them does it
}

/// Of a job whose tasks hit_tasks_ an event has touched: these go back to the planner, or all of it
/// if they are most of what is left. True if nothing of the job stays.
bool Mission::cancel(State& state, Job& job, std::vector<repair::LostShard>& out) {
  const auto& tasks = job.action->tasks;
  // By arrival, the shards of a disk stay together.
  const bool whole =
      job.timed || fleet_->whole_at_once() || 2 * hit_tasks_.size() > tasks.size() - job.settled;
  if (!whole) {
    for (const std::uint32_t i : hit_tasks_) take_back(state, job, tasks[i], out);
    drop_hit(job);
    return false;
  }
  for (std::size_t i = job.settled; i < tasks.size(); ++i) take_back(state, job, tasks[i], out);
  state.queue.cancel(job.done);
  return true;
}

/// The rest keeps its windows, and what it asks of each resource goes down.
void Mission::drop_hit(Job& job) {
  const repair::RebuildAction& before = *job.action;
  if (job.spread) {
    for (const std::uint32_t i : hit_tasks_) {
      job.dropped += fleet_->shard_bytes().value *
                     static_cast<double>(before.tasks[i].shard.remaining) / job.bytes;
    }
  } else if (!job.timed) {
    drop_demands(job);
  }
  auto rest = std::make_shared<repair::RebuildAction>();
  rest->priority = before.priority;
  rest->read_slots = before.read_slots;
  rest->read_disks = before.read_disks;
  auto hit = hit_tasks_.begin();
  for (std::size_t i = job.settled; i < before.tasks.size(); ++i) {
    if (hit != hit_tasks_.end() && *hit == i) {
      ++hit;
    } else {
      rest->tasks.push_back(before.tasks[i]);
    }
  }
  job.action = std::move(rest);
  job.settled = 0;
}

/// What hit_tasks_ ask of resources.
void Mission::drop_demands(Job& job) {
  const repair::RebuildAction& before = *job.action;
  for (const network::Demand& demand : *job.demands) demand_of_[demand.resource] = -demand.bytes;
  for (const std::uint32_t i : hit_tasks_) {
    add_demand(before, before.tasks[i]);
    job.bytes -= fleet_->shard_bytes().value * static_cast<double>(before.tasks[i].shard.remaining);
  }
  auto demands = std::make_shared<std::vector<network::Demand>>();
  for (const network::Demand& demand : *job.demands) {
    const double left = -std::exchange(demand_of_[demand.resource], 0.0);
    if (left > rounding * demand.bytes) demands->push_back({demand.resource, left});
  }
  job.demands = std::move(demands);
}

/// What a cancelled task still had to rebuild; what is done of a shard stays done as long as its
/// target is kept.
void Mission::take_back(State& state, const Job& job, const repair::Task& task,
                        std::vector<repair::LostShard>& out) {
  --state.known.disks.at(task.target).promised;
  repair::LostShard shard = task.shard;
  if (state.gone.find(shard.group) != nullptr) return;
  const auto done = static_cast<float>(job.share_done(task));
  const KnownDisk* target = state.known.disks.find(task.target);
  const bool in_service = target == nullptr || target->in_service;
  shard.promised = in_service ? task.target : repair::no_disk;
  shard.remaining = in_service ? std::max(shard.remaining * (1.0F - done), 1e-6F) : 1.0F;
  out.push_back(shard);
}

/// Shards that want a plan: what asks for it within one event is planned once, at its end.
void Mission::replan(State& state, std::span<const repair::LostShard> shards) {
  state.unplanned.insert(state.unplanned.end(), shards.begin(), shards.end());
}

void Mission::plan(State& state) {
  if (state.unplanned.empty()) return;
  std::vector<repair::LostShard> shards = std::exchange(state.unplanned, {});
  std::erase_if(shards, [&](const repair::LostShard& shard) {
    return state.gone.find(shard.group) != nullptr;
  });
  if (fleet_->repair().threshold > 1) hold_back(state, shards);
  if (shards.empty()) return;
  if (fleet_->repair().rebuild_time) {
    begin_timed(state, shards);
    return;
  }
  sim::Stream stream(seed_, sim::Purpose::policy,
                     {state.replicate, 0, state.plans++, state.branch});
  start(state, fleet_->planner().decide(shards, view(state), stream, planning_), nullptr);
}

/// Each lost disk takes the time that was drawn for it: all side by side, or, by arrival, one after
/// another.
void Mission::begin_timed(State& state, std::span<const repair::LostShard> shards) {
  std::map<std::uint32_t, repair::Batch> by_incident;
  for (const auto& shard : shards) by_incident[shard.incident].shards.push_back(shard);
  const bool serial = fleet_->repair().order == scenario::RebuildOrder::arrival;
  for (const auto& [id, batch] : by_incident) {
    const auto incident = std::ranges::find(state.incidents, id, &Incident::id);
    if (incident == state.incidents.end()) continue;
    if (serial && !state.jobs.empty()) {
      std::ranges::copy(batch.shards, std::back_inserter(state.waiting));  // for its turn
      continue;
    }
    if (!(incident->whole_at > Seconds{})) incident->whole_at = state.now + incident->rebuild_time;
    const Incident timed = *incident;
    sim::Stream stream(seed_, sim::Purpose::policy,
                       {state.replicate, 0, state.plans++, state.branch});
    start(state,
          fleet_->planner().decide(std::span<const repair::Batch>(&batch, 1), view(state), stream,
                                   planning_),
          &timed);
  }
}

/// Every task as an action of its own.
std::vector<repair::RebuildAction> Mission::one_by_one(
    std::span<const repair::RebuildAction> actions) {
  std::vector<repair::RebuildAction> alone;
  for (const repair::RebuildAction& action : actions) {
    for (const repair::Task& task : action.tasks) {
      repair::RebuildAction one{action.priority, {task}, {}, {}};
      const auto first = static_cast<std::ptrdiff_t>(task.first_read);
      const auto end = first + static_cast<std::ptrdiff_t>(task.reads);
      one.read_slots.assign(action.read_slots.begin() + first, action.read_slots.begin() + end);
      one.read_disks.assign(action.read_disks.begin() + first, action.read_disks.begin() + end);
      one.tasks.front().first_read = 0;
      one.tasks.front().begin = 0;
      one.tasks.front().end = 1;
      alone.push_back(std::move(one));
    }
  }
  return alone;
}

void Mission::start(State& state, repair::Plan plan, const Incident* timed) {
  std::ranges::copy_if(plan.waiting, std::back_inserter(state.waiting), [](const auto& shard) {
    return shard.incident != repair::moving_back;  // where it is, is well enough
  });
  if (fleet_->repair().sharing == scenario::FlowSharing::exact && timed == nullptr) {
    plan.rebuild = one_by_one(plan.rebuild);
  }
  for (auto& action : plan.rebuild) {
    Job job;
    job.id = state.next_job++;
    job.since = state.now;
    for (const repair::Task& task : action.tasks) ++state.known.disks.at(task.target).promised;
    if (timed != nullptr) {
      job.timed = true;
      const Seconds end = std::max(timed->whole_at, state.now);
      job.per_second = 1 / (end - state.now).value;  // infinite is right
      job.done = state.queue.push(end, Event{Event::Kind::rebuilt, job.id, 0, 0});
      go_by_work(action);
    } else if (fleet_->by_ticket()) {
      spread(action, job);
    } else {
      job.demands = demands_of(action, job.bytes);
      if (proceeds_evenly(*job.demands)) go_by_work(action);
    }
    job.action = std::make_shared<const repair::RebuildAction>(std::move(action));
    state.jobs.push_back(std::move(job));
  }
  const std::vector<std::uint32_t> dead = unnoticed(state);
  if (!dead.empty()) retarget(state, dead);
  share_bandwidth(state);
}

}  // namespace models::fleet
