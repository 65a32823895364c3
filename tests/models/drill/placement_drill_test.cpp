// Every way of placing and sparing against real bytes: the limits are kept at the start and after
// every rebuild.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "models/drill/campaign.h"
#include "models/input/fault_list.h"
#include "models/input/validate_placement.h"

namespace models::drill {
namespace {

using scenario::Domain;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

codes::CodeSpec rs(int k, int m) { return {"reed-solomon", {{"data", k}, {"parity", m}}}; }
codes::CodeSpec mirror(codes::CodeSpec inside) {
  return {"mirror", {{"copies", 2}}, {std::move(inside)}};
}

/// 2 sites of 4 racks of 2 machines of 4 disks.
scenario::Hardware two_sites() {
  scenario::Hardware hardware;
  hardware.sites = 2;
  hardware.racks_per_site = 4;
  hardware.machines_per_rack = 2;
  hardware.disks_per_machine = 4;
  return hardware;
}

scenario::Strategy strategy(std::string name, codes::CodeSpec code, std::string placement,
                            int per_rack) {
  scenario::Strategy result;
  result.name = std::move(name);
  result.code = std::move(code);
  result.placement.kind = std::move(placement);
  result.placement.groups = 30;
  result.placement.max_per_rack = per_rack;
  return result;
}

std::vector<scenario::Strategy> strategies() {
  std::vector<scenario::Strategy> all;
  all.push_back(strategy("local code",
                         {"lrc", {{"data", 6}, {"local_parity", 2}, {"global_parity", 2}}},
                         "declustered", 2));
  all.push_back(strategy("limit per site", rs(3, 3), "declustered", 1));
  all.back().placement.max_per_site = 3;
  all.push_back(strategy("pools", rs(4, 2), "partitioned", 2));
  all.back().placement.pool = 8;
  all.back().placement.within = Domain::site;
  all.push_back(strategy("mirrored sites", mirror(rs(2, 1)), "mirrored", 1));
  all.back().placement.across = Domain::site;
  all.push_back(strategy("mirrored pools", mirror(rs(2, 1)), "mirrored", 1));
  all.back().placement.across = Domain::site;
  all.back().placement.within = Domain::site;
  all.back().placement.pool = 4;
  all.push_back(strategy("nested over racks",
                         {"nested", {}, {{"replication", {{"copies", 2}}}, rs(3, 1)}}, "mirrored",
                         2));
  all.back().placement.across = Domain::rack;
  all.push_back(strategy("code over code", {"nested", {}, {rs(3, 1), rs(2, 1)}}, "mirrored", 2));
  all.back().placement.across = Domain::rack;
  all.push_back(strategy("copysets", rs(4, 2), "copysets", 1));
  all.back().placement.scatter_width = 10;
  all.push_back(strategy("hierarchical", rs(4, 2), "hierarchical", 2));
  all.back().placement.racks = 3;
  all.push_back(strategy("spares per machine", rs(4, 2), "declustered", 1));
  all.back().repair.spares = {"dedicated", 1, Domain::machine, {}};
  all.push_back(strategy("spares per rack", rs(4, 2), "declustered", 1));
  all.back().repair.spares = {"dedicated", 2, Domain::rack, {}};
  all.push_back(strategy("spares in pools", rs(4, 2), "partitioned", 2));
  all.back().placement.pool = 8;
  all.back().placement.within = Domain::site;
  all.back().repair.spares = {"dedicated", 1, {}, {}};
  all.push_back(strategy("technician", rs(4, 2), "declustered", 1));
  all.back().repair.spares = {"technician", 0, {}, sim::Distribution::fixed(sim::days(2))};
  return all;
}

DrillOptions options(std::uint64_t seed) {
  DrillOptions result;
  result.setting = {seed, 30, 501};
  result.steps = 20;
  return result;
}

TEST(PlacementDrill, EveryPlacementAndSpareKeepsItsRulesThroughEveryRebuild) {
  scenario::Scenario scenario;
  scenario.hardware = two_sites();
  scenario.strategies = strategies();
  for (const scenario::Strategy& each : scenario.strategies) {
    scenario::FaultList faults;
    const auto code = codes::make_code(each.code);
    EXPECT_TRUE(scenario::check_placement_values(each, each.name, faults));
    EXPECT_TRUE(scenario::check_places(scenario.hardware, each, *code, each.name, faults));
    for (const auto& fault : std::move(faults).take()) ADD_FAILURE() << fault.message;
  }
  std::map<std::string, std::uint64_t> rebuilt;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto result = drill(scenario, options(seed));
    ASSERT_TRUE(result);
    for (const StrategyResult& one : result.value().strategies) {
      ASSERT_THAT(one.drill.violations, IsEmpty()) << one.drill.name << ", seed " << seed;
      rebuilt[one.drill.name] += one.drill.shards_rebuilt;
    }
  }
  for (const auto& [name, shards] : rebuilt) EXPECT_GT(shards, 0U) << name;
}

/// The drill of one strategy whose planner follows `followed` instead.
StrategyResult misled(const scenario::Strategy& stated, const scenario::Strategy& followed) {
  const auto code = codes::make_code(stated.code);
  const auto stated_placement = placement::make_placement(stated, *code);
  const auto followed_placement = placement::make_placement(followed, *code);
  const repair::RebuildPlanner planner(*code, *followed_placement, followed.repair);
  const scenario::Hardware hardware = two_sites();
  const topology::Topology topology(hardware);
  const Safeguards safeguards;
  const repair::Scrubber scrubber(stated.repair.scrub, Bytes{1e12});
  const Decide decide = [&](std::span<const repair::LostShard> lost, const repair::FleetView& view,
                            sim::Stream& stream) { return planner.decide(lost, view, stream); };
  DrillOptions several = options(1);
  several.missions = 20;
  return campaign({*code, *stated_placement, stated.placement, hardware, topology, decide,
                   safeguards, scrubber},
                  several);
}

TEST(PlacementDrill, APlannerThatLeavesThePoolIsFound) {
  const auto stated = strategies()[2];
  auto followed = stated;
  followed.placement.kind = "declustered";
  EXPECT_THAT(misled(stated, followed).drill.violations, Contains(HasSubstr("outside its pool")));
}

TEST(PlacementDrill, APlannerThatMixesTheSidesIsFound) {
  const auto stated = strategies()[5];
  auto followed = stated;
  followed.placement.kind = "declustered";
  EXPECT_THAT(misled(stated, followed).drill.violations,
              Contains(HasSubstr("two arrays on one side")));
}

TEST(PlacementDrill, APlannerThatOverfillsASiteIsFound) {
  const auto stated = strategies()[1];
  auto followed = stated;
  followed.placement.max_per_site = 6;
  EXPECT_THAT(misled(stated, followed).drill.violations, Contains(HasSubstr("site")));
}

}  // namespace
}  // namespace models::drill
