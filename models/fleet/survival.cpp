#include "models/fleet/survival.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <utility>

#include "models/topology/reachability.h"
#include "sim/contract.h"

namespace models::fleet {

namespace {

using topology::Topology;
using topology::UnitKind;

template <UnitKind kind>
std::uint32_t count_of(const Topology& topology) {
  return topology.count(kind);
}

using Units = std::span<const std::uint32_t>;

template <UnitKind kind>
std::vector<std::uint32_t> disks_in(const Topology& topology, Units places) {
  return topology.disks_of(kind, places);
}

template <UnitKind kind>
std::vector<std::uint32_t> disks_cut_off(const Topology& topology, Units units_down) {
  topology::Reachability reachability(topology);
  std::vector<topology::Unit> down;
  for (const std::uint32_t unit : units_down) down.push_back({kind, unit});
  const auto cut = reachability.cut_off(down);
  // Clients that are not let in reach no disk.
  if (cut->entrance() == topology::Entrance::closed) {
    std::vector<std::uint32_t> all(topology.disks());
    std::iota(all.begin(), all.end(), 0U);
    return all;
  }
  return topology.disks_of(UnitKind::machine, cut->machines());
}

std::uint32_t alone(const Topology& /*topology*/) { return 1; }

constexpr bool destroys = true;
constexpr std::array units{
    LossUnit{"disk", "disks", destroys, count_of<UnitKind::disk>, disks_in<UnitKind::disk>, alone},
    LossUnit{"machine", "machines", destroys, count_of<UnitKind::machine>,
             disks_in<UnitKind::machine>, alone},
    LossUnit{"rack", "racks", destroys, count_of<UnitKind::rack>, disks_in<UnitKind::rack>, alone},
    LossUnit{"rack switch", "rack switches", !destroys, count_of<UnitKind::rack_switch>,
             disks_cut_off<UnitKind::rack_switch>,
             [](const Topology& t) { return t.count(UnitKind::rack_switch) / t.racks(); }},
    LossUnit{"core switch", "core switches", !destroys, count_of<UnitKind::core_switch>,
             disks_cut_off<UnitKind::core_switch>,
             [](const Topology& t) { return t.count(UnitKind::core_switch) / t.sites(); }},
    LossUnit{"site", "sites", destroys, count_of<UnitKind::site>, disks_in<UnitKind::site>, alone},
    LossUnit{"power domain", "power domains", !destroys, count_of<UnitKind::power_domain>,
             disks_cut_off<UnitKind::power_domain>, alone},
    LossUnit{"controller", "controllers", !destroys, count_of<UnitKind::controller>,
             disks_cut_off<UnitKind::controller>,
             [](const Topology& t) { return t.controllers_abreast(); }},
    LossUnit{
        "gateway", "gateways", !destroys, count_of<UnitKind::gateway>,
        disks_cut_off<UnitKind::gateway>,
        [](const Topology& t) { return t.count(UnitKind::gateway) - t.gateways_needed() + 1; }},
    LossUnit{
        "front end", "front ends", !destroys, count_of<UnitKind::front_end>,
        disks_cut_off<UnitKind::front_end>,
        [](const Topology& t) { return t.count(UnitKind::front_end) - t.front_ends_needed() + 1; }},
};

/// Which unit each disk goes with; where `abreast` units stand in for one another, with the first
/// of them, when all are gone.
constexpr std::uint32_t no_unit = 0xFFFFFFFF;
std::vector<std::uint32_t> unit_of_disks(const Topology& topology, const LossUnit& unit,
                                         std::uint32_t abreast, sim::Limit* limit) {
  std::vector<std::uint32_t> unit_of(topology.disks(), no_unit);
  std::vector<std::uint32_t> together(abreast);
  for (std::uint32_t u = 0; u + abreast <= unit.count(topology); u += abreast) {
    if (limit != nullptr && limit->look()) break;
    std::iota(together.begin(), together.end(), u);
    for (const std::uint32_t disk : unit.disks(topology, together)) {
      if (unit_of[disk] == no_unit) unit_of[disk] = u;
    }
  }
  return unit_of;
}

/// The shards of one group by the unit that they go with.
using Parts = std::vector<std::pair<std::uint32_t, codes::ShardSet>>;

void part(std::span<const std::uint32_t> members, const std::vector<std::uint32_t>& unit_of,
          Parts& parts) {
  parts.clear();
  for (std::size_t slot = 0; slot < members.size(); ++slot) {
    const std::uint32_t unit = unit_of[members[slot]];
    if (unit == no_unit) continue;
    auto found = std::ranges::find(parts, unit, &Parts::value_type::first);
    if (found == parts.end()) found = parts.insert(parts.end(), {unit, {}});
    found->second.set(slot);
  }
}

bool is_fatal(const codes::Code& code, const codes::ShardSet& gone) {
  return gone.count() > static_cast<std::size_t>(code.tolerance()) && !code.recoverable(gone);
}

/// Units of the group whose loss it does not survive; empty if it survives any `count`.
std::vector<std::uint32_t> fatal_units(const codes::Code& code, const Parts& parts, int count) {
  for (const auto& [unit, shards] : parts) {
    if (is_fatal(code, shards)) return {unit};
  }
  for (std::size_t i = 0; count > 1 && i < parts.size(); ++i) {
    for (std::size_t j = i + 1; j < parts.size(); ++j) {
      if (!is_fatal(code, parts[i].second | parts[j].second)) continue;
      return {std::min(parts[i].first, parts[j].first), std::max(parts[i].first, parts[j].first)};
    }
  }
  return {};
}

std::uint64_t groups_hit(const Fleet& fleet, const std::vector<std::uint32_t>& unit_of,
                         const std::vector<std::uint32_t>& lost) {
  std::uint64_t hit = 0;
  for (std::uint32_t group = 0; group < fleet.map().groups(); ++group) {
    const auto members = fleet.map().members(group);
    codes::ShardSet gone;
    for (std::size_t slot = 0; slot < members.size(); ++slot) {
      if (std::ranges::find(lost, unit_of[members[slot]]) != lost.end()) gone.set(slot);
    }
    hit += is_fatal(fleet.code(), gone) ? 1 : 0;
  }
  return hit;
}

/// The fleet as the planner sees it when some disks have just been lost and all else is whole.
class AfterLoss final : public repair::FleetView {
 public:
  explicit AfterLoss(const Fleet& fleet) : fleet_(fleet), lost_(fleet.topology().disks()) {}
  void lose(std::uint32_t disk) { lost_[disk] = 1; }
  void restore(std::uint32_t disk) { lost_[disk] = 0; }

  Seconds now() const override { return {}; }
  const Topology& topology() const override { return fleet_.topology(); }
  const placement::PlacementMap& first_homes() const override { return fleet_.map(); }
  bool readable(std::uint32_t disk) const override { return lost_[disk] == 0; }
  std::int64_t free_shards(std::uint32_t disk) const override {
    if (!readable(disk)) return 0;
    return fleet_.disk_slots() - static_cast<std::int64_t>(fleet_.map().shards_of(disk).size());
  }
  bool empty(std::uint32_t disk) const override {
    return readable(disk) && fleet_.map().shards_of(disk).empty();
  }
  void members(std::uint32_t group, std::span<std::uint32_t> homes) const override {
    const auto first = fleet_.map().members(group);
    for (std::size_t slot = 0; slot < first.size(); ++slot) {
      homes[slot] = readable(first[slot]) ? first[slot] : repair::no_disk;
    }
  }
  void under_way(std::vector<repair::UnderWay>& /*shards*/) const override {}

 private:
  const Fleet& fleet_;
  std::vector<char> lost_;
};

std::vector<repair::LostShard> lost_shards(const Fleet& fleet,
                                           std::span<const std::uint32_t> disks) {
  const std::uint32_t width = fleet.map().width();
  std::vector<repair::LostShard> shards;
  for (const std::uint32_t disk : disks) {
    for (const std::uint32_t shard : fleet.map().shards_of(disk)) {
      shards.push_back({shard / width, static_cast<std::uint16_t>(shard % width), 1.0F,
                        repair::no_disk, disk, 0});
    }
  }
  return shards;
}

/// The `number`-th set of `count` of `units` units, in the order 0-1, 0-2, ..., 1-2, ...
std::vector<std::uint32_t> set_of(std::uint64_t number, std::uint64_t total, int count) {
  if (count == 1) return {static_cast<std::uint32_t>(number)};
  std::uint64_t first = 0;
  while (number >= total - 1 - first) {
    number -= total - 1 - first;
    ++first;
  }
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(first + 1 + number)};
}

/// Sets that can be planned in about a second; the rest is left out, and that is told.
std::uint64_t affordable(const Fleet& fleet, std::uint64_t total, int count) {
  constexpr double most_shards_planned = 5e5;
  constexpr double most_places_looked_at = 2e8;
  const auto& topology = fleet.topology();
  const double shards = static_cast<double>(fleet.map().groups()) * fleet.map().width();
  const double planned = std::max(1.0, shards * count / static_cast<double>(total));
  const double places = topology.disks() + topology.machines();
  return static_cast<std::uint64_t>(
      std::max(1.0, std::min(most_shards_planned / planned, most_places_looked_at / places)));
}

}  // namespace

std::span<const LossUnit> all_loss_units() { return units; }

const LossUnit& find_loss_unit(std::string_view name) {
  const auto found = std::ranges::find(units, name, &LossUnit::name);
  EXPECTS(found != units.end());
  return *found;
}

std::optional<Exception> unreadable_after(const Fleet& fleet, const LossUnit& unit, int count,
                                          sim::Limit* limit) {
  const std::uint32_t abreast = unit.abreast(fleet.topology());
  // As long as one of them is left, nothing is cut off.
  if (abreast > static_cast<std::uint32_t>(count)) return std::nullopt;
  const auto unit_of = unit_of_disks(fleet.topology(), unit, abreast, limit);
  const int sets = count / static_cast<int>(abreast);
  Parts parts;
  for (std::uint32_t group = 0; group < fleet.map().groups(); ++group) {
    if (limit != nullptr && limit->step()) return std::nullopt;
    part(fleet.map().members(group), unit_of, parts);
    std::vector<std::uint32_t> fatal = fatal_units(fleet.code(), parts, sets);
    if (fatal.empty()) continue;
    const std::uint64_t hit = groups_hit(fleet, unit_of, fatal);
    if (abreast == 2) fatal.push_back(fatal.front() + 1);
    return Exception{std::move(fatal), hit, fleet.map().groups()};
  }
  return std::nullopt;
}

Rehoming homeless_after(const Fleet& fleet, const LossUnit& unit, int count, std::uint64_t seed,
                        sim::Limit* limit) {
  const std::uint64_t total = unit.count(fleet.topology());
  Rehoming answer;
  answer.sets = count == 1 ? total : total * (total - 1) / 2;
  answer.looked_at = std::min(answer.sets, affordable(fleet, total, count));
  AfterLoss view(fleet);
  repair::PlanningSpace space;
  for (std::uint64_t i = 0; i < answer.looked_at; ++i) {
    if (limit != nullptr && limit->look()) return answer;
    std::vector<std::uint32_t> lost = set_of(i * answer.sets / answer.looked_at, total, count);
    const std::vector<std::uint32_t> disks = unit.disks(fleet.topology(), lost);
    for (const std::uint32_t disk : disks) view.lose(disk);
    const std::vector<repair::LostShard> shards = lost_shards(fleet, disks);
    sim::Stream stream(seed, sim::Purpose::policy, {i, 0, 0, 0});
    const repair::Plan plan = fleet.planner().decide(shards, view, stream, space);
    for (const std::uint32_t disk : disks) view.restore(disk);
    if (plan.waiting.empty()) continue;
    answer.exception = Exception{std::move(lost), plan.waiting.size(), shards.size()};
    return answer;
  }
  return answer;
}

std::string names_of(const LossUnit& unit, const std::vector<std::uint32_t>& units_lost) {
  if (units_lost.size() == 1) return fmt::format("{} {}", unit.name, units_lost.front());
  return fmt::format("{} {} and {}", unit.plural, units_lost.front(), units_lost.back());
}

}  // namespace models::fleet
