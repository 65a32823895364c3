// Events that strike a whole rack, power domain or site: some disks die, the others are away for a
// while.
#include <algorithm>
#include <cmath>
#include <utility>

#include "models/fleet/mission.h"

namespace models::fleet {

using topology::Unit;
using topology::UnitKind;

namespace {

/// Which of `candidates` die, each with probability `kills`, given that one does at least: the
/// first to die is geometric, cut at the last; those behind it are free.
void draw_dying(std::span<const std::uint32_t> candidates, double kills, sim::Stream& stream,
                std::vector<std::uint32_t>& dying) {
  const double survival = std::log1p(-kills);  // of one; -inf where all die
  const double any = -std::expm1(static_cast<double>(candidates.size()) * survival);
  const double first = std::log1p(-stream.uniform() * any) / survival;
  const auto last = static_cast<double>(candidates.size()) - 1;
  auto i = static_cast<std::size_t>(std::isfinite(first) ? std::clamp(first, 0.0, last) : 0.0);
  dying.push_back(candidates[i]);
  while (++i < candidates.size()) {
    if (stream.uniform() < kills) dying.push_back(candidates[i]);
  }
}

/// How much more often so many die and are spared with the chance of death drawn from `lures` than
/// with `kills`.
double likelihood_ratio(const Lures& lures, double kills, int dead, int spared) {
  double sum = 0;
  for (const double lure : lures) {
    sum += std::pow(lure / kills, dead) * std::pow((1 - lure) / (1 - kills), spared);
  }
  return sum / static_cast<double>(lures.size());
}

double one_of(const Lures& lures, sim::Stream& stream) { return lures[stream.below(lures.size())]; }

/// Does any of them make a death likelier than it is?
bool attract(const Lures& lures, double kills) {
  return !lures.empty() && *std::ranges::max_element(lures) > kills;
}

/// Mean over `groups`, each given by its disks, of how much more often these die so with `lures`.
double mean_ratio(std::span<const std::span<const std::uint32_t>> groups, const Lures& lures,
                  double kills, std::span<const std::uint32_t> dying) {
  double sum = 0;
  for (const auto disks : groups) {
    const auto dead = static_cast<int>(std::ranges::count_if(disks, [&](std::uint32_t disk) {
      return std::binary_search(dying.begin(), dying.end(), disk);
    }));
    sum += likelihood_ratio(lures, kills, dead, static_cast<int>(disks.size()) - dead);
  }
  return sum / static_cast<double>(groups.size());
}

}  // namespace

/// Working disks of the place that hold a shard of one of the groups, group by group; `several`
/// are the parts of it that belong to groups with more than one.
std::vector<std::uint32_t> Mission::aimed_disks(
    const State& state, topology::Topology::DiskRange place, std::span<const std::uint32_t> aim,
    std::vector<std::span<const std::uint32_t>>& several) const {
  std::vector<std::uint32_t> disks;
  std::vector<std::uint32_t> places(fleet_->map().width());
  std::vector<std::pair<std::size_t, std::size_t>> parts;
  for (const std::uint32_t group : aim) {
    homes(state, group, places);
    const std::size_t begin = disks.size();
    for (const std::uint32_t disk : places) {
      if (disk != repair::no_disk && place.holds(disk)) {
        disks.push_back(disk);
      }
    }
    if (disks.size() - begin > 1) parts.emplace_back(begin, disks.size() - begin);
  }
  for (const auto& [begin, count] : parts) {
    several.push_back(std::span<const std::uint32_t>(disks).subspan(begin, count));
  }
  return disks;
}

/// How much more often the first homes of a group, any with equal chance, die so with the place's
/// lures than as a shock draws it.
double Mission::lured_ratio(const State& state, const Crowd& crowd, double kills,
                            std::span<const std::uint32_t> dying,
                            std::span<const std::uint32_t> idle) const {
  const auto ratio = [&](int dead, int spared) {
    return likelihood_ratio(crowd.lures, kills, dead, spared);
  };
  double sum = 0;  // over groups, as if no disk had died or stood idle
  for (std::size_t n = 0; n < crowd.groups_with.size(); ++n) {
    sum += crowd.groups_with[n] * ratio(0, static_cast<int>(n));
  }
  const std::uint32_t width = fleet_->map().width();
  std::vector<std::uint32_t> touched;
  for (const auto disks : {dying, idle}) {
    for (const std::uint32_t disk : disks) {
      for (const std::uint32_t shard : fleet_->map().shards_of(disk)) {
        touched.push_back(shard / width);
      }
    }
  }
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  for (const std::uint32_t group : touched) {
    int inside = 0;
    int dead = 0;
    int out = 0;
    for (const std::uint32_t disk : fleet_->map().members(group)) {
      if (!crowd.disks.holds(disk)) continue;
      ++inside;
      if (std::binary_search(dying.begin(), dying.end(), disk)) ++dead;
      if (!works(state, {UnitKind::disk, disk})) ++out;
    }
    sum += ratio(dead, inside - dead - out) - ratio(0, inside);
  }
  return sum / fleet_->map().groups();
}

/// Groups that a rebuild brought a shard into the place, as far as they are few.
std::vector<std::uint32_t> Mission::newcomers(const State& state,
                                              topology::Topology::DiskRange place) const {
  constexpr std::size_t few = 4096;
  const std::uint32_t width = fleet_->map().width();
  std::vector<std::uint32_t> groups;
  for (std::uint32_t disk = place.first; disk < place.end; disk += place.step) {
    const auto* added = state.catalogue.added.find(disk);
    if (added == nullptr) continue;
    for (const std::uint32_t shard : *added) groups.push_back(shard / width);
    if (groups.size() > few) return {};
  }
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  return groups;
}

/// Draws who dies in an injected shock and returns the weight of the draw. A place that holds
/// several shards of a group can lose them in one event, which a natural draw hardly ever shows: so
/// draws are a mixture, in equal parts, of natural ones, of those that lure a group to die where it
/// stood first, and of those that lure one to die which a rebuild has brought together. The weight
/// stays below the number of parts.
double Mission::draw_lured(const State& state, const EventClass& entry, const Crowd& crowd,
                           sim::Stream& stream, std::vector<std::uint32_t>& dying) {
  std::vector<std::span<const std::uint32_t>> together;
  const auto disks_of_newcomers =
      aimed_disks(state, crowd.disks, newcomers(state, crowd.disks), together);
  std::size_t largest = 1;
  for (const auto disks : together) largest = std::max(largest, disks.size());
  const Lures late_lures = fleet_->lures(largest);
  const bool first = attract(crowd.lures, entry.kills);
  const bool late = attract(late_lures, entry.kills);
  const double parts = 1.0 + (first ? 1.0 : 0.0) + (late ? 1.0 : 0.0);
  const double part = parts > 1 ? std::floor(parts * stream.uniform()) : 0;
  std::vector<std::uint32_t> bait;
  if (part == 1 && first) {
    const auto group = static_cast<std::uint32_t>(stream.below(fleet_->map().groups()));
    const auto members = fleet_->map().members(group);
    bait.assign(members.begin(), members.end());
  } else if (part > 0) {
    const auto disks = together[stream.below(together.size())];
    bait.assign(disks.begin(), disks.end());
  }
  std::sort(bait.begin(), bait.end());
  double lure = entry.kills;
  if (part > 0) lure = one_of(part == 1 && first ? crowd.lures : late_lures, stream);
  std::vector<std::uint32_t> idle;
  for (std::uint32_t disk = crowd.disks.first; disk < crowd.disks.end; disk += crowd.disks.step) {
    if (!works(state, {UnitKind::disk, disk})) {
      idle.push_back(disk);
      continue;
    }
    const bool lured = std::binary_search(bait.begin(), bait.end(), disk);
    if (stream.uniform() < (lured ? lure : entry.kills)) dying.push_back(disk);
  }
  double density = 1;  // over the natural one
  if (first) density += lured_ratio(state, crowd, entry.kills, dying, idle);
  if (late) density += mean_ratio(together, late_lures, entry.kills, dying);
  return parts / density;
}

void Mission::shock(State& state, const EventClass& entry, std::uint32_t unit,
                    sim::Stream& stream) {
  settle(state);  // rebuilt shards may have moved here, or away
  const auto place = fleet_->topology().disks_of({entry.kind, unit});
  std::vector<std::uint32_t> dying;
  for (std::uint32_t disk = place.first; disk < place.end; disk += place.step) {
    if (works(state, {UnitKind::disk, disk}) && stream.uniform() < entry.kills) {
      dying.push_back(disk);
    }
  }
  apply_shock(state, entry, unit, dying, stream);
}

/// The same where one of the groups aimed at has to lose a shard. If some of them have several
/// here, half of the draws are natural given that, in the other half the disks of one of these, any
/// with equal chance, die with one of the lures. Returns 0 if none of them loses a shard.
double Mission::draw_aimed(const State& state, const EventClass& entry, const Crowd& crowd,
                           std::span<const std::uint32_t> aim, sim::Stream& stream,
                           std::vector<std::uint32_t>& dying) {
  std::vector<std::span<const std::uint32_t>> several;
  const std::vector<std::uint32_t> by_group = aimed_disks(state, crowd.disks, aim, several);
  if (by_group.empty()) return 0;
  std::vector<std::uint32_t> aimed = by_group;
  std::sort(aimed.begin(), aimed.end());
  aimed.erase(std::unique(aimed.begin(), aimed.end()), aimed.end());
  std::size_t largest = 1;
  for (const auto disks : several) largest = std::max(largest, disks.size());
  const Lures lures = fleet_->lures(largest);
  const bool attracts = attract(lures, entry.kills);
  const double any = -std::expm1(static_cast<double>(aimed.size()) * std::log1p(-entry.kills));
  std::span<const std::uint32_t> bait;
  double lure = entry.kills;
  const bool conditioned = !attracts || stream.uniform() < 0.5;
  if (conditioned) {
    draw_dying(aimed, entry.kills, stream, dying);
  } else {
    bait = several[stream.below(several.size())];
    lure = one_of(lures, stream);
  }
  for (std::uint32_t disk = crowd.disks.first; disk < crowd.disks.end; disk += crowd.disks.step) {
    if (conditioned && std::binary_search(aimed.begin(), aimed.end(), disk)) continue;
    if (!works(state, {UnitKind::disk, disk})) continue;
    const bool lured = std::find(bait.begin(), bait.end(), disk) != bait.end();
    if (stream.uniform() < (lured ? lure : entry.kills)) dying.push_back(disk);
  }
  std::sort(dying.begin(), dying.end());
  if (!attracts) return any;
  const auto dies = [&](std::uint32_t disk) {
    return std::binary_search(dying.begin(), dying.end(), disk);
  };
  if (std::none_of(aimed.begin(), aimed.end(), dies)) return 0;
  return 1 / (0.5 / any + 0.5 * mean_ratio(several, lures, entry.kills, dying));
}

double Mission::inject_shock(State& state, const EventClass& entry, std::uint32_t unit,
                             std::span<const std::uint32_t> aim, sim::Stream& stream) {
  settle(state);
  const Crowd& crowd = fleet_->crowd_of({entry.kind, unit});
  std::vector<std::uint32_t> dying;
  const double weight = aim.empty() ? draw_lured(state, entry, crowd, stream, dying)
                                    : draw_aimed(state, entry, crowd, aim, stream, dying);
  if (weight > 0) apply_shock(state, entry, unit, dying, stream);
  return weight;
}

/// @param dying  disks, ascending
void Mission::apply_shock(State& state, const EventClass& entry, std::uint32_t unit,
                          std::span<const std::uint32_t> dying, sim::Stream& stream) {
  const Unit struck{entry.kind, unit};
  const Seconds away_for = entry.duration->sample(stream);
  const Seconds report = until_report(stream);
  const bool wipe = entry.harm == Harm::wipe;
  tell(state, std::string(to_string(entry.kind)) + (wipe ? " wiped" : " shock"), struck,
       std::to_string(dying.size()) + (wipe ? " disks lose their data" : " disks die"));
  cause(entry, unit);
  if (!dying.empty()) {
    LossEvent* event = lose_disks(state, dying, struck, report, stream);
    for (const std::uint32_t disk : dying) {
      if (!wipe) {
        const Seconds due = state.now + fleet_->repair().new_hardware().sample(stream);
        event->orders.push_back({UnitKind::disk, disk, due});
        continue;
      }
      state.queue.push(state.now + away_for,
                       Event{Event::Kind::replaced, static_cast<std::uint32_t>(UnitKind::disk),
                             disk, state.disks.at(disk).generation});
    }
  }
  // A lot of disks stands in no one place.
  if (!wipe && entry.kind != UnitKind::batch) start_outage(state, struck, away_for);
}

}  // namespace models::fleet
