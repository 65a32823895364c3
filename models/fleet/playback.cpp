#include "models/fleet/playback.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace models::fleet {

using topology::Unit;
using topology::UnitKind;

class Playback::Recorder final : public Observer {
 public:
  explicit Recorder(std::vector<LogLine>& log) : log_(log) {}
  void saw(Seconds at, std::string_view kind, std::string_view unit,
           std::string_view text) override {
    log_.push_back({sim::in_years(at), std::string(kind), std::string(unit), std::string(text)});
  }

 private:
  std::vector<LogLine>& log_;
};

Playback::Playback(std::shared_ptr<const Fleet> fleet, std::uint64_t seed)
    : fleet_(std::move(fleet)),
      seed_(seed),
      mission_(fleet_, seed),
      state_(mission_.initial(0)),
      recorder_(std::make_shared<Recorder>(log_)) {
  mission_.watch(recorder_.get());
}

bool Playback::strike(Unit unit, Seconds outage) {
  const bool for_good = unit.kind == UnitKind::disk || unit.kind == UnitKind::machine;
  if (unit.index >= fleet_->topology().count(unit.kind)) return false;
  const EventClass event{.kind = unit.kind,
                         .harm = for_good ? Harm::permanent : Harm::outage,
                         .law = sim::Distribution::exponential(sim::year),
                         .age = {},
                         .duration = sim::Distribution::fixed(outage)};
  // Detection and replacement are drawn as ever; streams of "inputs" move no natural event.
  sim::Stream stream(seed_, sim::Purpose::inputs, {0, 0, strikes_++});
  double probability{};
  return mission_.strike(state_, event, unit.index, {}, stream, outcome_, probability);
}

bool Playback::step() { return mission_.advance(state_, fleet_->mission(), outcome_); }

void Playback::play_until(Seconds time) {
  while (mission_.advance(state_, std::min(time, fleet_->mission()), outcome_)) {
  }
}

FleetLook Playback::look() const {
  FleetLook look;
  look.now = state_.now;
  look.down = state_.down_units;
  for (const std::uint32_t machine : state_.down_machines) {
    look.down.push_back({UnitKind::machine, machine});
  }
  std::ranges::sort(look.down);
  look.down.erase(std::ranges::unique(look.down).begin(), look.down.end());
  look.groups_lost = outcome_.groups_lost;
  look.whole = state_.incidents.empty();
  look.undetected = static_cast<std::size_t>(std::ranges::count_if(
      state_.incidents, [](const Incident& incident) { return !incident.reported; }));
  look.unreadable = state_.all_unreadable ? fleet_->map().groups() : state_.unreadable.size();
  add_disks(look);
  add_missing(look);
  for (const Job& job : state_.jobs) {
    const double gained = job.per_second * (state_.now - job.since).value;
    const double done = std::isfinite(gained) ? std::min(1.0, job.progress + gained) : 1.0;
    RebuildLook rebuild{.priority = job.action->priority,
                        .shards = job.ticket ? job.left : job.action->tasks.size(),
                        .done = done,
                        .rate = BytesPerSecond{job.bytes * job.per_second},
                        .groups = {}};
    constexpr std::size_t shown = 8;
    for (std::size_t i = job.settled; i < job.action->tasks.size() && rebuild.groups.size() < shown;
         ++i) {
      rebuild.groups.push_back(job.action->tasks[i].shard.group);
    }
    each_waiting(job, [&](const OpenTicket& open, std::uint32_t place) {
      if (rebuild.groups.size() < shown) {
        rebuild.groups.push_back((*open.ticket->shards)[place] / fleet_->map().width());
      }
    });
    look.rebuilds.push_back(std::move(rebuild));
  }
  std::ranges::stable_sort(look.rebuilds, {}, &RebuildLook::priority);
  return look;
}

/// The places of shards that wait on the ticket of a job, if it has one.
void Playback::each_waiting(
    const Job& job, const std::function<void(const OpenTicket&, std::uint32_t)>& visit) const {
  if (!job.ticket) return;
  const Catalogue& catalogue = state_.catalogue;
  const OpenTicket& open = *catalogue.open_ticket(job.ticket->number);
  for (std::uint32_t place = open.progress.reached; place < job.ticket->places(); ++place) {
    if (catalogue.waits(open, place)) visit(open, place);
  }
}

void Playback::add_disks(FleetLook& look) const {
  const topology::Topology& topology = fleet_->topology();
  look.disks.assign(topology.disks(), DiskLook::whole);
  std::vector<std::uint32_t> homes(fleet_->map().width());
  for (const Job& job : state_.jobs) {
    each_waiting(job, [&](const OpenTicket& open, std::uint32_t place) {
      mission_.homes(state_, (*open.ticket->shards)[place] / fleet_->map().width(), homes);
      for (const std::uint32_t disk : homes) {
        if (disk != repair::no_disk && look.disks[disk] == DiskLook::whole) {
          look.disks[disk] = DiskLook::read;
        }
      }
      const Home target =
          state_.catalogue.target_of(fleet_->map(), *open.ticket, open.progress, place);
      look.disks[target.disk] = DiskLook::written;
    });
    const auto& tasks = job.action->tasks;
    for (std::size_t i = job.settled; i < tasks.size(); ++i) {
      for (std::uint32_t r = 0; r < tasks[i].reads; ++r) {
        DiskLook& from = look.disks[job.action->read_disks[tasks[i].first_read + r]];
        if (from == DiskLook::whole) from = DiskLook::read;
      }
      look.disks[tasks[i].target] = DiskLook::written;
    }
  }
  for (std::uint32_t disk = 0; disk < topology.disks(); ++disk) {
    const std::uint32_t machine = topology.machine_of(disk);
    const bool cut = state_.cut != nullptr && state_.cut->contains(machine);
    if (cut || std::ranges::binary_search(state_.down_machines, machine)) {
      look.disks[disk] = DiskLook::away;
    }
    if (const DiskState* record = state_.disks.find(disk); record != nullptr && !record->working) {
      look.disks[disk] = DiskLook::lost;
    }
  }
}

void Playback::add_missing(FleetLook& look) const {
  const std::uint32_t width = fleet_->map().width();
  std::vector<std::uint32_t> groups;
  for (const Incident& incident : state_.incidents) {
    for (const std::uint32_t shard : *incident.shards) groups.push_back(shard / width);
  }
  std::ranges::sort(groups);
  groups.erase(std::ranges::unique(groups).begin(), groups.end());
  std::map<int, std::size_t, std::greater<>> counts;
  std::vector<std::uint32_t> homes(width);
  for (const std::uint32_t group : groups) {
    if (state_.gone.find(group) != nullptr) continue;
    mission_.homes(state_, group, homes);
    const auto missing = std::ranges::count(homes, repair::no_disk);
    if (missing > 0) ++counts[static_cast<int>(missing)];
  }
  for (const auto& [shards, number] : counts) {
    look.missing.push_back({shards, number, shards >= fleet_->code().tolerance()});
  }
}

}  // namespace models::fleet
