#include "models/placement/placement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "tests/models/small_hardware.h"

namespace models::placement {
namespace {

using models::testing::hardware;

struct Case {
  int racks, machines, disks, width, groups, per_rack, per_machine;
};

class EveryPlacement : public ::testing::TestWithParam<Case> {};

TEST_P(EveryPlacement, KeepsItsLimitsAndSpreadsEvenly) {
  const Case c = GetParam();
  for (const PlacementKind& kind : all_placements()) {
    const topology::Topology topology(hardware(c.racks, c.machines, c.disks));
    // One pool of all disks, one side: what the kinds have in common.
    Rules rules{{std::string(kind.name), c.groups, c.per_rack, c.per_machine}, {}, {}};
    if (kind.name == "partitioned") rules.spec.pool = static_cast<int>(topology.disks());
    // About a set for each group, and shards in all racks.
    const int shards_of_disk = c.groups * c.width / static_cast<int>(topology.disks());
    if (kind.name == "copysets") rules.spec.scatter_width = (c.width - 1) * shards_of_disk;
    if (kind.name == "hierarchical") rules.spec.racks = std::min(c.racks, c.width);
    const auto placement = kind.make(std::move(rules));
    sim::Stream stream(1, sim::Purpose::placement);
    const PlacementMap map = placement->build(topology, c.width, c.groups, stream);
    ASSERT_EQ(map.groups(), static_cast<std::uint32_t>(c.groups));
    for (std::uint32_t group = 0; group < map.groups(); ++group) {
      std::map<std::uint32_t, int> racks;
      std::map<std::uint32_t, int> machines;
      std::map<std::uint32_t, int> disks;
      for (const std::uint32_t disk : map.members(group)) {
        ++disks[disk];
        ++machines[topology.machine_of(disk)];
        ++racks[topology.rack_of_disk(disk)];
      }
      for (const auto& [disk, count] : disks) ASSERT_EQ(count, 1) << "group " << group;
      for (const auto& [machine, count] : machines) ASSERT_LE(count, c.per_machine);
      for (const auto& [rack, count] : racks) ASSERT_LE(count, c.per_rack);
    }
    std::size_t least = map.shards_of(0).size();
    std::size_t most = least;
    std::size_t all = 0;
    for (std::uint32_t disk = 0; disk < topology.disks(); ++disk) {
      least = std::min(least, map.shards_of(disk).size());
      most = std::max(most, map.shards_of(disk).size());
      all += map.shards_of(disk).size();
      for (const std::uint32_t shard : map.shards_of(disk)) {
        ASSERT_EQ(map.members(shard / map.width())[shard % map.width()], disk);
      }
    }
    EXPECT_EQ(all, static_cast<std::size_t>(c.groups) * static_cast<std::size_t>(c.width));
    // A set that holds one group more than others adds one to all of its disks.
    EXPECT_LE(most - least, kind.name == "copysets" ? 8U : 3U) << kind.name;
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, EveryPlacement,
                         ::testing::Values(Case{20, 5, 4, 3, 5000, 1, 1},
                                           Case{20, 5, 4, 14, 5000, 1, 1},
                                           Case{14, 1, 1, 14, 50, 1, 1},
                                           Case{3, 4, 5, 9, 700, 3, 1},
                                           Case{1, 3, 4, 9, 300, 9, 3}));

TEST(Placement, ADiskNeverHoldsTwoShardsOfAGroup) {
  const topology::Topology topology(hardware(1, 2, 4));
  const auto placement = make_placement({"declustered", 1, 8, 4});
  const PlacementMap map({}, 1, topology.disks());
  Occupancy others(topology);
  others.add(0);
  others.add(5);
  EXPECT_FALSE(placement->allowed(others, map, 0, 0, 5));
  EXPECT_TRUE(placement->allowed(others, map, 0, 0, 6));
  others.clear();
  EXPECT_TRUE(placement->allowed(others, map, 0, 0, 5));
}

}  // namespace
}  // namespace models::placement
