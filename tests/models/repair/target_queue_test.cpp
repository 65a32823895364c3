#include "models/repair/target_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "models/placement/placement.h"

namespace models::repair {
namespace {

using ::testing::UnorderedElementsAre;

constexpr std::uint32_t machines = 12;
constexpr std::uint32_t per_machine = 3;

scenario::Hardware hardware() {
  scenario::Hardware hardware;
  hardware.racks_per_site = 4;
  hardware.machines_per_rack = 3;
  hardware.disks_per_machine = per_machine;
  return hardware;
}

/// Disks with room for so many shards.
class Room final : public FleetView {
 public:
  explicit Room(std::int64_t room)
      : topology_(hardware()),
        map_(std::vector<std::uint32_t>{0, 3}, 2, topology_.disks()),
        free(topology_.disks(), room) {}
  Seconds now() const override { return {}; }
  const topology::Topology& topology() const override { return topology_; }
  const placement::PlacementMap& first_homes() const override { return map_; }
  bool readable(std::uint32_t /*disk*/) const override { return true; }
  std::int64_t free_shards(std::uint32_t disk) const override { return free[disk]; }
  bool empty(std::uint32_t /*disk*/) const override { return false; }
  void members(std::uint32_t /*group*/, std::span<std::uint32_t> homes) const override {
    std::ranges::fill(homes, no_disk);
  }
  void under_way(std::vector<UnderWay>& /*shards*/) const override {}

 private:
  topology::Topology topology_;
  placement::PlacementMap map_;

 public:
  std::vector<std::int64_t> free;
};

class TargetQueueTest : public ::testing::Test {
 protected:
  std::uint32_t take(const Room& room, std::uint32_t rack = any_rack) {
    placement::Occupancy others(room.topology());
    return queue.take(*placement, others, 0, 0, rack);
  }
  std::unique_ptr<const placement::Placement> placement =
      placement::make_placement(scenario::Placement{});
  sim::Stream stream{5, sim::Purpose::test};
  TargetQueue queue;
};

TEST_F(TargetQueueTest, GivesEveryMachineOneBeforeAnyGetsTwo) {
  const Room room(100);
  queue.begin(room, {}, stream);
  for (int round = 0; round < 5; ++round) {
    std::set<std::uint32_t> seen;
    for (std::uint32_t i = 0; i < machines; ++i) {
      seen.insert(room.topology().machine_of(take(room)));
    }
    EXPECT_EQ(seen.size(), machines) << round;
  }
}

TEST_F(TargetQueueTest, TheOrderOfMachinesIsDrawnAnew) {
  const Room room(100);
  std::map<std::uint32_t, int> first;
  for (int i = 0; i < 2400; ++i) {
    queue.begin(room, {}, stream);
    ++first[room.topology().machine_of(take(room))];
  }
  EXPECT_EQ(first.size(), machines);
  for (const auto& [machine, times] : first) EXPECT_NEAR(times, 200, 75) << machine;  // 5 sigma
}

TEST_F(TargetQueueTest, WhatIsUnderWayCountsAsLoad) {
  const Room room(100);
  const std::vector<UnderWay> busy{{7, 0}, {8, 1}, {9, 3}};  // two on machine 0, one on machine 1
  queue.begin(room, busy, stream);
  std::map<std::uint32_t, int> taken;
  for (std::uint32_t i = 0; i < machines - 2 + machines - 1; ++i) {
    ++taken[room.topology().machine_of(take(room))];
  }
  EXPECT_EQ(taken.count(0), 0U);  // all others have as many now
  EXPECT_EQ(taken[1], 1);
  EXPECT_EQ(taken[2], 2);
}

TEST_F(TargetQueueTest, FullDisksAndOtherRacksTakeNothing) {
  Room room(1);
  room.free.assign(room.free.size(), 0);
  room.free[4] = 1;
  room.free[20] = 2;
  queue.begin(room, {}, stream);
  EXPECT_EQ(take(room, room.topology().rack_of_disk(20)), 20U);
  const std::vector<std::uint32_t> rest{take(room), take(room), take(room)};
  EXPECT_THAT(rest, UnorderedElementsAre(4, 20, no_disk));
}

TEST_F(TargetQueueTest, APromiseCountsAsLoadThoughItsMachineWasNotDrawn) {
  const Room room(100);
  queue.begin(room, {}, stream);
  queue.note(8);  // machine 2
  std::set<std::uint32_t> seen;
  for (std::uint32_t i = 0; i + 1 < machines; ++i) {
    seen.insert(room.topology().machine_of(take(room)));
  }
  EXPECT_EQ(seen.size(), machines - 1);
  EXPECT_EQ(seen.count(2), 0U);
}

TEST(TargetsByGroup, HoldsWhatWasAddedAndNoMore) {
  TargetsByGroup targets;
  std::multimap<std::uint32_t, std::uint32_t> truth;
  sim::Stream stream(9, sim::Purpose::test);
  for (int turn = 0; turn < 3; ++turn) {
    targets.clear();
    truth.clear();
    for (std::uint32_t i = 0; i < 500; ++i) {
      const auto group = static_cast<std::uint32_t>(stream.below(300));
      targets.add(group, i);
      truth.emplace(group, i);
    }
    for (std::uint32_t group = 0; group < 300; ++group) {
      std::multiset<std::uint32_t> found;
      targets.each(group, [&](std::uint32_t target) { found.insert(target); });
      std::multiset<std::uint32_t> wanted;
      const auto [first, last] = truth.equal_range(group);
      for (auto entry = first; entry != last; ++entry) wanted.insert(entry->second);
      EXPECT_EQ(found, wanted);
    }
  }
}

}  // namespace
}  // namespace models::repair
