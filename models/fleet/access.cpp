// What a rebuild meets when it reads and writes: the truth, which nobody may have reported yet.
#include <algorithm>
#include <unordered_map>
#include <utility>

#include "models/fleet/known_view.h"
#include "models/fleet/mission.h"

namespace models::fleet {

using topology::UnitKind;

namespace {
/// Of sums of what tasks ask of a resource.
constexpr double rounding = 1e-9;
/// Of a group that was lost: its tasks run out without effect.
bool is_gone(const State& state, const repair::Task& task) {
  return state.gone.find(task.shard.group) != nullptr;
}

}  // namespace

bool Mission::available(const State& state, Home home) const {
  return !state.lost_disks.hold(home) && reachable(state, fleet_->topology().machine_of(home.disk));
}

/// Will the task, if nothing happens until it is due, make its shard whole? What it reads then is
/// in reads_: as planned, and from others where a source is dead or away.
bool Mission::succeeds(const State& state, const Job& job, const repair::Task& task) {
  const auto slots = std::span(job.action->read_slots).subspan(task.first_read, task.reads);
  const auto disks = reads_of(*job.action, task);
  reads_.slots.assign(slots.begin(), slots.end());
  reads_.disks.assign(disks.begin(), disks.end());
  if (is_gone(state, task)) return false;
  if (job.timed) return true;
  const bool calm =
      state.incidents.size() <= 1 && state.down_machines.empty() && state.cut == nullptr;
  if (calm && !task.shard.is_copy()) return true;
  if (!reachable(state, fleet_->topology().machine_of(task.target))) return false;
  const std::uint32_t first = task.shard.group * fleet_->map().width();
  if (task.shard.is_copy() && state.lost_disks.hold(home_of(state, first + task.shard.slot))) {
    return false;  // its rebuild is to come
  }
  const bool as_planned = std::ranges::all_of(
      slots, [&](std::uint16_t slot) { return available(state, home_of(state, first + slot)); });
  return as_planned || substitute(state, task.shard);
}

/// Other sources for a shard some of whose sources do not answer: those that do are kept, the rest
/// is taken in turn, from a slot that depends on the group.
bool Mission::substitute(const State& state, const repair::LostShard& shard) {
  const std::uint32_t width = fleet_->map().width();
  codes::ShardSet gone;
  homes_.resize(width);
  for (std::uint32_t slot = 0; slot < width; ++slot) {
    const Home home = home_of(state, shard.group * width + slot);
    homes_[slot] = home.disk;
    if (!available(state, home)) gone.set(slot);
  }
  gone.set(shard.slot);
  const auto& repair = code_.repair_plan(gone, shard.slot);
  if (!repair) return false;
  const std::vector<std::uint16_t> planned = std::exchange(reads_.slots, {});
  reads_.disks.clear();
  const auto take = [&](std::uint32_t slot) {
    reads_.slots.push_back(static_cast<std::uint16_t>(slot));
    reads_.disks.push_back(homes_[slot]);
  };
  codes::ShardSet free = repair->any_of;
  int wanted = repair->any_count;
  for (std::uint32_t slot = 0; slot < width; ++slot) {
    if (repair->required.test(slot)) take(slot);
  }
  for (const std::uint16_t slot : planned) {
    if (wanted == 0 || !free.test(slot)) continue;
    take(slot);
    free.reset(slot);
    --wanted;
  }
  for (std::uint32_t i = 0; wanted > 0 && i < width; ++i) {
    const std::uint32_t slot = (shard.group + i) % width;
    if (!free.test(slot)) continue;
    take(slot);
    --wanted;
  }
  return true;
}

/// A task that was due and could not be done. A copy of what has died waits for the report of that;
/// a lost shard is planned again, as far as what is known allows.
void Mission::put_off(State& state, const repair::Task& task) {
  --state.known.disks.at(task.target).promised;
  repair::LostShard shard = task.shard;
  if (state.gone.find(shard.group) != nullptr) return;
  const std::uint32_t number = shard.group * fleet_->map().width() + shard.slot;
  if (shard.is_copy() && state.lost_disks.hold(home_of(state, number))) return;
  shard.remaining = 1.0F;
  shard.promised = repair::no_disk;
  const bool unwritten = !reachable(state, fleet_->topology().machine_of(task.target));
  // What failed for want of sources is tried again when something comes back.
  (unwritten ? state.unplanned : state.waiting).push_back(shard);
}

/// Disks that are dead and not reported.
std::vector<std::uint32_t> Mission::unnoticed(const State& state) {
  std::vector<std::uint32_t> disks;
  for (const Incident& incident : state.incidents) {
    if (!incident.reported && !works(state, {UnitKind::disk, incident.disk})) {
      disks.push_back(incident.disk);
    }
  }
  return disks;
}

/// Writes to these disks will fail: their stripes get other targets and keep their places in the
/// queue. Each rebuild learns so much by itself; nobody else hears of it.
void Mission::retarget(State& state, std::span<const std::uint32_t> dead) {
  const auto hit = [&](std::uint32_t disk) {
    return std::find(dead.begin(), dead.end(), disk) != dead.end();
  };
  bool any = false;
  for (Job& job : state.jobs) {
    repair::Batch batch;
    batch.redundancy_left = job.action->priority;
    for (const repair::Task& task : job.open()) {
      if (!hit(task.target) || is_gone(state, task)) continue;
      expect_refusals(state, job, task);
      batch.shards.push_back(task.shard);
      batch.shards.back().remaining = 1.0F;
      batch.shards.back().promised = repair::no_disk;
    }
    if (batch.shards.empty()) continue;
    any = true;
    sim::Stream stream(seed_, sim::Purpose::policy,
                       {state.replicate, 0, state.plans++, state.branch});
    const repair::Plan plan = fleet_->planner().decide(std::span<const repair::Batch>(&batch, 1),
                                                       view(state, dead), stream, planning_);
    redirect(state, job, hit, plan);
  }
  if (!any) return;
  std::erase_if(state.jobs, [&](Job& job) {
    if (job.ticket || !job.open().empty()) return false;
    state.queue.cancel(job.done);
    return true;
  });
  share_bandwidth(state);
}

/// The tasks of a job that write to disks that are `hit` get the targets of a plan; those without
/// one wait.
void Mission::redirect(State& state, Job& job, const std::function<bool(std::uint32_t)>& hit,
                       const repair::Plan& plan) {
  std::unordered_map<std::uint64_t, std::uint32_t> targets;
  const auto key = [](const repair::LostShard& shard) {
    return std::uint64_t{shard.group} << 16U | shard.slot;
  };
  for (const auto& action : plan.rebuild) {
    for (const repair::Task& task : action.tasks) targets[key(task.shard)] = task.target;
  }
  auto after = std::make_shared<repair::RebuildAction>(*job.action);
  hit_tasks_.clear();
  std::vector<std::uint32_t> moved;
  for (std::size_t i = job.settled; i < after->tasks.size(); ++i) {
    repair::Task& task = after->tasks[i];
    if (!hit(task.target) || is_gone(state, task)) continue;
    --state.known.disks.at(task.target).promised;
    const auto target = targets.find(key(task.shard));
    if (target == targets.end()) {
      hit_tasks_.push_back(static_cast<std::uint32_t>(i));
      state.waiting.push_back(task.shard);
      continue;
    }
    task.target = target->second;
    ++state.known.disks.at(task.target).promised;
    moved.push_back(static_cast<std::uint32_t>(i));
  }
  if (!job.timed && !job.spread) move_demands(job, *after, moved);
  job.action = std::move(after);
  if (!hit_tasks_.empty()) drop_hit(job);
}

/// What the tasks numbered in `moved` ask of resources moves with their targets.
void Mission::move_demands(Job& job, const repair::RebuildAction& after,
                           std::span<const std::uint32_t> moved) {
  demanded_.clear();
  for (const std::uint32_t i : moved) add_demand(*job.action, job.action->tasks[i]);
  for (const std::uint32_t resource : demanded_) demand_of_[resource] *= -1;
  for (const network::Demand& demand : *job.demands) {
    demand_of_[demand.resource] += demand.bytes;
    demanded_.push_back(demand.resource);
  }
  for (const std::uint32_t i : moved) add_demand(after, after.tasks[i]);
  auto demands = std::make_shared<std::vector<network::Demand>>();
  for (const std::uint32_t resource : demanded_) {
    const double bytes = std::exchange(demand_of_[resource], 0.0);
    if (bytes > rounding * job.bytes) demands->push_back({resource, bytes});
  }
  job.demands = std::move(demands);
}

}  // namespace models::fleet
