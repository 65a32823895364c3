#include "models/topology/reachability.h"

#include <gtest/gtest.h>

#include <vector>

namespace models::topology {
namespace {

scenario::Hardware two_sites() {
  scenario::Hardware hardware;
  hardware.sites = 2;
  hardware.racks_per_site = 3;
  hardware.machines_per_rack = 4;
  hardware.disks_per_machine = 2;
  return hardware;
}

std::vector<std::uint32_t> cut(Reachability& reachability, std::vector<Unit> down) {
  const auto set = reachability.cut_off(down);
  return {set->machines().begin(), set->machines().end()};
}

TEST(Reachability, ARackOrItsSwitchCutsOffItsMachines) {
  const Topology topology(two_sites());
  Reachability reachability(topology);
  const std::vector<std::uint32_t> rack_1{4, 5, 6, 7};
  EXPECT_EQ(cut(reachability, {{UnitKind::rack, 1}}), rack_1);
  EXPECT_EQ(cut(reachability, {{UnitKind::rack_switch, 1}}), rack_1);
}

TEST(Reachability, ACoreSwitchCutsOffItsSiteAndNoOther) {
  const Topology topology(two_sites());
  Reachability reachability(topology);
  const auto machines = cut(reachability, {{UnitKind::core_switch, 1}});
  ASSERT_EQ(machines.size(), 12u);
  EXPECT_EQ(machines.front(), 12u);
}

TEST(Reachability, SetsOfFailedUnitsAreUnitedAndRemembered) {
  const Topology topology(two_sites());
  Reachability reachability(topology);
  const std::vector<Unit> down{{UnitKind::rack, 0}, {UnitKind::rack_switch, 2}};
  const auto first = reachability.cut_off(down);
  EXPECT_EQ(first->machines().size(), 8u);
  EXPECT_TRUE(first->contains(0));
  EXPECT_FALSE(first->contains(4));
  EXPECT_EQ(first, reachability.cut_off(down)) << "searched again";
  EXPECT_TRUE(reachability.cut_off({})->empty());
}

TEST(Topology, EveryDiskKnowsItsMachineRackAndSite) {
  const Topology topology(two_sites());
  EXPECT_EQ(topology.disks(), 48u);
  EXPECT_EQ(topology.machine_of(47), 23u);
  EXPECT_EQ(topology.rack_of_disk(47), 5u);
  EXPECT_EQ(topology.site_of(5), 1u);
  EXPECT_EQ(boost::num_vertices(topology.graph()), 2u + 2 + 6 + 24);
}

}  // namespace
}  // namespace models::topology
