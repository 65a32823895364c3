// Rebuilds of whole disks by a rule: the part of Mission that makes no list of shards.
#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "models/fleet/mission.h"

namespace models::fleet {

using repair::Refusal;

namespace {
/// With more of the machines away than one in so many, each shard is looked at by itself.
constexpr std::size_t most_away = 8;
}  // namespace

/// Rules put shards anywhere: that needs room, and most machines in reach.
bool Mission::goes_by_ticket(const State& state, const Incident& incident) const {
  if (!fleet_->by_ticket()) return false;
  const auto& topology = fleet_->topology();
  if (machines_away(state) * most_away > topology.machines()) return false;
  const double more = static_cast<double>(incident.lost) / topology.disks();
  return state.known.spread + more + 2 < static_cast<double>(fleet_->least_room());
}

/// Of these shards, ascending, each once.
std::vector<std::uint32_t> Mission::groups_of(std::vector<std::uint32_t> shards) const {
  for (std::uint32_t& shard : shards) shard /= fleet_->map().width();
  std::sort(shards.begin(), shards.end());
  shards.erase(std::unique(shards.begin(), shards.end()), shards.end());
  return shards;
}

/// Of the groups of a loss those that are known to miss other shards too, ascending, each once.
std::vector<std::uint32_t> Mission::deep_groups(const State& state, std::uint32_t id) const {
  std::vector<std::uint32_t> shards;
  for (const Incident& incident : state.incidents) {
    if (incident.event != id) continue;
    still_missing(
        state, *incident.shards,
        [&](const Incident& other) { return other.reported && other.id != incident.id; }, shards);
  }
  return groups_of(shards);
}

/// The rebuild of a reported loss begins: the shards of deep groups are planned one by one, the
/// rest of each disk goes by a ticket. A deep group keeps its place on the tickets that it is on:
/// it is better off at the earlier of both.
void Mission::begin_tickets(State& state, std::uint32_t id) {
  const std::vector<std::uint32_t> deep = deep_groups(state, id);
  std::vector<repair::LostShard> singly;
  const std::uint32_t width = fleet_->map().width();
  std::vector<std::uint32_t> incidents;
  for (const Incident& incident : state.incidents) {
    if (incident.event != id) continue;
    incidents.push_back(incident.id);
    if (fleet_->repair().rebuild_delay > Seconds{}) {
      tell(state, "rebuild begins", {topology::UnitKind::disk, incident.disk});
    }
  }
  for (const std::uint32_t number : incidents) {
    Incident& incident = *std::ranges::find(state.incidents, number, &Incident::id);
    if (incident.left == 0) {
      close_incident(state, incident, state.now);
      continue;
    }
    const bool by_ticket = goes_by_ticket(state, incident);
    std::vector<std::uint32_t> off;  // the ticket
    auto next = deep.begin();
    const bool none_off = by_ticket && deep.empty() && state.gone.empty();
    for (const std::uint32_t shard : *incident.shards) {
      if (none_off) break;
      const std::uint32_t group = shard / width;
      while (next != deep.end() && *next < group) ++next;
      const bool is_deep = next != deep.end() && *next == group;
      const bool is_gone = state.gone.find(group) != nullptr;
      if (is_deep || is_gone) off.push_back(shard);
      if (is_gone || (by_ticket && !is_deep)) continue;
      singly.push_back({group, static_cast<std::uint16_t>(shard % width), 1.0F, repair::no_disk,
                        incident.disk, incident.id});
    }
    if (by_ticket) begin_ticket(state, incident, off);
  }
  replan(state, singly);
  raise_priority(state, singly);
  share_bandwidth(state);
}

/// @param off  shards of the disk that are not on it: planned one by one, or lost for good
void Mission::begin_ticket(State& state, const Incident& incident,
                           std::span<const std::uint32_t> off) {
  const Home lost{incident.disk, incident.generation};
  const auto places = static_cast<std::uint32_t>(incident.shards->size());
  const std::uint64_t seed =
      seed_ ^ (std::uint64_t{state.branch} << 40U) ^ (state.replicate << 20U) ^
      (state.plans++ + static_cast<std::uint64_t>(0x9E3779B9U * incident.id));
  if (off.size() == places) return;
  auto ticket = std::make_shared<Ticket>(
      Ticket{++state.catalogue.clock, lost, incident.id, incident.shards,
             fleet_->planner().rule_for(incident.disk, fleet_->shard_traffic().elsewhere,
                                        fleet_->topology(), seed)});
  state.catalogue.begin(ticket, refusals_now(state));
  for (const std::uint32_t shard : off) state.catalogue.move(shard, lost);  // it stays there as yet
  state.known.spread += static_cast<double>(places - off.size()) / fleet_->topology().disks();
  TicketWork work = fleet_->ticket_work(places);
  Job job;
  job.id = state.next_job++;
  job.since = state.now;
  job.action = std::make_shared<const repair::RebuildAction>(
      repair::RebuildAction{fleet_->planner().priority_of(1), {}, {}, {}});
  job.bytes = work.bytes;
  job.demands = std::make_shared<const std::vector<network::Demand>>(std::move(work.demands));
  job.ticket = std::move(ticket);
  job.left = places - static_cast<std::uint32_t>(off.size());
  job.spread = true;
  job.turns = work.turns;
  state.jobs.push_back(std::move(job));
}

/// Disks that are dead, reported or not, and those of machines that are away: writes to them fail.
Refusals Mission::refusals_now(const State& state) const {
  auto refusals = std::make_shared<std::vector<Refusal>>();
  for (const std::uint32_t disk : state.dead_disks) refusals->push_back({disk, disk + 1, 0});
  const std::uint32_t disks = fleet_->topology().disks_per_machine();
  const auto add = [&](std::uint32_t machine) {
    const std::uint32_t first = fleet_->topology().first_disk(machine);
    refusals->push_back({first, first + disks, 0, Refusal::while_away});
  };
  for (const std::uint32_t machine : state.down_machines) add(machine);
  for (const std::uint32_t machine : state.known.absent) {
    if (!std::ranges::binary_search(state.down_machines, machine)) add(machine);
  }
  if (state.cut != nullptr) {
    for (const std::uint32_t machine : state.cut->machines()) add(machine);
  }
  if (refusals->empty()) return nullptr;
  return refusals;
}

/// The disks have just died. A ticket that has been open for so long that many have is given up.
void Mission::refuse_dead(State& state, std::span<const std::uint32_t> disks) {
  const auto& topology = fleet_->topology();
  for (const std::uint32_t disk : disks) state.catalogue.refuse(disk, disk + 1, Refusal::for_good);
  const bool many = std::ranges::any_of(state.catalogue.open, [&](const OpenTicket& open) {
    std::size_t dead = 0;
    for (const Refusal& refusal : open.progress.refused()) {
      if (refusal.until == Refusal::for_good) ++dead;
    }
    return dead * most_away > topology.disks();
  });
  if (many) dissolve_tickets(state);
}

/// Machines are back.
void Mission::accept_writes(State& state, std::span<const std::uint32_t> machines) const {
  if (state.catalogue.open.empty()) return;
  const auto& topology = fleet_->topology();
  for (const std::uint32_t machine : machines) {
    const std::uint32_t first = topology.first_disk(machine);
    state.catalogue.accept(first, first + topology.disks_per_machine());
  }
}

/// The machines have just gone away. With too many of them each shard is planned by itself.
void Mission::refuse_writes(State& state, std::span<const std::uint32_t> machines) {
  if (state.catalogue.open.empty()) return;
  const auto& topology = fleet_->topology();
  if (machines_away(state) * most_away > topology.machines()) {
    dissolve_tickets(state);
    return;
  }
  for (const std::uint32_t machine : machines) {
    const std::uint32_t first = topology.first_disk(machine);
    state.catalogue.refuse(first, first + topology.disks_per_machine(), Refusal::while_away);
  }
}

/// A shard that waits on a ticket is planned by itself from now on; what is done of it counts as
/// long as its target stays.
repair::LostShard Mission::take_from(State& state, Job& job, std::uint32_t place) {
  const OpenTicket& open = *state.catalogue.open_ticket(job.ticket->number);
  const std::uint32_t shard = (*job.ticket->shards)[place];
  const std::uint32_t width = fleet_->map().width();
  repair::LostShard single{shard / width,
                           static_cast<std::uint16_t>(shard % width),
                           1.0F,
                           repair::no_disk,
                           job.ticket->lost.disk,
                           job.ticket->incident};
  const double done = job.share_done_at(place);
  if (done > 0) {
    single.remaining = static_cast<float>(std::max(1 - done, 1e-6));
    single.promised =
        state.catalogue.target_of(fleet_->map(), *job.ticket, open.progress, place).disk;
  }
  state.catalogue.move(shard, job.ticket->lost);
  --job.left;
  state.known.spread -= 1.0 / fleet_->topology().disks();
  return single;
}

/// All that waits on tickets is planned by itself.
void Mission::dissolve_tickets(State& state) {
  std::vector<repair::LostShard> again;
  std::erase_if(state.jobs, [&](Job& job) {
    if (!job.ticket) return false;
    for (std::uint32_t place = 0; place < job.ticket->places(); ++place) {
      const OpenTicket& open = *state.catalogue.open_ticket(job.ticket->number);
      if (!state.catalogue.waits(open, place)) continue;
      repair::LostShard single = take_from(state, job, place);
      single.remaining = 1.0F;  // its target may be among those that have just gone
      single.promised = repair::no_disk;
      again.push_back(single);
    }
    state.queue.cancel(job.done);
    end_ticket(state, job);
    return true;
  });
  replan(state, again);
}

/// Are so many places away that a shard on a ticket may lack sources?
bool Mission::sources_may_lack(const State& state) const {
  const std::size_t machines = machines_away(state);
  if (machines == 0) return false;
  const auto each = static_cast<std::size_t>(fleet_->max_per_machine());
  return machines * each + state.incidents.size() >
         static_cast<std::size_t>(fleet_->code().tolerance());
}

/// Of a shard whose turn has come: are there enough sources, and a target?
bool Mission::can_be_made(const State& state, const OpenTicket& open, std::uint32_t place) {
  const std::uint32_t width = fleet_->map().width();
  const std::uint32_t shard = (*open.ticket->shards)[place];
  codes::ShardSet absent;
  for (std::uint32_t slot = 0; slot < width; ++slot) {
    const std::uint32_t other = shard / width * width + slot;
    if (other == shard || !available(state, home_of(state, other))) absent.set(slot);
  }
  return code_.recoverable(absent) &&
         state.catalogue.target_of(fleet_->map(), *open.ticket, open.progress, place) !=
             open.ticket->lost;
}

/// Groups that miss as many shards as they may meet the latent errors of what they read.
/// @pre the places [first, reached) are due, and not yet made
void Mission::meet_errors_on_ticket(State& state, const Job& job, const OpenTicket& open,
                                    std::uint32_t reached) {
  if (fleet_->errors() == nullptr || state.incidents.size() < 2) return;
  const std::uint32_t width = fleet_->map().width();
  std::vector<std::uint32_t> shards;
  still_missing(
      state, std::span(*job.ticket->shards).first(reached).subspan(open.progress.reached),
      [&](const Incident& other) { return other.id != job.ticket->incident; }, shards);
  for (const std::uint32_t group : groups_of(shards)) {
    const std::uint32_t place = job.ticket->place_in(group, width);
    if (!state.catalogue.waits(open, place)) continue;
    repair::Task task;
    task.shard = {group,
                  static_cast<std::uint16_t>((*job.ticket->shards)[place] % width),
                  1.0F,
                  repair::no_disk,
                  job.ticket->lost.disk,
                  job.ticket->incident};
    reads_.slots.clear();
    if (substitute(state, task.shard)) meet_latent_errors(state, task, state.now);
  }
}

/// @param since, before  when the job was looked at last, and its progress then
void Mission::settle_ticket(State& state, Job& job, Seconds since, double before) {
  const OpenTicket& open = *state.catalogue.open_ticket(job.ticket->number);
  const std::uint32_t first = open.progress.reached;
  const std::uint32_t reached = job.reached_at(job.progress);
  if (reached == first) return;
  if (sources_may_lack(state)) {
    for (std::uint32_t place = first; place < reached; ++place) {
      if (!state.catalogue.waits(open, place) || can_be_made(state, open, place)) continue;
      repair::LostShard single = take_from(state, job, place);
      single.remaining = 1.0F;
      single.promised = repair::no_disk;
      state.waiting.push_back(single);
    }
  }
  meet_errors_on_ticket(state, job, open, reached);
  std::vector<std::uint32_t> told;
  if (observer_ != nullptr) {
    for (std::uint32_t place = first; place < reached; ++place) {
      if (state.catalogue.waits(open, place)) told.push_back(place);
    }
  }
  state.catalogue.reach(job.ticket->number, reached);
  for (const std::uint32_t place : told) {
    const double ran = std::max(0.0, job.end_of(place) - before);
    const bool moving = job.per_second > 0 && std::isfinite(job.per_second);
    const Seconds at = moving ? since + Seconds{ran / job.per_second} : state.now;
    observer_->made_whole(std::min(at, state.now),
                          (*job.ticket->shards)[place] / fleet_->map().width());
  }
  // Those taken off the ticket are counted where they are made.
  const double shards = (reached - first) * job.share_left();
  const ShardTraffic& traffic = fleet_->shard_traffic();
  const double bytes = fleet_->shard_bytes().value * shards;
  outcome_->repair_bytes += bytes * traffic.reads;
  outcome_->cross_rack_bytes += bytes * traffic.from_racks;
  outcome_->cross_site_bytes += bytes * traffic.from_sites;
  outcome_->group_touches += reached - first;
  if (change_ != nullptr) {
    change_->healed = true;
    change_->exposure_changed = true;
  }
}

/// @pre no shard waits on it; the job is about to go
void Mission::end_ticket(State& state, Job& job) {
  state.catalogue.end(*job.ticket);
  const auto incident = std::ranges::find(state.incidents, job.ticket->incident, &Incident::id);
  if (incident == state.incidents.end()) return;
  incident->left -= std::min(incident->left, job.left);
  if (incident->left == 0) close_incident(state, *incident, state.now);
}

/// A group was lost: its shards wait on no ticket any more.
void Mission::forget_on_tickets(State& state, std::uint32_t group) {
  for (Job& job : state.jobs) {
    if (!job.ticket) continue;
    const OpenTicket& open = *state.catalogue.open_ticket(job.ticket->number);
    const auto place = state.catalogue.waiting_of(open, group, fleet_->map().width());
    if (!place) continue;
    state.catalogue.move((*job.ticket->shards)[*place], job.ticket->lost);
    --job.left;
  }
}

std::optional<Mission::OnItsWay> Mission::on_its_way(const State& state, const Job& job,
                                                     std::uint32_t group) {
  const OpenTicket& open = *state.catalogue.open_ticket(job.ticket->number);
  const auto place = state.catalogue.waiting_of(open, group, fleet_->map().width());
  if (!place) return std::nullopt;
  if (sources_may_lack(state) && !can_be_made(state, open, *place)) return std::nullopt;
  const double left = job.end_of(*place) - job.progress;
  return OnItsWay{(*job.ticket->shards)[*place] % fleet_->map().width(),
                  state.catalogue.target_of(fleet_->map(), *job.ticket, open.progress, *place).disk,
                  job.since + Seconds{std::max(0.0, left) / job.per_second}};
}

}  // namespace models::fleet
