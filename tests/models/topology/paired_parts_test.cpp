// Paired switches and controllers, power domains and the clients' way in, against a rule that knows
// no graph.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include "models/topology/reachability.h"
#include "models/topology/unit_kinds.h"

namespace models::topology {
namespace {

/// 2 sites x 5 racks x 4 machines; everything that can be paired is.
scenario::Hardware pairs() {
  scenario::Hardware hardware;
  hardware.sites = 2;
  hardware.racks_per_site = 5;
  hardware.machines_per_rack = 4;
  hardware.disks_per_machine = 1;
  hardware.network.rack_switches = 2;
  hardware.network.core_switches = 2;
  hardware.power_domains = 2;
  hardware.controllers = {.count = 2, .machines = 2};
  hardware.front_ends = {.count = 3, .needed = 2};
  hardware.gateways = {.count = 2, .needed = 1};
  return hardware;
}

/// Racks 0-4 of a site in two domains: 0, 1, 2 and 3, 4.
std::uint32_t domain_of_rack(std::uint32_t rack) { return rack / 5 * 2 + (rack % 5 < 3 ? 0 : 1); }

bool all_down(const std::set<Unit>& down, UnitKind kind, std::uint32_t first, std::uint32_t count) {
  for (std::uint32_t i = first; i < first + count; ++i) {
    if (!down.contains({kind, i})) return false;
  }
  return true;
}

bool reached(const std::set<Unit>& down, std::uint32_t machine) {
  const std::uint32_t rack = machine / 4;
  const std::uint32_t site = rack / 5;
  return !down.contains({UnitKind::rack, rack}) && !down.contains({UnitKind::site, site}) &&
         !down.contains({UnitKind::power_domain, domain_of_rack(rack)}) &&
         !all_down(down, UnitKind::rack_switch, rack * 2, 2) &&
         !all_down(down, UnitKind::core_switch, site * 2, 2) &&
         !all_down(down, UnitKind::controller, machine / 2 * 2, 2);
}

bool let_in(const std::set<Unit>& down) {
  int front_ends = 0;
  for (std::uint32_t i = 0; i < 3; ++i) front_ends += !down.contains({UnitKind::front_end, i});
  return front_ends >= 2 && !all_down(down, UnitKind::gateway, 0, 2) &&
         !down.contains({UnitKind::software, 0});
}

constexpr std::array inner_kinds{
    UnitKind::rack,         UnitKind::rack_switch, UnitKind::core_switch,
    UnitKind::power_domain, UnitKind::controller,  UnitKind::gateway,
    UnitKind::front_end,    UnitKind::site,        UnitKind::software};

void expect_agreement(Reachability& reachability, const std::set<Unit>& down) {
  const auto cut = reachability.cut_off(std::vector<Unit>(down.begin(), down.end()));
  for (std::uint32_t machine = 0; machine < 40; ++machine) {
    ASSERT_EQ(cut->contains(machine), !reached(down, machine)) << "machine " << machine;
  }
  ASSERT_EQ(cut->entrance() == Entrance::open, let_in(down));
}

TEST(PairedParts, EveryKindOfUnitIsCounted) {
  const Topology topology(pairs());
  const std::vector<std::pair<UnitKind, std::uint32_t>> counts{
      {UnitKind::disk, 40},        {UnitKind::machine, 40},    {UnitKind::rack, 10},
      {UnitKind::rack_switch, 20}, {UnitKind::core_switch, 4}, {UnitKind::power_domain, 4},
      {UnitKind::controller, 40},  {UnitKind::gateway, 2},     {UnitKind::front_end, 3},
      {UnitKind::site, 2},         {UnitKind::software, 1},    {UnitKind::batch, 1},
      {UnitKind::burst, 2}};
  ASSERT_EQ(counts.size(), static_cast<std::size_t>(unit_kinds));
  for (const auto& [kind, count] : counts) {
    EXPECT_EQ(topology.count(kind), count) << to_string(kind);
    EXPECT_EQ(all_unit_kinds()[static_cast<std::size_t>(kind)].kind, kind);
  }
}

TEST(PairedParts, OnePartOfAPairCutsNothingOff) {
  const Topology topology(pairs());
  Reachability reachability(topology);
  for (const UnitKind kind : {UnitKind::rack_switch, UnitKind::core_switch, UnitKind::controller,
                              UnitKind::gateway, UnitKind::front_end}) {
    for (std::uint32_t i = 0; i < topology.count(kind); ++i) {
      const auto cut = reachability.cut_off(std::vector<Unit>{{kind, i}});
      EXPECT_TRUE(cut->empty()) << to_string(kind) << ' ' << i;
      EXPECT_EQ(cut->entrance(), Entrance::open) << to_string(kind) << ' ' << i;
    }
  }
}

TEST(PairedParts, AnyTwoUnitsAgreeWithTheRule) {
  const Topology topology(pairs());
  Reachability reachability(topology);
  std::vector<Unit> all;
  for (const UnitKind kind : inner_kinds) {
    for (std::uint32_t i = 0; i < topology.count(kind); ++i) all.push_back({kind, i});
  }
  for (const Unit& a : all) {
    for (const Unit& b : all) expect_agreement(reachability, {a, b});
  }
}

TEST(PairedParts, AnySetOfUnitsAgreesWithTheRule) {
  const Topology topology(pairs());
  Reachability reachability(topology);
  std::mt19937 random(5);  // NOLINT: the same sets in every run
  for (int round = 0; round < 2000; ++round) {
    std::set<Unit> down;
    // From few to most units down.
    for (const UnitKind kind : inner_kinds) {
      for (std::uint32_t i = 0; i < topology.count(kind); ++i) {
        if (random() % 20 < static_cast<unsigned>(round % 12)) down.insert({kind, i});
      }
    }
    expect_agreement(reachability, down);
  }
}

TEST(PairedParts, HardwareWithoutFrontEndsLetsEverybodyIn) {
  scenario::Hardware hardware = pairs();
  hardware.front_ends = {};
  hardware.gateways = {};
  const Topology topology(hardware);
  Reachability reachability(topology);
  EXPECT_EQ(reachability.cut_off({})->entrance(), Entrance::open);
  EXPECT_EQ(reachability.cut_off(std::vector<Unit>{{UnitKind::site, 0}})->entrance(),
            Entrance::open);
  EXPECT_EQ(reachability.cut_off(std::vector<Unit>{{UnitKind::software, 0}})->entrance(),
            Entrance::closed);
}

TEST(Topology, TheDisksOfAPlaceAreThoseThatStandInIt) {
  scenario::Hardware hardware = pairs();
  hardware.disks_per_machine = 3;
  for (const int domains : {1, 2, 3, 5}) {
    hardware.power_domains = domains;
    const Topology topology(hardware);
    for (const UnitKind kind : {UnitKind::disk, UnitKind::machine, UnitKind::rack,
                                UnitKind::power_domain, UnitKind::site}) {
      std::uint32_t seen = 0;
      for (std::uint32_t place = 0; place < topology.count(kind); ++place) {
        const auto range = topology.disks_of({kind, place});
        EXPECT_EQ(range.first, seen) << to_string(kind) << ' ' << place;
        for (std::uint32_t disk = range.first; disk < range.end; ++disk) {
          EXPECT_EQ(topology.place_of_disk(kind, disk), place) << to_string(kind);
        }
        seen = range.end;
      }
      EXPECT_EQ(seen, topology.disks());
    }
  }
  EXPECT_EQ(Topology(hardware).disks_of({UnitKind::gateway, 0}).end, 0U);
}

}  // namespace
}  // namespace models::topology
