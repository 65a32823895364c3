// Who replaces broken hardware, when, and with what: technicians and the store room.
#include <algorithm>
#include <utility>

#include "models/fleet/mission.h"

namespace models::fleet {

using topology::UnitKind;

namespace {
/// Event classes are numbered below this, and rotas by the kind of their units.
constexpr std::uint64_t stock_stream = (std::uint64_t{1} << 32U) + 4096;
}  // namespace

void Mission::on_replaced(State& state, const Event& event) {
  const auto kind = static_cast<UnitKind>(event.index);
  const Broken broken{kind, event.unit, event.generation};
  if (!still_broken(state, broken)) return;
  if (event.kind == Event::Kind::fitted && !take_part(state, kind)) {
    state.workshop.waiting.push_back(broken);
    return;
  }
  replace(state, broken);
  if (!state.waiting.empty()) replan(state, std::exchange(state.waiting, {}));
}

/// A lost machine brings all its disks when it is replaced.
bool Mission::still_broken(const State& state, const Broken& broken) const {
  if (broken.kind == UnitKind::machine) {
    const MachineState* machine = state.machines.find(broken.unit);
    return machine != nullptr && !machine->working && machine->generation == broken.generation;
  }
  const DiskState* disk = state.disks.find(broken.unit);
  return disk != nullptr && !disk->working && disk->generation == broken.generation &&
         works(state, {UnitKind::machine, fleet_->topology().machine_of(broken.unit)});
}

void Mission::replace(State& state, const Broken& broken) {
  sim::Stream stream(seed_, sim::Purpose::repair,
                     {state.replicate, static_cast<std::uint32_t>(broken.kind), broken.unit,
                      broken.generation * 2});
  if (broken.kind == UnitKind::disk) {
    replace_disk(state, broken.unit, stream);
    return;
  }
  MachineState& machine = state.machines.at(broken.unit);
  machine.working = true;
  for (std::uint32_t i = 0; i < fleet_->topology().disks_per_machine(); ++i) {
    const std::uint32_t disk = fleet_->topology().first_disk(broken.unit) + i;
    const DiskState* known = state.disks.find(disk);
    if (known != nullptr && !known->working) replace_disk(state, disk, stream);
  }
  if (machine.outages == 0) {
    set_down(state, broken.unit, false);
    state.known.set_absent(broken.unit, false);
  }
  start_life(state, UnitKind::machine, broken.unit, broken.generation, stream);
  after_reachability_change(state, {});
}

void Mission::replace_disk(State& state, std::uint32_t disk, sim::Stream& stream) {
  DiskState& record = state.disks.at(disk);
  record.working = true;
  std::erase(state.dead_disks, disk);
  KnownDisk& known = state.known.disks.at(disk);
  known.in_service = true;
  known.spread_before = state.known.spread;
  start_life(state, UnitKind::disk, disk, record.generation, stream);
  tell(state, "disk replaced", {UnitKind::disk, disk});
  if (fleet_->repair().new_disks == scenario::NewDisks::take_back) take_back(state, disk);
}

/// New hardware for what has just broken. @param delivery  until it, or the technician, is there
void Mission::order(State& state, UnitKind kind, std::uint32_t unit, Seconds delivery) {
  const std::uint32_t generation =
      kind == UnitKind::disk ? state.disks.at(unit).generation : state.machines.at(unit).generation;
  const auto& repair = fleet_->repair();
  if (!repair.visits) {
    const auto how = repair.stock ? Event::Kind::fitted : Event::Kind::replaced;
    state.queue.push(arrival(state, delivery),
                     Event{how, static_cast<std::uint32_t>(kind), unit, generation});
    return;
  }
  Workshop& workshop = state.workshop;
  workshop.waiting.push_back({kind, unit, generation});
  if (workshop.called) return;
  if (static_cast<int>(workshop.waiting.size()) >= repair.visits->parts) {
    call_technician(state, delivery);
  } else if (!state.queue.pending(workshop.call)) {
    workshop.call =
        state.queue.push(state.now + repair.visits->at_latest, Event{Event::Kind::called, 0, 0, 0});
  }
}

void Mission::call_technician(State& state, Seconds delivery) {
  state.queue.cancel(state.workshop.call);
  state.workshop.called = true;
  tell(state, "technician called", {UnitKind::software, 0},
       std::to_string(state.workshop.waiting.size()) + " parts wait");
  state.queue.push(arrival(state, delivery), Event{Event::Kind::visit, 0, 0, 0});
}

void Mission::on_called(State& state) {
  if (state.workshop.called || state.workshop.waiting.empty()) return;
  sim::Stream stream(seed_, sim::Purpose::repair,
                     {state.replicate, stock_stream, state.workshop.deliveries++, state.branch});
  call_technician(state, fleet_->repair().new_hardware().sample(stream));
}

/// He replaces all that waits, as far as there are parts; for the rest he is called again.
void Mission::on_visit(State& state) {
  state.workshop.called = false;
  std::vector<Broken> left;
  for (const Broken& broken : std::exchange(state.workshop.waiting, {})) {
    if (!still_broken(state, broken)) continue;
    if (take_part(state, broken.kind)) {
      replace(state, broken);
    } else {
      left.push_back(broken);
    }
  }
  state.workshop.waiting = std::move(left);
  if (!state.waiting.empty()) replan(state, std::exchange(state.waiting, {}));
}

/// Disks lie in stock; a machine comes with its technician.
bool Mission::take_part(State& state, UnitKind kind) {
  const auto& stock = fleet_->repair().stock;
  if (!stock || kind != UnitKind::disk) return true;
  if (state.workshop.ordered >= stock->parts) return false;
  ++state.workshop.ordered;
  sim::Stream stream(seed_, sim::Purpose::repair,
                     {state.replicate, stock_stream, state.workshop.deliveries++, state.branch});
  state.queue.push(state.now + stock->delivery.sample(stream),
                   Event{Event::Kind::delivered, 0, 0, 0});
  return true;
}

void Mission::on_delivered(State& state) {
  Workshop& workshop = state.workshop;
  --workshop.ordered;
  std::erase_if(workshop.waiting,
                [&](const Broken& broken) { return !still_broken(state, broken); });
  if (workshop.waiting.empty()) return;
  if (fleet_->repair().visits) {
    on_called(state);
    return;
  }
  const auto next = std::ranges::find(workshop.waiting, UnitKind::disk, &Broken::kind);
  if (next == workshop.waiting.end()) return;
  const Broken broken = *next;
  workshop.waiting.erase(next);
  take_part(state, broken.kind);
  replace(state, broken);
  if (!state.waiting.empty()) replan(state, std::exchange(state.waiting, {}));
}

}  // namespace models::fleet
