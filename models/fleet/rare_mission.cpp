#include "models/fleet/rare_mission.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

namespace models::fleet {

using topology::UnitKind;

namespace {

/// Chances of one instant: their parts of the chance that any comes true add up to it.
void share_out(std::vector<sim::Atom>& atoms) {
  if (atoms.size() < 2) return;
  double sum = 0;
  double none = 0;
  for (const sim::Atom& atom : atoms) {
    sum += atom.probability;
    none += std::log1p(-atom.probability);
  }
  if (!(sum > 0)) return;
  const double part = -std::expm1(none) / sum;
  for (sim::Atom& atom : atoms) atom.share_of_any = atom.probability * part;
}

constexpr std::uint32_t pool_bit = std::uint32_t{1} << 31U;
constexpr Seconds never{std::numeric_limits<double>::infinity()};
/// Relative; a start is a random time, and what is left of it is far below any event's.
constexpr double close_enough = 1e-9;
/// Where the average disk holds more of the watched groups than this, the pool of all disks does.
constexpr double pool_share = 4;
/// What a unit with one shard more of a group promises: it takes the group deeper by one more at
/// once.
constexpr double one_more_shard = 8;
/// In how many stretches of time, at most, a unit is exposed.
constexpr std::ptrdiff_t most_stretches = 8;

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
      code_(this->fleet().code()),
      homes_(this->fleet().map().width()),
      urgency_of_one_(urgency_of_one(this->fleet())) {
  if (events == Events::destroying) mission_.ignore_reach();
  // Latent errors, the last of them, strike no unit.
  stays_.resize(this->fleet().families().size() - (this->fleet().errors() != nullptr ? 1 : 0));
}

const EventClass& RareMission::class_of(const sim::Unit& unit) const {
  if ((unit.index & pool_bit) != 0) return fleet().classes()[unit.index & ~pool_bit];
  return fleet().classes()[fleet().all_families()[unit.event_class].class_for(unit.index)];
}

bool RareMission::uniform(std::size_t family) const {
  const EventClass& entry = class_of(family);
  return !families_[family].mixed && entry.count > 0 && entry.law.memoryless();
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
  share_out(change.atoms);
  change.touched += outcome_.group_touches - before;
  return event;
}

double RareMission::inject(State& state, sim::Unit unit, std::span<const sim::Group> aim,
                           sim::Stream& stream, sim::Change& change) {
  const EventClass* entry = &class_of(unit);
  std::uint32_t index = unit.index;
  if ((index & pool_bit) != 0) {
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
  if (state.lost_disks.size() == 0) return 0;
  mission_.homes(state, group, homes_);
  if (!depth_counts()) return code_.depth(missing());
  return static_cast<int>(std::count(homes_.begin(), homes_.end(), repair::no_disk));
}

codes::ShardSet RareMission::missing() const {
  codes::ShardSet set;
  for (std::size_t slot = 0; slot < homes_.size(); ++slot) {
    if (homes_[slot] == repair::no_disk) set.set(slot);
  }
  return set;
}

/// Lives by its class's common clock: never renewed, or by a law that has no age.
bool RareMission::is_original(const State& state, const EventClass& entry,
                              std::uint32_t unit) const {
  return entry.strikes_place() || entry.law.memoryless() ||
         mission_.born(state, entry, unit) <= Seconds{};
}

void RareMission::critical(const State& state, std::span<const sim::Group> groups, int level,
                           std::vector<sim::Exposed>& out) {
  const double shards = static_cast<double>(groups.size()) * static_cast<double>(homes_.size());
  if (shards > pool_share * fleet().topology().disks()) {
    const std::size_t first = out.size();
    add_pools(state, out);
    for (std::size_t i = first; i < out.size(); ++i) {
      out[i].groups = disks_hit(out[i].unit.event_class) * shards / fleet().topology().disks();
    }
    return;
  }
  foresee(state, groups);
  for (auto& stays : stays_) stays.clear();
  for (std::uint32_t i = 0; i < groups.size(); ++i) add_group(state, groups[i], i, level);
  for (std::size_t family = 0; family < stays_.size(); ++family) add_units(state, family, out);
}

/// When the shards of these groups that are being rebuilt will be whole, if nothing else happens.
void RareMission::foresee(const State& state, std::span<const sim::Group> groups) {
  index_of_.resize(fleet().map().groups());
  for (std::uint32_t i = 0; i < groups.size(); ++i) index_of_[groups[i]] = i;
  first_whole_.assign(groups.size(), never);
  whole_.clear();
  copies_.clear();
  for (const Job& job : state.jobs) {
    if (!(job.per_second > 0)) continue;
    if (job.ticket) {
      for (std::uint32_t i = 0; i < groups.size(); ++i) {
        const auto shard = mission_.on_its_way(state, job, groups[i]);
        if (!shard) continue;
        first_whole_[i] = std::min(first_whole_[i], shard->at);
        whole_.push_back({i, shard->slot, shard->target, shard->at});
      }
      continue;
    }
    const auto& tasks = job.action->tasks;
    for (std::size_t i = job.settled; i < tasks.size(); ++i) {
      const std::uint32_t index = index_of_[tasks[i].shard.group];
      if (index >= groups.size() || groups[index] != tasks[i].shard.group) continue;
      if (!mission_.succeeds(state, job, tasks[i])) continue;
      if (tasks[i].shard.is_copy()) {
        copies_.push_back(
            {index, tasks[i].shard.slot, tasks[i].target, {}});  // makes no group shallower
        continue;
      }
      const double left = static_cast<double>(tasks[i].end) - job.progress;
      const Seconds at = job.since + Seconds{std::max(0.0, left) / job.per_second};
      first_whole_[index] = std::min(first_whole_[index], at);
      whole_.push_back({index, tasks[i].shard.slot, tasks[i].target, at});
    }
  }
}

/// The disks of a group, each until the group misses fewer than `level` shards.
void RareMission::add_group(const State& state, sim::Group group, std::uint32_t index, int level) {
  mission_.homes(state, group, homes_);
  const codes::ShardSet gone = missing();
  codes::ShardSet spent = gone;
  // What a deeper group has spent counts again when it is lifted, and it still is watched then.
  if (!depth_counts() && code_.depth(gone) == level) spent |= fleet().code().spent(gone);
  disks_.clear();
  for (std::size_t slot = 0; slot < homes_.size(); ++slot) {
    if (!spent.test(slot)) disks_.push_back(homes_[slot]);
  }
  // A copy that is made meanwhile moves the shard there, between events.
  for (const Whole& copy : copies_) {
    if (copy.index == index) disks_.push_back(copy.target);
  }
  const bool lifted_by_any = depth_counts() && static_cast<int>(gone.count()) <= level;
  const Seconds until = lifted_by_any ? first_whole_[index] : add_targets(index, gone, level);
  for (std::size_t family = 0; family < stays_.size(); ++family) add_stays(family, until);
}

/// A group with more shards missing than it needs to be watched becomes whole one shard at a time:
/// the disks that its shards are on their way to count as well. Returns when it is lifted below
/// `level`.
Seconds RareMission::add_targets(std::uint32_t index, codes::ShardSet gone, int level) {
  std::vector<Whole> own;
  std::ranges::copy_if(whole_, std::back_inserter(own),
                       [index](const Whole& whole) { return whole.index == index; });
  std::ranges::sort(own, {}, &Whole::at);
  for (const Whole& whole : own) {
    gone.reset(whole.slot);
    const int depth = depth_counts() ? static_cast<int>(gone.count()) : code_.depth(gone);
    if (depth < level) return whole.at;
    disks_.push_back(whole.target);
  }
  return never;
}

/// The units of a family that a group stands on.
void RareMission::add_stays(std::size_t family, Seconds until) {
  const UnitKind kind = fleet().families()[family].kind;
  units_.clear();
  for (const std::uint32_t disk : disks_) {
    units_.push_back(fleet().topology().place_of_disk(kind, disk));
  }
  if (kind != UnitKind::disk) std::ranges::sort(units_);
  for (std::size_t i = 0; i < units_.size();) {
    std::size_t next = i + 1;
    double promise = 1;
    while (next < units_.size() && units_[next] == units_[i]) {
      promise *= one_more_shard;
      ++next;
    }
    stays_[family].push_back({units_[i], until, promise});
    i = next;
  }
}

/// Once it is foretold, a disk dies by that: a life of its own ends with the warning.
bool RareMission::can_come(const State& state, const EventClass& entry, std::uint32_t unit) const {
  if (entry.harm == Harm::foretold) return mission_.is_foretold(state, unit);
  return entry.harm != Harm::permanent || entry.kind != UnitKind::disk ||
         is_original(state, entry, unit) || !mission_.is_foretold(state, unit);
}

/// The units of a family, each in stretches by the number of groups that are still not whole.
void RareMission::add_units(const State& state, std::size_t family,
                            std::vector<sim::Exposed>& out) {
  auto& stays = stays_[family];
  std::ranges::sort(stays, [](const Stay& a, const Stay& b) {
    return std::pair(a.unit, a.until) < std::pair(b.unit, b.until);
  });
  for (auto first = stays.begin(); first != stays.end();) {
    const std::uint32_t unit = first->unit;
    const auto last =
        std::find_if(first, stays.end(), [unit](const Stay& stay) { return stay.unit != unit; });
    const EventClass& entry = class_of(sim::Unit{static_cast<std::uint16_t>(family), unit});
    if (!can_come(state, entry, unit)) {
      first = last;
      continue;
    }
    const Seconds born =
        entry.strikes_place() ? Seconds{} - entry.age : mission_.born(state, entry, unit);
    const auto step = (last - first + most_stretches - 1) / most_stretches;
    Seconds from = state.now;
    double promise = 0;
    for (auto stay = first; stay != last; ++stay) promise += stay->promise;
    while (first != last) {
      const auto next = first + std::min(step, last - first);
      const Seconds until = (next - 1)->until;
      if (from < until) {
        out.push_back({{static_cast<std::uint16_t>(family), unit},
                       born,
                       1.0,
                       from,
                       until,
                       promise * (entry.strikes_place() ? std::sqrt(entry.kills) : 1.0),
                       true});
        from = until;
      }
      for (; first != next; ++first) promise -= first->promise;
    }
  }
}

/// Disks that an event of the family takes, on average.
double RareMission::disks_hit(std::size_t family) const {
  const EventClass& entry = class_of(family);
  const double disks =
      fleet().topology().disks() / static_cast<double>(fleet().topology().count(entry.kind));
  if (entry.harm == Harm::burst) return disks * entry.kills;
  return entry.strikes_place() ? disks * std::sqrt(entry.kills) : disks;
}

double RareMission::groups_of(std::size_t family) const {
  return disks_hit(family) * fleet().map().groups() * fleet().map().width() /
         fleet().topology().disks();
}

void RareMission::add_pools(const State& state, std::vector<sim::Exposed>& out) const {
  for (const Family& entry : families_) {
    const std::uint16_t family = fleet().classes()[entry.first_class].family;
    for (std::uint32_t c = entry.first_class; c < entry.first_class + entry.classes; ++c) {
      const EventClass& pool = fleet().classes()[c];
      if (pool.count == 0) continue;
      out.push_back({{family, c | pool_bit}, Seconds{} - pool.age, double(pool.count)});
    }
  }
  for (const Life& life : state.lives) out.push_back({{life.family, life.unit}, life.born, 1.0});
}

/// Shards that one event can take from a group.
int RareMission::reach() const {
  int most = 1;
  for (const Family& family : fleet().families()) {
    if (family.kind == UnitKind::machine) most = std::max(most, fleet().max_per_machine());
    if (family.kind == UnitKind::rack) most = std::max(most, fleet().max_per_rack());
    // Any of the shards may stand in one domain, or one site.
    if (family.kind == UnitKind::power_domain || family.kind == UnitKind::site ||
        family.kind == UnitKind::batch) {
      most = fleet().code().shape().total();
    }
    if (family.kind == UnitKind::burst) {
      most = std::max(most, std::min(fleet().burst().largest(), fleet().code().shape().total()));
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
  if (!groups.empty()) critical(state, groups, enough, out);
}

double RareMission::cumulative_hazard(const sim::Exposed& exposed, Seconds from, Seconds to) const {
  const sim::Distribution& law = class_of(exposed.unit).law;
  if (law.memoryless()) return exposed.scale * law.cumulative_hazard(to - from);
  return exposed.scale *
         (law.cumulative_hazard(to - exposed.born) - law.cumulative_hazard(from - exposed.born));
}

Seconds RareMission::time_at(const sim::Exposed& exposed, Seconds from, double hazard) const {
  const sim::Distribution& law = class_of(exposed.unit).law;
  const double own = hazard / exposed.scale;
  if (law.memoryless()) return from + law.time_at_hazard(own);
  return exposed.born + law.time_at_hazard(law.cumulative_hazard(from - exposed.born) + own);
}

const sim::Distribution& RareMission::law_of(const Life& life) const {
  return class_of(sim::Unit{life.family, life.unit}).law;
}

double RareMission::gained(const State& state, std::size_t family, Seconds length) const {
  const Family& entry = families_[family];
  double sum = 0;
  const auto add = [&](const sim::Distribution& law, Seconds age, double units) {
    sum += units * (law.cumulative_hazard(age + length) - law.cumulative_hazard(age));
  };
  for (std::uint32_t c = entry.first_class; c < entry.first_class + entry.classes; ++c) {
    const EventClass& pool = fleet().classes()[c];
    if (pool.count > 0) add(pool.law, pool.age + state.now, pool.count);
  }
  for (const Life& life : state.lives) {
    if (life.family == family) add(law_of(life), state.now - life.born, 1);
  }
  return sum;
}

/// The bound is the hazard of all units as if none had been renewed, and that of the renewed ones.
Seconds RareMission::start_time(const State& state, std::size_t family, double hazard) const {
  const EventClass& entry = class_of(family);
  if (uniform(family)) return state.now + entry.law.time_at_hazard(hazard / entry.count);
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
  if (uniform(family)) return sim::Unit{number, entry.first_class | pool_bit};
  double all = 0;
  const auto rate_of_class = [&](std::uint32_t c) {
    const EventClass& pool = fleet().classes()[c];
    return pool.count * pool.law.hazard_rate(pool.age + state.now);
  };
  const auto rate_of_life = [&](const Life& life) {
    return life.family == family ? law_of(life).hazard_rate(state.now - life.born) : 0.0;
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
  if (fleet().classes()[end - 1].count == 0) return std::nullopt;  // rounding
  return sim::Unit{number, (end - 1) | pool_bit};
}

}  // namespace models::fleet
