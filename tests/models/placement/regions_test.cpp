// Pools, sides, hot spares and several shards in a domain.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "models/placement/domains.h"
#include "models/placement/placement.h"

namespace models::placement {
namespace {

using scenario::Domain;

scenario::Hardware hardware(int sites, int racks, int machines, int disks) {
  scenario::Hardware result;
  result.sites = sites;
  result.racks_per_site = racks;
  result.machines_per_rack = machines;
  result.disks_per_machine = disks;
  return result;
}

scenario::Placement spec(std::string kind, int per_rack, int per_machine) {
  return {std::move(kind), 600, per_rack, per_machine};
}

codes::CodeSpec rs(int k, int m) { return {"reed-solomon", {{"data", k}, {"parity", m}}}; }

PlacementMap build(const topology::Topology& topology, const scenario::Strategy& strategy) {
  const auto code = codes::make_code(strategy.code);
  sim::Stream stream(1, sim::Purpose::placement);
  return make_placement(strategy, *code)
      ->build(topology, code->shape().total(), strategy.placement.groups, stream);
}

scenario::Strategy strategy(codes::CodeSpec code, scenario::Placement placement) {
  scenario::Strategy result;
  result.code = std::move(code);
  result.placement = std::move(placement);
  return result;
}

/// Shards of every group in each domain of a kind, the fullest domain first.
std::set<std::vector<int>> shapes(const topology::Topology& topology, const PlacementMap& map,
                                  Domain kind) {
  std::set<std::vector<int>> all;
  for (std::uint32_t group = 0; group < map.groups(); ++group) {
    std::map<std::uint32_t, int> in;
    for (const std::uint32_t disk : map.members(group)) ++in[domain_of(topology, kind, disk)];
    std::vector<int> counts;
    for (const auto& [domain, count] : in) counts.push_back(count);
    std::ranges::sort(counts, std::greater{});
    all.insert(counts);
  }
  return all;
}

using Shapes = std::set<std::vector<int>>;

TEST(SeveralShardsInADomain, NineOverThreeRacksAreThreeInEach) {
  const topology::Topology topology(hardware(1, 3, 4, 5));
  const auto map = build(topology, strategy(rs(6, 3), spec("declustered", 9, 9)));
  EXPECT_EQ(shapes(topology, map, Domain::rack), (Shapes{{3, 3, 3}}));
  EXPECT_EQ(shapes(topology, map, Domain::machine), (Shapes{{1, 1, 1, 1, 1, 1, 1, 1, 1}}));
}

TEST(SeveralShardsInADomain, NoDomainHoldsMoreThanItMust) {
  const topology::Topology topology(hardware(2, 2, 3, 5));
  const auto map = build(topology, strategy(rs(6, 3), spec("declustered", 9, 9)));
  for (const auto& counts : shapes(topology, map, Domain::site)) EXPECT_EQ(counts[0], 5);
  for (const auto& counts : shapes(topology, map, Domain::rack)) EXPECT_EQ(counts[0], 3);
  for (const auto& counts : shapes(topology, map, Domain::machine)) EXPECT_EQ(counts[0], 1);
}

TEST(SeveralShardsInADomain, ASiteHoldsNoMoreThanItsLimit) {
  const topology::Topology topology(hardware(3, 4, 1, 2));
  auto placement = spec("declustered", 4, 1);
  placement.max_per_site = 2;
  const auto map = build(topology, strategy(rs(3, 2), placement));
  EXPECT_EQ(shapes(topology, map, Domain::site), (Shapes{{2, 2, 1}}));
  const auto made = make_placement(placement);
  Occupancy others(topology);
  others.add(0);
  others.add(2);
  EXPECT_FALSE(made->fits(others, 2));
  EXPECT_TRUE(made->fits(others, 4));
}

TEST(Partitioned, EveryGroupLivesInOnePoolAndPoolsAreEquallyFull) {
  const topology::Topology topology(hardware(1, 4, 3, 4));
  auto placement = spec("partitioned", 3, 1);
  placement.pool = 12;
  const auto s = strategy(rs(6, 2), placement);
  const auto map = build(topology, s);
  const Pools pools{12, Domain::fleet};
  ASSERT_EQ(pools.count(topology), 4U);
  std::map<std::uint32_t, int> groups;
  for (std::uint32_t group = 0; group < map.groups(); ++group) {
    std::set<std::uint32_t> in;
    for (const std::uint32_t disk : map.members(group)) in.insert(*pools.of(topology, disk));
    ASSERT_EQ(in.size(), 1U);
    ++groups[*in.begin()];
  }
  for (const auto& [pool, count] : groups) EXPECT_EQ(count, 150) << pool;
  for (std::uint32_t disk = 0; disk < topology.disks(); ++disk) {
    EXPECT_NEAR(static_cast<double>(map.shards_of(disk).size()), 100, 2);
  }
  EXPECT_EQ(shapes(topology, map, Domain::rack), (Shapes{{2, 2, 2, 2}}));
}

TEST(Partitioned, PoolsWithinAMachineAreItsOwnDisks) {
  const topology::Topology topology(hardware(1, 2, 2, 9));
  auto placement = spec("partitioned", 8, 8);
  placement.pool = 8;
  placement.within = Domain::machine;
  const auto map = build(topology, strategy(rs(6, 2), placement));
  EXPECT_EQ(shapes(topology, map, Domain::machine), (Shapes{{8}}));
  for (std::uint32_t machine = 0; machine < 4; ++machine) {  // the ninth disk is left over
    EXPECT_TRUE(map.shards_of(topology.first_disk(machine) + 8).empty());
  }
}

TEST(Partitioned, AShardNeverLeavesItsPool) {
  const topology::Topology topology(hardware(1, 4, 3, 4));
  auto placement = spec("partitioned", 3, 1);
  placement.pool = 12;
  const auto made = make_placement(placement);
  const Pools pools{12, Domain::fleet};
  const PlacementMap map({}, 1, topology.disks());
  for (std::uint32_t disk = 0; disk < topology.disks(); ++disk) {
    EXPECT_EQ(made->serves(topology, map, 6, 0, disk), *pools.of(topology, disk) == 2) << disk;
  }
}

TEST(Domains, EveryDiskHasAPlaceOfItsOwnInEveryKindOfDomain) {
  const topology::Topology topology(hardware(2, 3, 4, 5));
  for (const Domain kind : {Domain::machine, Domain::rack, Domain::site, Domain::fleet}) {
    std::set<std::pair<std::uint32_t, std::uint32_t>> places;
    for (std::uint32_t disk = 0; disk < topology.disks(); ++disk) {
      const auto rank = rank_in_domain(topology, kind, disk);
      ASSERT_LT(rank, disks_in_domain(topology, kind));
      places.emplace(domain_of(topology, kind, disk), rank);
    }
    EXPECT_EQ(places.size(), topology.disks());
  }
}

codes::CodeSpec mirror(codes::CodeSpec inside) {
  return {"mirror", {{"copies", 2}}, {std::move(inside)}};
}

TEST(Mirrored, EachArrayLiesOnItsOwnSide) {
  const topology::Topology topology(hardware(2, 5, 2, 3));
  auto placement = spec("mirrored", 1, 1);
  placement.across = Domain::site;
  const auto map = build(topology, strategy(mirror(rs(3, 2)), placement));
  for (std::uint32_t group = 0; group < map.groups(); ++group) {
    for (std::uint32_t slot = 0; slot < 10; ++slot) {
      EXPECT_EQ(domain_of(topology, Domain::site, map.members(group)[slot]), slot / 5);
    }
  }
  EXPECT_EQ(shapes(topology, map, Domain::rack), (Shapes{std::vector<int>(10, 1)}));
}

TEST(Mirrored, ArraysWhoseSlotsAreScatteredStayTogetherToo) {
  const topology::Topology topology(hardware(1, 6, 2, 3));
  auto placement = spec("mirrored", 2, 1);
  placement.across = Domain::rack;
  const codes::CodeSpec spec{"nested", {}, {rs(2, 1), rs(2, 1)}};
  const auto code = codes::make_code(spec);
  const auto map = build(topology, strategy(spec, placement));
  for (std::uint32_t group = 0; group < map.groups(); ++group) {
    for (int slot = 0; slot < 9; ++slot) {
      const std::uint32_t disk = map.members(group)[static_cast<std::size_t>(slot)];
      ASSERT_EQ(topology.rack_of_disk(disk) / 2, static_cast<std::uint32_t>(code->array_of(slot)));
    }
  }
  EXPECT_EQ(shapes(topology, map, Domain::machine), (Shapes{std::vector<int>(9, 1)}));
}

TEST(Mirrored, WithPoolsEachArrayIsARaidSetOfItsSide) {
  const topology::Topology topology(hardware(2, 1, 2, 10));
  auto placement = spec("mirrored", 10, 5);
  placement.across = Domain::site;
  placement.pool = 5;
  placement.within = Domain::machine;
  const auto map = build(topology, strategy(mirror(rs(3, 2)), placement));
  const Pools pools{5, Domain::machine};
  for (std::uint32_t group = 0; group < map.groups(); ++group) {
    for (std::uint32_t slot = 0; slot < 10; ++slot) {
      const auto pool = pools.of(topology, map.members(group)[slot]);
      ASSERT_EQ(*pool, group % 4 + (slot < 5 ? 0 : 4)) << group << " " << slot;
    }
  }
}

TEST(HotSpares, HoldNothingAtTheStart) {
  const topology::Topology topology(hardware(1, 4, 3, 4));
  auto s = strategy(rs(2, 1), spec("declustered", 1, 1));
  s.repair.spares.kind = "dedicated";
  s.repair.spares.count = 2;
  s.repair.spares.per = Domain::rack;
  const auto map = build(topology, s);
  std::map<std::uint32_t, int> empty;
  for (std::uint32_t disk = 0; disk < topology.disks(); ++disk) {
    if (map.shards_of(disk).empty()) ++empty[topology.rack_of_disk(disk)];
  }
  EXPECT_EQ(empty.size(), 4U);
  for (const auto& [rack, count] : empty) EXPECT_EQ(count, 2) << rack;
  s.placement = spec("partitioned", 2, 1);
  s.placement.pool = 6;
  s.repair.spares.per.reset();
  const auto pooled = build(topology, s);
  int spares = 0;
  for (std::uint32_t disk = 0; disk < topology.disks(); ++disk) {
    spares += pooled.shards_of(disk).empty() ? 1 : 0;
  }
  EXPECT_EQ(spares, 8 * 2);
}

}  // namespace
}  // namespace models::placement
