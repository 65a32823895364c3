// Few sets of disks, and several shards of a group in each of a few racks.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "models/placement/placement.h"
#include "tests/models/small_hardware.h"

namespace models::placement {
namespace {

using models::testing::hardware;

/// @param per_rack shards of one group
scenario::Placement spec(std::string kind, int per_rack) {
  scenario::Placement result;
  result.kind = std::move(kind);
  result.max_per_rack = per_rack;
  return result;
}

PlacementMap build(const Placement& placement, const topology::Topology& topology, int width,
                   int groups) {
  sim::Stream stream(1, sim::Purpose::placement);
  return placement.build(topology, width, groups, stream);
}

std::set<std::vector<std::uint32_t>> sets_of(const PlacementMap& map) {
  std::set<std::vector<std::uint32_t>> sets;
  for (std::uint32_t group = 0; group < map.groups(); ++group) {
    std::vector<std::uint32_t> set(map.members(group).begin(), map.members(group).end());
    std::ranges::sort(set);
    sets.insert(set);
  }
  return sets;
}

TEST(Copysets, MakeAsManySetsAsTheScatterWidthSays) {
  const topology::Topology topology(hardware(50, 10, 1));
  auto rules = spec("copysets", 1);
  rules.scatter_width = 10;
  const auto placement = make_placement(rules);
  const PlacementMap map = build(*placement, topology, 3, 20000);
  EXPECT_EQ(sets_of(map).size(), 5U * 500U / 3U);  // 10 / (3 - 1) decks of 500 disks
  for (std::uint32_t disk = 0; disk < topology.disks(); ++disk) {
    std::set<std::uint32_t> partners;
    for (const std::uint32_t shard : map.shards_of(disk)) {
      for (const std::uint32_t other : map.members(shard / 3)) partners.insert(other);
    }
    EXPECT_LE(partners.size(), 13U) << disk;  // itself and 10; 12 where a deck was cut
    EXPECT_GE(partners.size(), 7U) << disk;
  }
}

TEST(Copysets, ALostShardGoesHomeOrToItsOneStandIn) {
  const topology::Topology topology(hardware(6, 3, 2));
  auto rules = spec("copysets", 1);
  rules.scatter_width = 4;
  const auto placement = make_placement(rules);
  const PlacementMap map = build(*placement, topology, 3, 100);
  Occupancy others(topology);
  for (std::uint32_t group = 0; group < map.groups(); ++group) {
    for (int slot = 0; slot < 3; ++slot) {
      const std::uint32_t home = map.members(group)[static_cast<std::size_t>(slot)];
      others.clear();
      for (const std::uint32_t disk : map.members(group)) {
        if (disk != home) others.add(disk);
      }
      std::set<std::uint32_t> may;
      for (std::uint32_t disk = 0; disk < topology.disks(); ++disk) {
        if (placement->allowed(others, map, group, slot, disk)) may.insert(disk);
      }
      EXPECT_EQ(may, (std::set<std::uint32_t>{home, map.stand_in(group, slot)}));
      EXPECT_EQ(may.size(), 2U);
    }
  }
}

TEST(Copysets, WithoutAnotherDiskTheFirstHomeIsTheStandIn) {
  const topology::Topology topology(hardware(3, 1, 1));
  auto rules = spec("copysets", 1);
  rules.scatter_width = 2;
  const PlacementMap map = build(*make_placement(rules), topology, 3, 4);
  for (std::uint32_t group = 0; group < map.groups(); ++group) {
    for (int slot = 0; slot < 3; ++slot) {
      EXPECT_EQ(map.stand_in(group, slot), map.members(group)[static_cast<std::size_t>(slot)]);
    }
  }
}

TEST(Hierarchical, NineShardsInThreeOfManyRacksAreThreeInEach) {
  const topology::Topology topology(hardware(32, 32, 1));
  auto rules = spec("hierarchical", 3);
  rules.racks = 3;
  const auto placement = make_placement(rules);
  const PlacementMap map = build(*placement, topology, 9, 2000);
  std::set<std::set<std::uint32_t>> triples;
  for (std::uint32_t group = 0; group < map.groups(); ++group) {
    std::map<std::uint32_t, int> in_rack;
    for (const std::uint32_t disk : map.members(group)) ++in_rack[topology.rack_of_disk(disk)];
    ASSERT_EQ(in_rack.size(), 3U);
    std::set<std::uint32_t> racks;
    for (const auto& [rack, count] : in_rack) {
      EXPECT_EQ(count, 3);
      racks.insert(rack);
    }
    triples.insert(racks);
  }
  EXPECT_GT(triples.size(), 1500U);  // of 4,960: any three racks
}

TEST(Hierarchical, AShardStaysInItsRack) {
  const topology::Topology topology(hardware(4, 3, 2));
  auto rules = spec("hierarchical", 2);
  rules.racks = 3;
  const auto placement = make_placement(rules);
  const PlacementMap map = build(*placement, topology, 6, 50);
  for (std::uint32_t disk = 0; disk < topology.disks(); ++disk) {
    EXPECT_EQ(placement->serves(topology, map, 7, 2, disk),
              topology.rack_of_disk(disk) == topology.rack_of_disk(map.members(7)[2]));
  }
}

}  // namespace
}  // namespace models::placement
