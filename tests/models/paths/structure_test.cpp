#include "models/paths/structure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/models/paths/small_system.h"

namespace models::paths {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;
using Names = std::set<std::string>;

PathModel model_of(const scenario::Scenario& scenario) {
  return {scenario, scenario.strategies.front()};
}

scenario::Scenario two_sites() {
  auto scenario = small_system();
  scenario.hardware.sites = 2;
  scenario.hardware.racks_per_site = 1;
  scenario.strategies.front().placement.across = scenario::Domain::site;
  return scenario;
}

scenario::Scenario two_engines() {
  auto scenario = small_system();
  scenario.hardware.gateways.count = 2;
  return scenario;
}

scenario::Scenario one_array() {
  auto scenario = small_system();
  scenario.hardware.racks_per_site = 1;
  scenario.strategies.front().code = {"reed-solomon", {{"data", 9}, {"parity", 2}}, {}};
  scenario.strategies.front().placement.kind = "partitioned";
  scenario.strategies.front().placement.across.reset();
  return scenario;
}

std::vector<scenario::Scenario> systems() {
  return {small_system(), two_sites(), two_engines(), one_array()};
}

/// A search of its own: nothing of the model but its edges and parts.
bool connected(const PathModel& model, Place host, const std::set<std::uint32_t>& lost) {
  const Graph& graph = model.graph();
  std::set<Place> gone;
  for (const std::uint32_t part : lost) {
    gone.insert(model.parts()[part].vertices.begin(), model.parts()[part].vertices.end());
  }
  if (gone.contains(host)) return false;
  std::set<Place> seen{host};
  std::vector<Place> open{host};
  while (!open.empty()) {
    const Place v = open.back();
    open.pop_back();
    for (auto [to, end] = boost::adjacent_vertices(v, graph); to != end; ++to) {
      if (!gone.contains(*to) && seen.insert(*to).second) open.push_back(*to);
    }
  }
  return seen.contains(model.data());
}

Names names_of(const PathModel& model, const std::vector<std::uint32_t>& parts) {
  Names names;
  for (const auto part : parts) names.insert(model.parts()[part].name);
  return names;
}

TEST(Structure, SinglePointsAreThoseThatBruteForceFinds) {
  for (const auto& scenario : systems()) {
    const PathModel model = model_of(scenario);
    for (const Place host : model.services().front().places) {
      std::vector<std::uint32_t> brute;
      for (std::uint32_t p = 0; p < model.parts().size(); ++p) {
        if (!connected(model, host, {p})) brute.push_back(p);
      }
      EXPECT_EQ(single_points(model, host), brute);
    }
  }
}

TEST(Structure, CuttingPairsAreThoseThatBruteForceFinds) {
  for (const auto& scenario : systems()) {
    const PathModel model = model_of(scenario);
    const Place host = model.services().front().places.front();
    std::vector<std::pair<std::uint32_t, std::uint32_t>> brute;
    const auto n = static_cast<std::uint32_t>(model.parts().size());
    for (std::uint32_t a = 0; a < n; ++a) {
      for (std::uint32_t b = a + 1; b < n; ++b) {
        if (connected(model, host, {a}) && connected(model, host, {b}) &&
            !connected(model, host, {a, b})) {
          brute.emplace_back(a, b);
        }
      }
    }
    EXPECT_EQ(cutting_pairs(model, host), brute);
  }
}

TEST(Structure, FatalSetsAreThoseThatBruteForceFinds) {
  for (const auto& scenario : systems()) {
    const PathModel model = model_of(scenario);
    const Service& service = model.services().front();
    const auto served = [&](const std::set<std::uint32_t>& lost) {
      std::uint32_t hosts = 0;
      for (const Place host : service.places) hosts += connected(model, host, lost) ? 1 : 0;
      return hosts >= service.needed;
    };
    std::set<std::set<std::uint32_t>> brute;
    const auto n = static_cast<std::uint32_t>(model.parts().size());
    for (std::uint32_t a = 0; a < n; ++a) {
      if (!served({a})) brute.insert({a});
      for (std::uint32_t b = a + 1; b < n; ++b) {
        if (served({a}) && served({b}) && !served({a, b})) brute.insert({a, b});
      }
    }
    std::set<std::set<std::uint32_t>> found;
    for (const PartSet& set : fatal_sets(model, service, 2)) {
      std::set<std::uint32_t> parts;
      for (std::uint32_t p = 0; p < n; ++p) {
        if (set.test(p)) parts.insert(p);
      }
      found.insert(parts);
    }
    EXPECT_EQ(found, brute);
  }
}

TEST(Structure, OneMachineRoomHasTheProgramAndThePowerAsSinglePoints) {
  const PathModel model = model_of(small_system());
  EXPECT_THAT(names_of(model, single_points(model, model.services().front().places.front())),
              UnorderedElementsAre("HIS host 1", "gateway software", "power"));
}

TEST(Structure, TwoSitesLeaveTheProgramAndTheSiteOfTheHost) {
  const PathModel model = model_of(two_sites());
  EXPECT_THAT(names_of(model, single_points(model, model.services().front().places.front())),
              UnorderedElementsAre("HIS host 1", "gateway software", "power 1"));
}

TEST(Structure, OneArrayHasItsHeadAndShelfBesides) {
  const PathModel model = model_of(one_array());
  const auto names = names_of(model, single_points(model, model.services().front().places.front()));
  EXPECT_TRUE(names.contains("array A head"));
  EXPECT_TRUE(names.contains("array A shelf 1"));
}

TEST(Structure, TwoEnginesArePairsWithTheirGateways) {
  const PathModel model = model_of(two_engines());
  Names pairs;
  for (const auto& [a, b] : cutting_pairs(model, model.services().front().places.front())) {
    pairs.insert(model.parts()[a].name + "+" + model.parts()[b].name);
  }
  EXPECT_TRUE(pairs.contains("engine 1+engine 2"));
  EXPECT_FALSE([&] {
    const PathModel four = model_of(small_system());
    for (const auto& [a, b] : cutting_pairs(four, four.services().front().places.front())) {
      if (four.parts()[a].kind == PartKind::engine) return true;
    }
    return false;
  }());
}

TEST(Structure, TheSmallestCutIsTheProgram) {
  const PathModel model = model_of(small_system());
  EXPECT_THAT(names_of(model, smallest_cut(model, model.services().front().places.front())),
              ElementsAre("gateway software"));
}

/// By trying every set: nothing of the flow.
std::size_t fewest(const PathModel& model, Place host, const PartSet& safe) {
  std::vector<std::uint32_t> parts;
  for (std::uint32_t p = 0; p < model.parts().size(); ++p) {
    const Part& part = model.parts()[p];
    const bool own = !part.vertices.empty() && part.vertices.front() == host;
    if (part.vertices.size() == 1 && !safe.test(p) && !own) parts.push_back(p);
  }
  for (const std::uint32_t a : parts) {
    if (!connected(model, host, {a})) return 1;
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t j = i + 1; j < parts.size(); ++j) {
      if (!connected(model, host, {parts[i], parts[j]})) return 2;
    }
  }
  return 3;
}

TEST(Structure, SmallestCutsCutAndNoSmallerSetDoes) {
  for (const auto& scenario : systems()) {
    const PathModel model = model_of(scenario);
    for (const Place host : model.services().front().places) {
      PartSet safe;
      for (int round = 0; round < 2; ++round) {
        const auto parts = smallest_cut(model, host, safe);
        EXPECT_FALSE(connected(model, host, {parts.begin(), parts.end()}));
        EXPECT_EQ(parts.size(), fewest(model, host, safe));
        for (const std::uint32_t part : single_points(model, host)) safe.set(part);
      }
    }
  }
}

TEST(Structure, BandwidthIsThatOfTheTightestRow) {
  const auto scenario = small_system();
  const PathModel model = model_of(scenario);
  // Four adapters of 1 GB/s before four engines of 2 GB/s and two arrays of 3.6 GB/s.
  const auto whole = bandwidth_left(model, model.all_up());
  EXPECT_DOUBLE_EQ(whole.read, 4e9);
  EXPECT_DOUBLE_EQ(whole.write, 3.6e9);
  Up up = model.all_up();
  for (std::uint32_t p = 0; p < model.parts().size(); ++p) {
    if (model.parts()[p].name == "fabric 1") model.lose(p, up);
  }
  EXPECT_DOUBLE_EQ(bandwidth_left(model, up).read, 2e9);
}

TEST(Structure, SetsOfPairsOfHeadAndShelfOutliveTheShelf) {
  auto scenario = small_system();
  EXPECT_FALSE(survives_without_shelves(scenario.hardware, scenario.strategies.front()));
  auto& strategy = scenario.strategies.front();
  strategy.code = {"mirror", {{"copies", 2}}, {{"replication", {{"copies", 2}}}}};
  strategy.placement.pool = 2;
  strategy.placement.within = scenario::Domain::rack;
  strategy.placement.max_per_rack = 2;
  strategy.placement.max_per_machine = 1;
  strategy.placement.groups = 24;
  EXPECT_TRUE(survives_without_shelves(scenario.hardware, strategy));
}

}  // namespace
}  // namespace models::paths
