#include "models/repair/target_rule.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "sim/random.h"
#include "tests/models/small_hardware.h"

namespace models::repair {
namespace {

using models::testing::hardware;

class TargetRuleTest : public ::testing::Test {
 protected:
  /// The other five of a group of six, one a rack, and the disk that was lost.
  std::vector<std::uint32_t> others_of(std::uint64_t group) {
    sim::Stream stream(5, sim::Purpose::placement, {group, 0, 0, 0});
    std::vector<std::uint32_t> others;
    std::set<std::uint32_t> racks{topology.rack_of_disk(lost)};
    while (others.size() < 5) {
      const auto disk = static_cast<std::uint32_t>(stream.below(topology.disks()));
      if (racks.insert(topology.rack_of_disk(disk)).second) others.push_back(disk);
    }
    return others;
  }

  topology::Topology topology{hardware(10, 4, 3)};
  placement::Limits limits{100, 1, 1};
  std::uint32_t lost{17};
  double elsewhere{4.0 / 9};  // of nine other racks five are taken
};

TEST_F(TargetRuleTest, KeepsTheLimitsAndTakesNoRefusedDisk) {
  const TargetRule rule(topology, limits, lost, elsewhere, 3);
  const std::vector<Refusal> refusals{{lost, lost + 1, 0}, {30, 33, 40}, {60, 63, 0}};
  for (std::uint32_t place = 0; place < 400; ++place) {
    const auto others = others_of(place);
    const std::uint32_t disk = rule.target(place, others, refusals);
    ASSERT_LT(disk, topology.disks());
    EXPECT_TRUE(limits.allow(topology, others, topology.machine_of(disk)));
    EXPECT_NE(disk, lost);
    EXPECT_FALSE(disk >= 60 && disk < 63);
    EXPECT_FALSE(place >= 40 && disk >= 30 && disk < 33);
  }
}

TEST_F(TargetRuleTest, ALaterRefusalMovesNothingThatCameBefore) {
  const TargetRule rule(topology, limits, lost, elsewhere, 3);
  const std::vector<Refusal> before{{lost, lost + 1, 0}};
  std::vector<Refusal> after = before;
  after.push_back({0, 60, 200});
  for (std::uint32_t place = 0; place < 200; ++place) {
    const auto others = others_of(place);
    EXPECT_EQ(rule.target(place, others, before), rule.target(place, others, after));
  }
}

/// Whoever asks what came to a disk misses nothing.
TEST_F(TargetRuleTest, EveryPlaceIsFoundAtItsDisk) {
  const std::vector<Refusal> refusals{{lost, lost + 1, 0}, {30, 31, 40}, {60, 63, 0}};
  for (const std::uint64_t seed : {1, 2, 3}) {
    const TargetRule rule(topology, limits, lost, elsewhere, seed);
    constexpr std::uint32_t places = 300;
    std::size_t found = 0;
    for (std::uint32_t disk = 0; disk < topology.disks(); ++disk) {
      rule.each_place(disk, places, refusals, [&](std::uint32_t place) {
        if (rule.target(place, others_of(place), refusals) == disk) ++found;
      });
    }
    EXPECT_EQ(found, places);
  }
}

TEST_F(TargetRuleTest, MachinesGetAboutTheSame) {
  std::vector<int> shards(topology.machines());
  constexpr std::uint32_t rules = 50;
  for (std::uint64_t seed = 0; seed < rules; ++seed) {
    const TargetRule rule(topology, limits, lost, elsewhere, seed);
    for (std::uint32_t place = 0; place < 400; ++place) {
      ++shards[topology.machine_of(rule.target(place, others_of(place + seed * 400), {}))];
    }
  }
  constexpr double mean = rules * 10.0;
  for (const int count : shards) {
    EXPECT_GT(count, 0.85 * mean);
    EXPECT_LT(count, 1.15 * mean);
  }
}

}  // namespace
}  // namespace models::repair
