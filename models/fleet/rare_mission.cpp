#include "models/fleet/rare_mission.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace models::fleet {

using topology::UnitKind;

namespace {

constexpr std::uint32_t pool_bit = std::uint32_t{1} << 31U;
constexpr Seconds never{std::numeric_limits<double>::infinity()};
/// Relative; a start is a random time, and what is left of it is far below any event's.
constexpr double close_enough = 1e-9;
/// A list of units longer than this share of a class gives way to the pool of all.
constexpr double pool_share = 0.25;

/// Many disks at once are out of reach for other machines; one machine is not worth a mention, and
/// the rest of the kinds shut out clients alone.
bool holds_up_rebuilds(UnitKind kind) {
  switch (kind) {
    case UnitKind::rack:
    case UnitKind::rack_switch:
    case UnitKind::core_switch:
    case UnitKind::power_domain:
    case UnitKind::controller:
    case UnitKind::site:
      return true;
    default:
      return false;
  }
}

}  // namespace

RareMission::RareMission(std::shared_ptr<const Fleet> fleet, std::uint64_t seed, Events events)
    : mission_(std::move(fleet), seed),
      families_(events == Events::all ? this->fleet().all_families() : this->fleet().families()),
      homes_(this->fleet().map().width()),
      urgency_of_one_(urgency_of_one(this->fleet())) {
  if (events == Events::destroying) mission_.ignore_reach();
  for (const Family& family : this->fleet().families()) {
    listed_.emplace_back(this->fleet().topology().count(family.kind));
  }
}

/// So much that virtual events begin by half more often over all: the number of units down is
/// about Poisson with a mean m, and then E[u^n] = exp(m (u - 1)).
double RareMission::urgency_of_one(const Fleet& fleet) {
  constexpr double more = 0.5;
  constexpr double most = 100;
  double down = 0;
  for (const EventClass& entry : fleet.classes()) {
    if (!entry.duration || !holds_up_rebuilds(entry.kind)) continue;
    down += entry.count * (entry.duration->mean() / entry.law.mean());
  }
  return down > 0 ? std::min(most, 1 + more / down) : 1;
}

double RareMission::urgency(const State& state) const {
  const auto down = std::ranges::count_if(
      state.down_units, [](const topology::Unit& unit) { return holds_up_rebuilds(unit.kind); });
  return std::pow(urgency_of_one_, static_cast<double>(down));
}

bool RareMission::advance(State& state, Seconds until, sim::Change& change) {
  mission_.record(&change);
  change.exposure_changed = false;
  const std::uint64_t before = outcome_.group_touches;
  const bool event = mission_.advance(state, until, outcome_);
  change.touched += outcome_.group_touches - before;
  return event;
}

double RareMission::inject(State& state, sim::Unit unit, std::span<const sim::Group> aim,
                           sim::Stream& stream, sim::Change& change) {
  const EventClass* entry = &class_of(unit.event_class);
  std::uint32_t index = unit.index;
  if ((index & pool_bit) != 0) {
    entry = &fleet().classes()[index & ~pool_bit];
    index = entry->first + entry->stride * static_cast<std::uint32_t>(stream.below(entry->count));
    if (!is_original(state, *entry, index)) return 0;
  }
  mission_.record(&change);
  const std::uint64_t before = outcome_.group_touches;
  double probability = 1;
  if (!mission_.strike(state, *entry, index, aim, stream, outcome_, probability)) return 0;
  change.touched += outcome_.group_touches - before;
  return probability;
}

int RareMission::depth(const State& state, sim::Group group) {
  mission_.homes(state, group, homes_);
  return static_cast<int>(std::count(homes_.begin(), homes_.end(), repair::no_disk));
}

/// Lives by its class's common clock: never renewed, or by a law that has no age.
bool RareMission::is_original(const State& state, const EventClass& entry,
                              std::uint32_t unit) const {
  return entry.harm == Harm::shock || entry.law.memoryless() ||
         mission_.born(state, entry, unit) <= Seconds{};
}

void RareMission::critical(const State& state, std::span<const sim::Group> groups,
                           std::vector<sim::Exposed>& out) {
  const double shards = static_cast<double>(groups.size()) * static_cast<double>(homes_.size());
  if (shards > pool_share * fleet().topology().disks()) {
    add_pools(state, out);
    return;
  }
  ++call_;
  deep_.clear();
  for (const sim::Group group : groups) add_group(state, group, out);
  if (!deep_.empty()) add_targets(state, out);
}

void RareMission::add_pools(const State& state, std::vector<sim::Exposed>& out) const {
  for (const Family& entry : families_) {
    const std::uint16_t family = fleet().classes()[entry.first_class].family;
    for (std::uint32_t c = entry.first_class; c < entry.first_class + entry.classes; ++c) {
      const EventClass& pool = fleet().classes()[c];
      out.push_back({{family, c | pool_bit}, Seconds{} - pool.age, double(pool.count)});
    }
  }
  for (const Life& life : state.lives) out.push_back({{life.family, life.unit}, life.born, 1.0});
}

void RareMission::add_group(const State& state, sim::Group group, std::vector<sim::Exposed>& out) {
  mission_.homes(state, group, homes_);
  int missing = 0;
  for (const std::uint32_t disk : homes_) {
    if (disk == repair::no_disk) {
      ++missing;
    } else {
      add_disk(state, disk, out);
    }
  }
  if (missing >= 2) deep_.push_back(group);
}

void RareMission::add_disk(const State& state, std::uint32_t disk, std::vector<sim::Exposed>& out) {
  const auto& topology = fleet().topology();
  const auto& families = fleet().families();
  for (std::size_t family = 0; family < families.size(); ++family) {
    const std::uint32_t unit = topology.place_of_disk(families[family].kind, disk);
    if (std::exchange(listed_[family][unit], call_) == call_) continue;
    add_unit(state, family, unit, out);
  }
}

void RareMission::add_unit(const State& state, std::size_t family, std::uint32_t unit,
                           std::vector<sim::Exposed>& out) {
  const EventClass& entry = class_of(family);
  const Seconds born =
      entry.harm == Harm::shock ? Seconds{} - entry.age : mission_.born(state, entry, unit);
  out.push_back({{static_cast<std::uint16_t>(family), unit}, born, 1.0});
}

/// A group that misses several shards becomes whole one shard at a time, between events: the disks
/// that its shards are on their way to count from now on.
void RareMission::add_targets(const State& state, std::vector<sim::Exposed>& out) {
  std::sort(deep_.begin(), deep_.end());
  for (const Job& job : state.jobs) {
    const auto& tasks = job.action->tasks;
    for (std::size_t i = job.settled; i < tasks.size(); ++i) {
      if (std::binary_search(deep_.begin(), deep_.end(), tasks[i].shard.group)) {
        add_disk(state, tasks[i].target, out);
      }
    }
  }
}

/// Shards that one event can take from a group.
int RareMission::reach() const {
  int most = 1;
  for (const Family& family : fleet().families()) {
    if (family.kind == UnitKind::machine) most = std::max(most, fleet().max_per_machine());
    if (family.kind == UnitKind::rack) most = std::max(most, fleet().max_per_rack());
    // Any of the shards may stand in one domain, or one site.
    if (family.kind == UnitKind::power_domain || family.kind == UnitKind::site) {
      most = fleet().code().shape().total();
    }
  }
  return most;
}

void RareMission::fatal(const State& state, std::vector<sim::Exposed>& out) {
  const int enough = fleet().code().tolerance() + 1 - reach();  // missing shards that make it so
  if (enough <= 0) {
    add_pools(state, out);
    return;
  }
  if (static_cast<int>(state.incidents.size()) < enough) return;
  std::vector<sim::Group> groups;
  for (const Incident& incident : state.incidents) {
    for (const std::uint32_t shard : *incident.shards) {
      const std::uint32_t group = shard / fleet().map().width();
      if (state.gone.find(group) == nullptr && depth(state, group) >= enough) {
        groups.push_back(group);
      }
    }
  }
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  if (!groups.empty()) critical(state, groups, out);
}

double RareMission::cumulative_hazard(const sim::Exposed& exposed, Seconds from, Seconds to) const {
  const sim::Distribution& law = class_of(exposed.unit.event_class).law;
  if (law.memoryless()) return exposed.scale * law.cumulative_hazard(to - from);
  return exposed.scale *
         (law.cumulative_hazard(to - exposed.born) - law.cumulative_hazard(from - exposed.born));
}

Seconds RareMission::time_at(const sim::Exposed& exposed, Seconds from, double hazard) const {
  const sim::Distribution& law = class_of(exposed.unit.event_class).law;
  const double own = hazard / exposed.scale;
  if (law.memoryless()) return from + law.time_at_hazard(own);
  return exposed.born + law.time_at_hazard(law.cumulative_hazard(from - exposed.born) + own);
}

double RareMission::gained(const State& state, std::size_t family, Seconds length) const {
  const Family& entry = families_[family];
  double sum = 0;
  const auto add = [&](const sim::Distribution& law, Seconds age, double units) {
    sum += units * (law.cumulative_hazard(age + length) - law.cumulative_hazard(age));
  };
  for (std::uint32_t c = entry.first_class; c < entry.first_class + entry.classes; ++c) {
    const EventClass& pool = fleet().classes()[c];
    add(pool.law, pool.age + state.now, pool.count);
  }
  for (const Life& life : state.lives) {
    if (life.family == family) add(class_of(family).law, state.now - life.born, 1);
  }
  return sum;
}

/// The bound is the hazard of all units as if none had been renewed, and that of the renewed ones.
Seconds RareMission::start_time(const State& state, std::size_t family, double hazard) const {
  const EventClass& entry = class_of(family);
  if (entry.law.memoryless()) {
    return state.now + entry.law.time_at_hazard(hazard / entry.count);
  }
  const Seconds rest = fleet().mission() - state.now;
  const double all = gained(state, family, rest);
  if (all < hazard) return never;
  // False position with halving (Dowell and Jarratt 1971): the hazard grows smoothly.
  double low = 0;
  double high = rest.value;
  double below = -hazard;
  double above = all - hazard;
  while (high - low > close_enough * high) {
    const double x = low + (high - low) * (below / (below - above));
    if (x <= low || x >= high) break;
    const double excess = gained(state, family, Seconds{x}) - hazard;
    if (excess < 0) {
      low = x;
      below = excess;
      above /= 2;
    } else {
      high = x;
      above = excess;
      below /= 2;
    }
    if (excess == 0) break;
  }
  return state.now + Seconds{high};
}

std::optional<sim::Unit> RareMission::start_unit(const State& state, std::size_t family,
                                                 sim::Stream& stream) const {
  const Family& entry = families_[family];
  const auto number = static_cast<std::uint16_t>(family);
  const sim::Distribution& law = class_of(family).law;
  if (law.memoryless()) return sim::Unit{number, entry.first_class | pool_bit};
  double all = 0;
  const auto rate_of_class = [&](std::uint32_t c) {
    const EventClass& pool = fleet().classes()[c];
    return pool.count * law.hazard_rate(pool.age + state.now);
  };
  const auto rate_of_life = [&](const Life& life) {
    return life.family == family ? law.hazard_rate(state.now - life.born) : 0.0;
  };
  const std::uint32_t end = entry.first_class + entry.classes;
  for (std::uint32_t c = entry.first_class; c < end; ++c) all += rate_of_class(c);
  for (const Life& life : state.lives) all += rate_of_life(life);
  double left = stream.uniform() * all;
  for (const Life& life : state.lives) {
    left -= rate_of_life(life);
    if (left < 0) return sim::Unit{number, life.unit};
  }
  for (std::uint32_t c = entry.first_class; c + 1 < end; ++c) {
    left -= rate_of_class(c);
    if (left < 0) return sim::Unit{number, c | pool_bit};
  }
  return sim::Unit{number, (end - 1) | pool_bit};
}

}  // namespace models::fleet
