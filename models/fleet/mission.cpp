#include "models/fleet/mission.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace models::fleet {

using topology::Unit;
using topology::UnitKind;

namespace {

/// Event classes are numbered below this.
constexpr std::uint64_t rota_streams = std::uint64_t{1} << 32U;

/// One number for any part, for the map of renewed units. @pre fewer than 2^26 parts of a kind,
/// at most 16 kinds
std::uint32_t unit_key(UnitKind kind, Harm harm, std::uint32_t index) {
  static_assert(topology::unit_kinds <= 16);
  return index * 64 + static_cast<std::uint32_t>(kind) * 4 + static_cast<std::uint32_t>(harm);
}

}  // namespace

State State::overlay(const State& base) {
  State state;
  state.seed = base.seed;
  state.replicate = base.replicate;
  state.branch = base.branch;
  state.now = base.now;
  state.queue = base.queue;
  state.classes = base.classes;
  state.disks = OverlayMap<DiskState>::over(base.disks);
  state.machines = OverlayMap<MachineState>::over(base.machines);
  state.renewed = OverlayMap<Renewal>::over(base.renewed);
  state.lives = base.lives;
  state.catalogue = Catalogue::over(base.catalogue);
  state.known = Known::over(base.known);
  state.deep = OverlayMap<float>::over(base.deep);
  state.gone = OverlayMap<std::uint8_t>::over(base.gone);
  state.sound = OverlayMap<std::vector<SoundShards>>::over(base.sound);
  state.incidents = base.incidents;
  state.lost_disks = base.lost_disks;
  state.loss_events = base.loss_events;
  state.jobs = base.jobs;
  state.waiting = base.waiting;
  state.held = base.held;
  state.workshop = base.workshop;
  state.unplanned = base.unplanned;
  state.dead_disks = base.dead_disks;
  state.down_machines = base.down_machines;
  state.down_units = base.down_units;
  state.unreported = base.unreported;
  state.cut = base.cut;
  state.unreadable = base.unreadable;
  state.all_unreadable = base.all_unreadable;
  state.service = base.service;
  state.unreadable_since = base.unreadable_since;
  state.next_incident = base.next_incident;
  state.next_job = base.next_job;
  state.hour = base.hour;
  state.plans = base.plans;
  return state;
}

Mission::Mission(std::shared_ptr<const Fleet> fleet, std::uint64_t seed)
    : fleet_(std::move(fleet)),
      seed_(seed),
      reachability_(fleet_->topology()),
      bandwidth_(fleet_->resources().capacity),
      demand_of_(fleet_->resources().capacity.size()),
      code_(fleet_->code()),
      homes_(fleet_->map().width()) {}

State Mission::initial(std::uint64_t replicate) const {
  State state;
  state.seed = seed_;
  state.replicate = replicate;
  const auto& classes = fleet_->classes();
  state.classes.resize(classes.size());
  for (std::uint32_t c = 0; c < classes.size(); ++c) {
    state.classes[c].hazard = classes[c].law.cumulative_hazard(classes[c].age);
    schedule_candidate(state, c);
  }
  for (std::uint32_t r = 0; r < fleet_->rotas().size(); ++r) {
    state.queue.push(fleet_->rotas()[r].between, Event{Event::Kind::maintained, r, 0, 0});
  }
  return state;
}

Outcome Mission::play(State& state) {
  Outcome outcome;
  while (advance(state, fleet_->mission(), outcome)) {
  }
  return outcome;
}

bool Mission::advance(State& state, Seconds until, Outcome& outcome) {
  outcome_ = &outcome;
  plan(state);
  if (state.queue.empty() || state.queue.next_time() > until) {
    state.now = until;
    settle(state);
    account_unreadable(state);
    account_service(state);
    return false;
  }
  state.now = state.queue.next_time();
  const Event event = state.queue.pop().payload;
  ++outcome.events;
  switch (event.kind) {
    case Event::Kind::candidate:
      on_candidate(state, event);
      break;
    case Event::Kind::renewed_fails:
      on_renewed(state, event);
      break;
    case Event::Kind::reported:
      on_reported(state, event.index);
      break;
    case Event::Kind::rebuilt_for:
      begin_rebuild(state, event.index);
      break;
    case Event::Kind::absent:
      on_absent(state, {static_cast<UnitKind>(event.index), event.unit});
      break;
    case Event::Kind::accessed:
      on_accessed(state, event.index);
      break;
    case Event::Kind::replaced:
    case Event::Kind::fitted:
      on_replaced(state, event);
      break;
    case Event::Kind::returns:
      end_outage(state, {static_cast<UnitKind>(event.index), event.unit});
      break;
    case Event::Kind::rebuilt:
      on_rebuilt(state, event.index);
      break;
    case Event::Kind::maintained:
      on_maintained(state, event);
      break;
    case Event::Kind::given_up:
      on_given_up(state, event);
      break;
    case Event::Kind::cleared:
      on_cleared(state, event);
      break;
    case Event::Kind::called:
      on_called(state);
      break;
    case Event::Kind::visit:
      on_visit(state);
      break;
    case Event::Kind::delivered:
      on_delivered(state);
      break;
    case Event::Kind::hour:
      share_bandwidth(state);
      break;
  }
  if (!state.known.emptied.empty()) take_out_empty(state);
  plan(state);
  return true;
}

/// The units of a class fail as a thinned process: candidates come with the hazard of a unit that
/// was never renewed, times the number of units; a candidate that meets a renewed unit is dropped.
/// Exact for any law, also where the hazard is unbounded at age 0.
void Mission::schedule_candidate(State& state, std::uint32_t class_index) const {
  const EventClass& entry = fleet_->classes()[class_index];
  ClassState& pending = state.classes[class_index];
  sim::Stream stream(seed_, sim::Purpose::failure,
                     {state.replicate, entry.stream, pending.candidate, state.branch});
  pending.hazard += stream.exponential() / entry.count;
  const Seconds at = entry.law.time_at_hazard(pending.hazard) - entry.age;
  if (at > fleet_->mission()) return;  // no later candidate can matter
  pending.next = state.queue.push(at, Event{Event::Kind::candidate, class_index, 0, 0});
}

void Mission::refresh(State& state, std::uint32_t branch) {
  plan(state);
  state.branch = branch;
  for (std::uint32_t c = 0; c < state.classes.size(); ++c) {
    const EventClass& entry = fleet_->classes()[c];
    ClassState& pending = state.classes[c];
    state.queue.cancel(pending.next);
    pending.hazard = entry.law.cumulative_hazard(state.now + entry.age);
    schedule_candidate(state, c);
  }
}

Seconds Mission::born(const State& state, const EventClass& entry, std::uint32_t unit) const {
  if (entry.law.memoryless()) return {};
  const Renewal* renewal = state.renewed.find(unit_key(entry.kind, entry.harm, unit));
  if (renewal != nullptr) return renewal->born;
  // Cohorts interleave: the unit's own one is not `entry` but stands beside it.
  const Family& family = fleet_->families()[entry.family];
  return Seconds{} - fleet_->classes()[family.first_class + unit % entry.stride].age;
}

bool Mission::works(const State& state, Unit unit) {
  if (unit.kind == UnitKind::disk) {
    const DiskState* disk = state.disks.find(unit.index);
    return disk == nullptr || disk->working;
  }
  if (unit.kind != UnitKind::machine) return true;
  const MachineState* machine = state.machines.find(unit.index);
  return machine == nullptr || machine->working;
}

void Mission::cause(const EventClass& entry, std::uint32_t unit) {
  family_ = entry.family;
  if (change_ == nullptr) return;
  change_->cause = sim::Unit{entry.family, unit};
  change_->exposure_changed = true;
}

bool Mission::strike(State& state, const EventClass& entry, std::uint32_t unit,
                     std::span<const std::uint32_t> aim, sim::Stream& stream, Outcome& outcome,
                     double& probability) {
  outcome_ = &outcome;
  probability = 1;
  if (!can_suffer(state, entry, unit)) return false;
  if (entry.strikes_place()) {
    probability = entry.harm == Harm::burst ? inject_burst(state, entry, unit, aim, stream)
                                            : inject_shock(state, entry, unit, aim, stream);
    return probability > 0;
  }
  harm(state, entry, unit, stream);
  return true;
}

bool Mission::can_suffer(const State& state, const EventClass& entry, std::uint32_t unit) const {
  if (!works(state, {entry.kind, unit})) return false;
  if (entry.harm == Harm::strain) return under_strain(state, unit);
  return entry.harm != Harm::foretold || is_foretold(state, unit);
}

void Mission::on_candidate(State& state, const Event& event) {
  const EventClass& entry = fleet_->classes()[event.index];
  sim::Stream stream(
      seed_, sim::Purpose::failure,
      {state.replicate, entry.stream, state.classes[event.index].candidate, state.branch});
  stream.exponential();  // the gap, already used
  const std::uint32_t unit =
      entry.first + entry.stride * static_cast<std::uint32_t>(stream.below(entry.count));
  const bool original = entry.law.memoryless() ||
                        state.renewed.find(unit_key(entry.kind, entry.harm, unit)) == nullptr;
  ++state.classes[event.index].candidate;
  schedule_candidate(state, event.index);
  if (original) harm(state, entry, unit, stream);
}

void Mission::on_renewed(State& state, const Event& event) {
  const EventClass& entry = fleet_->classes()[event.index];
  sim::Stream stream(seed_, sim::Purpose::repair,
                     {state.replicate, entry.stream, event.unit,
                      static_cast<std::uint32_t>(event.generation * 2 + 1)});
  if (entry.harm == Harm::permanent || entry.harm == Harm::foretold) {
    const std::uint32_t generation =
        entry.kind == UnitKind::disk
            ? (state.disks.find(event.unit) ? state.disks.find(event.unit)->generation : 0)
            : (state.machines.find(event.unit) ? state.machines.find(event.unit)->generation : 0);
    if (generation != event.generation) return;  // lost with its machine meanwhile
  }
  harm(state, entry, event.unit, stream);
}

void Mission::on_maintained(State& state, const Event& event) {
  const Rota& rota = fleet_->rotas()[event.index];
  const Unit unit{rota.kind, event.unit};
  if (!rota.duration) {
    if (works(state, unit)) empty_disk(state, event.unit, "its time is up");
  } else {
    sim::Stream stream(seed_, sim::Purpose::outage,
                       {state.replicate, rota_streams + static_cast<std::uint64_t>(rota.kind),
                        event.generation, 0});
    const Seconds duration = rota.duration->sample(stream);
    if (!away(state, unit)) start_outage(state, unit, duration);
  }
  const std::uint32_t next =
      event.unit + 1 == fleet_->topology().count(rota.kind) ? 0 : event.unit + 1;
  state.queue.push(state.now + rota.between,
                   Event{Event::Kind::maintained, event.index, next, event.generation + 1});
}

void Mission::harm(State& state, const EventClass& entry, std::uint32_t unit, sim::Stream& stream) {
  if (entry.harm == Harm::outage) {
    const Seconds duration = entry.duration->sample(stream) * (1 + entry.catch_up);
    if (!away(state, {entry.kind, unit})) start_outage(state, {entry.kind, unit}, duration);
    if (!entry.law.memoryless()) renew_outage(state, entry, unit, duration);
    return;
  }
  if (entry.harm == Harm::burst) {
    burst(state, entry, unit, stream);
    return;
  }
  if (entry.strikes_place()) {
    shock(state, entry, unit, stream);
    return;
  }
  if (!can_suffer(state, entry, unit)) return;
  if (entry.harm == Harm::false_alarm) {
    empty_disk(state, unit, "false alarm");
    return;
  }
  if (entry.harm == Harm::wrong_absence) {
    miss_wrongly(state, unit, entry.duration->sample(stream));
    return;
  }
  const auto& predictor = fleet_->repair().predictor;
  const bool own_death = entry.kind == UnitKind::disk && entry.harm == Harm::permanent;
  if (own_death && predictor && stream.uniform() < predictor->catches &&
      !is_foretold(state, unit)) {
    foretell(state, unit, stream);
    return;
  }
  cause(entry, unit);
  if (entry.kind == UnitKind::machine) {
    lose_machine(state, unit, stream);
  } else {
    lose_disk(state, unit, stream);
  }
}

void Mission::lose_disk(State& state, std::uint32_t disk, sim::Stream& stream) {
  const Seconds report = until_report(stream);
  const Seconds replacement = fleet_->repair().new_hardware().sample(stream);
  tell(state, "disk failed", {UnitKind::disk, disk});
  const std::uint32_t lost[] = {disk};
  LossEvent* event = lose_disks(state, lost, {UnitKind::disk, disk}, report, stream);
  event->orders.push_back({UnitKind::disk, disk, state.now + replacement});
}

/// Does a rebuild read from the disk now?
bool Mission::under_strain(const State& state, std::uint32_t disk) const {
  return std::ranges::any_of(state.jobs, [&](const Job& job) {
    if (!(job.per_second > 0)) return false;
    const auto& tasks = job.action->tasks;
    return std::any_of(tasks.begin() + static_cast<std::ptrdiff_t>(job.settled), tasks.end(),
                       [&](const repair::Task& task) {
                         const auto reads = reads_of(*job.action, task);
                         return std::ranges::find(reads, disk) != reads.end();
                       });
  });
}

bool Mission::away(const State& state, Unit unit) {
  if (unit.kind != UnitKind::machine) {
    return std::binary_search(state.down_units.begin(), state.down_units.end(), unit);
  }
  const MachineState* machine = state.machines.find(unit.index);
  return machine != nullptr && (!machine->working || machine->outages > 0);
}

void Mission::renew_outage(State& state, const EventClass& entry, std::uint32_t unit,
                           Seconds duration) const {
  const std::uint32_t turn = ++state.renewed.at(unit_key(entry.kind, entry.harm, unit)).turn;
  sim::Stream life(seed_, sim::Purpose::outage, {state.replicate, entry.stream, unit, turn});
  const Seconds next = state.now + duration + entry.law.sample(life);
  const auto index = static_cast<std::uint32_t>(&entry - fleet_->classes().data());
  if (next <= fleet_->mission()) {
    state.queue.push(next, Event{Event::Kind::renewed_fails, index, unit, turn});
  }
}

void Mission::lose_machine(State& state, std::uint32_t machine, sim::Stream& stream) {
  settle(state);  // what was due before was not touched by it
  end_life(state, UnitKind::machine, machine);
  MachineState& record = state.machines.at(machine);
  record.working = false;
  ++record.generation;
  set_down(state, machine, true);
  judge_service(state);
  const Seconds report = until_report(stream);
  const Seconds replacement = fleet_->repair().new_hardware().sample(stream);
  tell(state, "machine lost", {UnitKind::machine, machine}, "with all its disks");
  std::vector<std::uint32_t> disks;
  const auto& topology = fleet_->topology();
  for (std::uint32_t i = 0; i < topology.disks_per_machine(); ++i) {
    const std::uint32_t disk = topology.first_disk(machine) + i;
    const DiskState* known = state.disks.find(disk);
    if (known == nullptr || known->working) disks.push_back(disk);
  }
  LossEvent* event = lose_disks(state, disks, {UnitKind::machine, machine}, report, stream);
  event->machine = machine;
  event->orders.push_back({UnitKind::machine, machine, state.now + replacement});
}

void Mission::start_life(State& state, UnitKind kind, std::uint32_t unit, std::uint32_t generation,
                         sim::Stream& stream) const {
  for (std::uint16_t f = 0; f < fleet_->families().size(); ++f) {
    const Family& family = fleet_->families()[f];
    if (family.kind != kind || family.harm != Harm::permanent) continue;
    const std::uint32_t c = family.class_for(unit);
    if (fleet_->classes()[c].law.memoryless()) return;  // its class goes on drawing for it
    Renewal& renewal = state.renewed.at(unit_key(kind, Harm::permanent, unit));
    ++renewal.turn;
    renewal.born = state.now;
    live(state, f, c, unit, generation, stream);
    return;
  }
}

/// A life of its own, by the law of the class.
void Mission::live(State& state, std::uint16_t family, std::uint32_t class_index,
                   std::uint32_t unit, std::uint32_t generation, sim::Stream& stream) const {
  const EventClass& entry = fleet_->classes()[class_index];
  state.lives.push_back({entry.kind, family, unit, state.now});
  if (change_ != nullptr) change_->exposure_changed = true;
  const Seconds at = state.now + entry.law.sample(stream);
  if (at <= fleet_->mission()) {
    state.queue.push(at, Event{Event::Kind::renewed_fails, class_index, unit, generation});
  }
}

void Mission::end_life(State& state, UnitKind kind, std::uint32_t unit) {
  std::erase_if(state.lives,
                [&](const Life& life) { return life.unit == unit && life.kind == kind; });
}

void Mission::tell(const State& state, std::string_view kind, Unit unit,
                   std::string_view text) const {
  if (observer_ == nullptr) return;
  observer_->saw(state.now, kind, fleet_->topology().describe(unit), text);
}

}  // namespace models::fleet
