// What rebuilds ask of disks, machines and links, and what they get.
#include <algorithm>
#include <cmath>
#include <utility>

#include "models/fleet/mission.h"
#include "models/repair/calendar.h"

namespace models::fleet {

namespace {
/// Of sums of shares.
constexpr double rounding = 1e-6;
}  // namespace

/// Of a task that has ended, by what it has really read.
void Mission::count_traffic(const repair::Task& task) {
  const auto& topology = fleet_->topology();
  const std::uint32_t rack = topology.rack_of_disk(task.target);
  const double bytes = fleet_->shard_bytes().value * static_cast<double>(task.shard.remaining);
  const std::span<const std::uint32_t> reads = reads_.disks;
  for (std::size_t i = 0; i < reads.size(); ++i) {
    const std::uint32_t from = topology.rack_of_disk(reads[i]);
    outcome_->repair_bytes += bytes;
    if (from == rack || gatherer(reads, i) != reads[i]) continue;
    outcome_->cross_rack_bytes += bytes;
    // A division each, and most fleets have one site.
    if (topology.sites() > 1 && topology.site_of(from) != topology.site_of(rack)) {
      outcome_->cross_site_bytes += bytes;
    }
  }
}

/// The disk whose machine sends on what is read from disk i: itself, or, where each rack sends one
/// sum, the first that is read in the rack.
std::uint32_t Mission::gatherer(std::span<const std::uint32_t> reads, std::size_t i) const {
  if (fleet_->repair().traffic != scenario::Traffic::combined) return reads[i];
  const std::uint32_t rack = fleet_->topology().rack_of_disk(reads[i]);
  return *std::ranges::find_if(
      reads, [&](std::uint32_t disk) { return fleet_->topology().rack_of_disk(disk) == rack; });
}

/// Adds what a task asks of each resource to demand_of_.
void Mission::add_demand(const repair::RebuildAction& action, const repair::Task& task) {
  const Resources& r = fleet_->resources();
  const auto& topology = fleet_->topology();
  const auto add = [&](std::uint32_t resource, double amount) {
    if (demand_of_[resource] == 0) demanded_.push_back(resource);
    demand_of_[resource] += amount;
  };
  const double amount = fleet_->shard_bytes().value * static_cast<double>(task.shard.remaining);
  const std::uint32_t to = topology.machine_of(task.target);
  const std::uint32_t to_rack = topology.rack_of(to);
  if (r.limits.machine_writes) add(r.machine_writes(to), amount);
  if (r.limits.machine_both) add(r.machine_both(to), amount);
  if (r.limits.disk_writes) add(r.disk_writes(task.target), amount);
  if (r.limits.disk_both) add(r.disk_both(task.target), amount);
  double received = 0;
  double from_elsewhere = 0;
  const auto reads = reads_of(action, task);
  for (std::size_t i = 0; i < reads.size(); ++i) {
    const std::uint32_t disk = reads[i];
    const std::uint32_t from = topology.machine_of(disk);
    const std::uint32_t from_rack = topology.rack_of(from);
    if (r.limits.machine_reads) add(r.machine_reads(from), amount);
    if (r.limits.machine_both) add(r.machine_both(from), amount);
    if (r.limits.disk_reads) add(r.disk_reads(disk), amount);
    if (r.limits.disk_both) add(r.disk_both(disk), amount);
    if (from == to) continue;
    if (r.limits.machine_network) add(r.machine_out(from), amount);
    if (from_rack == to_rack) {
      received += amount;
      continue;
    }
    if (const std::uint32_t sender = gatherer(reads, i); sender != disk) {
      if (r.limits.machine_network) add(r.machine_in(topology.machine_of(sender)), amount);
      continue;
    }
    received += amount;
    from_elsewhere += amount;
    if (r.limits.rack) add(r.rack_out(from_rack), amount);
    if (r.limits.core) add(r.core(topology.site_of(from_rack)), amount);
  }
  if (r.limits.machine_network && received > 0) add(r.machine_in(to), received);
  if (r.limits.rack && from_elsewhere > 0) add(r.rack_in(to_rack), from_elsewhere);
}

std::shared_ptr<const std::vector<network::Demand>> Mission::demands_of(
    const repair::RebuildAction& action, double& bytes) {
  demanded_.clear();
  bytes = 0;
  for (const repair::Task& task : action.tasks) {
    bytes += fleet_->shard_bytes().value * static_cast<double>(task.shard.remaining);
    add_demand(action, task);
  }
  auto demands = std::make_shared<std::vector<network::Demand>>();
  demands->reserve(demanded_.size());
  for (const std::uint32_t resource : demanded_) {
    demands->push_back({resource, std::exchange(demand_of_[resource], 0.0)});
  }
  return demands;
}

/// Single shards, in order, of groups that lie all over the fleet: what they ask for is the same of
/// each machine, and they are made so many abreast.
void Mission::spread(repair::RebuildAction& action, Job& job) const {
  double shards = 0;
  for (const repair::Task& task : action.tasks) {
    shards += static_cast<double>(task.shard.remaining);
  }
  TicketWork work = fleet_->ticket_work(shards);
  job.bytes = work.bytes;
  job.demands = std::make_shared<const std::vector<network::Demand>>(std::move(work.demands));
  job.spread = true;
  double done = 0;
  for (repair::Task& task : action.tasks) {
    const double turn = std::floor(done / work.turns.abreast + rounding);
    task.begin = static_cast<float>(work.turns.begin_of(turn));
    task.end = static_cast<float>(work.turns.end_of(turn));
    done += static_cast<double>(task.shard.remaining);
  }
}

/// Is a rebuild, alone, held up by its sources, an uplink or the core, and not by the machines or
/// disks that it writes to? Then all that is under way shares it, and each target has its turn as
/// the whole proceeds.
bool Mission::proceeds_evenly(std::span<const network::Demand> demands) const {
  const Resources& r = fleet_->resources();
  double longest = 0;
  std::uint32_t tightest = r.machine_reads(0);
  for (const network::Demand& demand : demands) {
    const double time = demand.bytes / r.capacity[demand.resource];
    if (!(time > longest)) continue;
    longest = time;
    tightest = demand.resource;
  }
  const bool by_sources = tightest < r.machine_writes(0) ||
                          (tightest >= r.disk_reads(0) && tightest < r.disk_writes(0));
  const bool by_network = tightest >= r.rack_out(0) && tightest < r.disk_reads(0);
  return longest > 0 && (by_sources || by_network);
}

void Mission::share_bandwidth(State& state) {
  std::vector<network::Flow> flows;
  std::vector<Job*> jobs;
  for (Job& job : state.jobs) {
    settle(state, job);
    if (job.timed) continue;
    flows.push_back({job.action->priority, job.bytes, *job.demands, job.share_left()});
    jobs.push_back(&job);
  }
  if (jobs.empty()) return;
  std::vector<double> rates(flows.size());
  bandwidth_.share(flows, rates);
  if (const auto& busy = fleet_->repair().busy) {
    // What clients leave is the same share of every resource, so the shares stay max-min.
    for (double& rate : rates) rate *= repair::share_left(*busy, state.now);
    await_hour(state);
  }
  if (change_ != nullptr)
    change_->exposure_changed = true;  // groups heal sooner or later than said
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    Job& job = *jobs[i];
    if (rates[i] == job.per_second && state.queue.pending(job.done)) continue;
    job.per_second = rates[i];
    state.queue.cancel(job.done);
    if (rates[i] <= 0) continue;  // waits for a more urgent one to end
    const double left = std::isfinite(rates[i]) ? (1.0 - job.progress) / rates[i] : 0.0;
    job.done =
        state.queue.push(state.now + Seconds{left}, Event{Event::Kind::rebuilt, job.id, 0, 0});
  }
  if (fleet_->repair().detection.hears_errors()) await_errors(state);
}

}  // namespace models::fleet
