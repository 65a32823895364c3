#include "models/repair/rebuild_planner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "models/codes/reed_solomon.h"
#include "tests/models/small_hardware.h"

namespace models::repair {
namespace {

using models::testing::hardware;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int data = 4;
constexpr int parity = 2;
constexpr std::uint32_t width = data + parity;

/// A fleet that is nothing but numbers.
class FakeFleet final : public FleetView {
 public:
  FakeFleet(int racks, int machines_per_rack, int disks_per_machine, int groups)
      : topology_(hardware(racks, machines_per_rack, disks_per_machine)),
        lost(topology_.disks()),
        room(topology_.disks(), 1000),
        map_(laid_out(groups)) {
    for (std::uint32_t g = 0; g < map_.groups(); ++g) {
      homes.emplace_back(map_.members(g).begin(), map_.members(g).end());
    }
  }

  Seconds now() const override { return {}; }
  const topology::Topology& topology() const override { return topology_; }
  const placement::PlacementMap& first_homes() const override { return map_; }
  bool readable(std::uint32_t disk) const override { return !lost[disk]; }
  std::int64_t free_shards(std::uint32_t disk) const override {
    return lost[disk] ? 0 : room[disk];
  }
  bool empty(std::uint32_t disk) const override {
    const auto on_it = [&](const auto& group) {
      return std::ranges::find(group, disk) != group.end();
    };
    return !lost[disk] && std::ranges::none_of(homes, on_it);
  }
  void members(std::uint32_t group, std::span<std::uint32_t> out) const override {
    std::ranges::copy(homes[group], out.begin());
  }
  void under_way(std::vector<UnderWay>& shards) const override {
    for (const auto& [group, disk] : on_their_way) shards.push_back({group, disk});
  }

  /// Loses the disk for good and gives back the shards that were on it.
  std::vector<LostShard> lose(std::uint32_t disk) {
    std::vector<LostShard> shards;
    lost[disk] = true;
    for (std::uint32_t g = 0; g < homes.size(); ++g) {
      for (std::uint16_t slot = 0; slot < width; ++slot) {
        if (homes[g][slot] != disk) continue;
        homes[g][slot] = no_disk;
        shards.push_back({g, slot, 1.0F, no_disk, disk, 0});
      }
    }
    return shards;
  }

  Plan decide(std::span<const Batch> batches, std::uint64_t seed = 1) const {
    sim::Stream stream(seed, sim::Purpose::test);
    return RebuildPlanner(code_, *placement_).decide(batches, *this, stream);
  }
  Plan decide(const Batch& batch) const { return decide(std::span(&batch, 1)); }

 private:
  placement::PlacementMap laid_out(int groups) const {
    sim::Stream stream(1, sim::Purpose::test);
    return placement_->build(topology_, width, groups, stream);
  }
  topology::Topology topology_;
  codes::ReedSolomon code_{data, parity};
  std::unique_ptr<const placement::Placement> placement_ = placement::make_placement({});

 public:
  std::vector<bool> lost;
  std::vector<std::int64_t> room;
  std::vector<std::vector<std::uint32_t>> homes;
  std::multimap<std::uint32_t, std::uint32_t> on_their_way;

 private:
  placement::PlacementMap map_;
};

std::vector<Task> tasks_of(const Plan& plan) {
  std::vector<Task> tasks;
  for (const RebuildAction& action : plan.rebuild) {
    tasks.insert(tasks.end(), action.tasks.begin(), action.tasks.end());
  }
  return tasks;
}

/// All homes of each group, old and planned, are in racks of their own.
void expect_racks_apart(const FakeFleet& fleet, const Plan& plan) {
  auto homes = fleet.homes;
  for (const auto& [group, disk] : fleet.on_their_way) homes[group].push_back(disk);
  for (const Task& task : tasks_of(plan)) homes[task.shard.group].push_back(task.target);
  for (std::size_t group = 0; group < homes.size(); ++group) {
    std::set<std::uint32_t> racks;
    for (const std::uint32_t disk : homes[group]) {
      if (disk == no_disk) continue;
      EXPECT_FALSE(fleet.lost[disk]);
      EXPECT_TRUE(racks.insert(fleet.topology().rack_of_disk(disk)).second) << "group " << group;
    }
  }
}

TEST(RebuildPlanner, TheMostEndangeredComeFirst) {
  FakeFleet fleet(12, 2, 2, 60);
  const auto first = fleet.lose(0);
  const std::vector<Batch> batches{{1, {first[0]}}, {-1, {first[1]}}, {0, {first[2]}}};
  const Plan plan = fleet.decide(batches);
  ASSERT_THAT(plan.rebuild, SizeIs(3));
  EXPECT_EQ(plan.rebuild[0].priority, -1);
  EXPECT_EQ(plan.rebuild[0].tasks[0].shard.group, first[1].group);
  EXPECT_EQ(plan.rebuild[1].priority, 0);
  EXPECT_EQ(plan.rebuild[2].priority, 1);
}

TEST(RebuildPlanner, TargetsAreSpreadEvenlyOverTheMachines) {
  FakeFleet fleet(40, 2, 3, 4000);
  const auto shards = fleet.lose(17);
  const Plan plan = fleet.decide({1, shards});
  EXPECT_THAT(plan.waiting, IsEmpty());
  std::vector<int> load(fleet.topology().machines());
  for (const Task& task : tasks_of(plan)) ++load[fleet.topology().machine_of(task.target)];
  const auto [least, most] = std::ranges::minmax(load);
  EXPECT_LE(most - least, 1) << shards.size() << " shards on " << load.size() << " machines";
}

TEST(RebuildPlanner, MachinesThatAreBusyAlreadyTakeLess) {
  FakeFleet fleet(40, 1, 2, 2000);
  const auto shards = fleet.lose(0);
  for (std::uint32_t i = 0; i < 3; ++i) fleet.on_their_way.emplace(1999 - i, 20);  // machine 10
  const Plan plan = fleet.decide({1, shards});
  std::vector<int> load(fleet.topology().machines());
  load[10] = 3;
  for (const Task& task : tasks_of(plan)) ++load[fleet.topology().machine_of(task.target)];
  const auto [least, most] = std::ranges::minmax(load);
  EXPECT_LE(most - least, 1);
}

TEST(RebuildPlanner, AShardThatMustWaitDoesNotUnbalanceTheOthers) {
  FakeFleet fleet(40, 1, 2, 2000);
  auto shards = fleet.lose(0);
  for (std::uint32_t g = 0; g < 2000; ++g) {  // three more disks: some groups are beyond repair
    for (const std::uint32_t disk : {2U, 4U, 6U})
      std::ranges::replace(fleet.homes[g], disk, no_disk);
  }
  for (const std::uint32_t disk : {2U, 4U, 6U}) fleet.lost[disk] = true;
  // Groups with three or more lost of six cannot be read.
  const Plan plan = fleet.decide({1, shards});
  std::vector<int> load(fleet.topology().machines());
  for (const Task& task : tasks_of(plan)) ++load[fleet.topology().machine_of(task.target)];
  const auto [least, most] = std::ranges::minmax(load);
  EXPECT_LE(most - least, 1);
  EXPECT_FALSE(plan.waiting.empty());
  EXPECT_EQ(plan.waiting.size() + tasks_of(plan).size(), shards.size());
}

TEST(RebuildPlanner, NoTargetIsInADomainThatHoldsTheGroupAlready) {
  FakeFleet fleet(8, 2, 2, 300);
  auto shards = fleet.lose(3);
  const auto more = fleet.lose(9);
  shards.insert(shards.end(), more.begin(), more.end());  // two of a group do not stand together
  const Plan plan = fleet.decide({0, shards});
  EXPECT_FALSE(tasks_of(plan).empty());
  expect_racks_apart(fleet, plan);
}

TEST(RebuildPlanner, TargetsOfTwoBatchesOfOnePlanStayApart) {
  FakeFleet fleet(7, 1, 4, 300);
  const std::vector<Batch> batches{{1, fleet.lose(3)}, {0, fleet.lose(9)}};
  expect_racks_apart(fleet, fleet.decide(batches));
}

TEST(RebuildPlanner, WhatOtherRebuildsWillWriteIsKeptApartToo) {
  FakeFleet fleet(7, 1, 4, 300);
  const auto shards = fleet.lose(3);
  const auto others = fleet.lose(9);
  for (const Task& task : tasks_of(fleet.decide({1, others}))) {
    fleet.on_their_way.emplace(task.shard.group, task.target);
  }
  ASSERT_FALSE(fleet.on_their_way.empty());
  expect_racks_apart(fleet, fleet.decide({0, shards}));
}

TEST(RebuildPlanner, NoDiskIsGivenMoreThanItHolds) {
  FakeFleet fleet(12, 2, 2, 300);
  const auto shards = fleet.lose(5);
  std::ranges::fill(fleet.room, 0);
  for (std::uint32_t disk = 0; disk < 48; disk += 4) fleet.room[disk] = 1;
  const Plan plan = fleet.decide({1, shards});
  std::map<std::uint32_t, int> written;
  for (const Task& task : tasks_of(plan)) ++written[task.target];
  for (const auto& [disk, count] : written) EXPECT_LE(count, fleet.room[disk]) << "disk " << disk;
  EXPECT_THAT(tasks_of(plan), SizeIs(12));
  EXPECT_THAT(plan.waiting, SizeIs(shards.size() - 12));
}

TEST(RebuildPlanner, ReadsAreTheCodesAndWhereTheShardsAre) {
  FakeFleet fleet(12, 2, 2, 300);
  auto shards = fleet.lose(5);
  fleet.lost[20] = true;  // cannot be read for now; its shards keep their home
  const Plan plan = fleet.decide({1, shards});
  const codes::ReedSolomon code(data, parity);
  for (const RebuildAction& action : plan.rebuild) {
    for (const Task& task : action.tasks) {
      const auto& homes = fleet.homes[task.shard.group];
      codes::ShardSet gone;
      for (std::size_t s = 0; s < width; ++s) {
        gone[s] = homes[s] == no_disk || fleet.lost[homes[s]];
      }
      const auto repair = code.repair_plan(gone, task.shard.slot);
      ASSERT_TRUE(repair);
      EXPECT_EQ(task.reads, static_cast<std::uint32_t>(repair->reads()));
      codes::ShardSet read;
      for (std::uint32_t r = task.first_read; r < task.first_read + task.reads; ++r) {
        read.set(action.read_slots[r]);
        EXPECT_EQ(action.read_disks[r], homes[action.read_slots[r]]);
      }
      EXPECT_EQ(read.count(), task.reads);
      EXPECT_TRUE((read & gone).none());
    }
  }
}

TEST(RebuildPlanner, WithTooFewReadableShardsAShardWaits) {
  FakeFleet fleet(12, 2, 2, 300);
  const auto shards = fleet.lose(5);
  const std::uint32_t group = shards[0].group;
  int away = 0;
  for (const std::uint32_t disk : fleet.homes[group]) {
    if (disk == no_disk || away == parity) continue;
    fleet.lost[disk] = true;
    ++away;
  }
  const Plan plan = fleet.decide({1, {shards[0]}});
  EXPECT_THAT(plan.rebuild, IsEmpty());
  ASSERT_THAT(plan.waiting, SizeIs(1));
  EXPECT_EQ(plan.waiting[0].group, group);
}

TEST(RebuildPlanner, WithoutARackToSpareAShardWaits) {
  FakeFleet fleet(6, 1, 1, 10);
  const auto shards = fleet.lose(2);
  const Plan plan = fleet.decide({1, shards});
  EXPECT_THAT(plan.rebuild, IsEmpty());
  EXPECT_THAT(plan.waiting, SizeIs(10));
}

TEST(RebuildPlanner, APromisedTargetIsKeptWhileItServes) {
  FakeFleet fleet(12, 2, 2, 300);
  auto shards = fleet.lose(5);
  const auto before = tasks_of(fleet.decide({1, shards}));
  for (std::size_t i = 0; i < before.size(); ++i) {
    shards[i] = before[i].shard;
    shards[i].promised = before[i].target;
  }
  const Batch batch{1, shards};
  for (const Task& task : tasks_of(fleet.decide(std::span(&batch, 1), 99))) {
    EXPECT_EQ(task.target, task.shard.promised);
  }
  fleet.lost[shards[0].promised] = true;
  for (const Task& task : tasks_of(fleet.decide(batch))) {
    EXPECT_FALSE(fleet.lost[task.target]);
  }
}

TEST(RebuildPlanner, TheSameStreamGivesTheSamePlan) {
  FakeFleet fleet(12, 2, 2, 300);
  const Batch batch{1, fleet.lose(5)};
  const auto targets = [&](std::uint64_t seed) {
    std::vector<std::uint32_t> chosen;
    for (const Task& task : tasks_of(fleet.decide(std::span(&batch, 1), seed))) {
      chosen.push_back(task.target);
    }
    return chosen;
  };
  EXPECT_EQ(targets(1), targets(1));
  EXPECT_NE(targets(1), targets(2));
}

TEST(RebuildPlanner, WindowsRunFromZeroToOneInOrderOfTheirEnd) {
  FakeFleet fleet(12, 2, 2, 900);
  auto shards = fleet.lose(5);
  for (std::size_t i = 0; i < shards.size(); i += 3) shards[i].remaining = 0.25F;
  const Plan plan = fleet.decide({1, shards});
  ASSERT_THAT(plan.rebuild, SizeIs(1));
  float last = 0;
  for (const Task& task : plan.rebuild[0].tasks) {
    EXPECT_GE(task.begin, 0.0F);
    EXPECT_LT(task.begin, task.end);
    EXPECT_LE(task.end, 1.0F);
    EXPECT_GE(task.end, last);
    last = task.end;
  }
  EXPECT_EQ(last, 1.0F);
}

}  // namespace
}  // namespace models::repair
