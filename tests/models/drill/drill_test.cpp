#include "models/drill/drill.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "models/codes/reed_solomon.h"
#include "models/topology/topology.h"

namespace models::drill {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

scenario::Strategy rs(int data, int parity) {
  scenario::Strategy strategy;
  strategy.name = "RS " + std::to_string(data) + "+" + std::to_string(parity);
  strategy.code = {"reed-solomon", {{"data", data}, {"parity", parity}}};
  return strategy;
}

scenario::Strategy replicas(int copies) {
  scenario::Strategy strategy;
  strategy.name = std::to_string(copies) + " replicas";
  strategy.code = {"replication", {{"copies", copies}}};
  return strategy;
}

// 12 racks of 2 machines with 2 disks: RS 6+3 has three racks to spare.
scenario::Scenario small_fleet() {
  scenario::Scenario scenario;
  scenario.file = "small.json";
  scenario.hardware.racks_per_site = 12;
  scenario.hardware.machines_per_rack = 2;
  scenario.hardware.disks_per_machine = 2;
  scenario.strategies = {rs(4, 2), rs(6, 3), replicas(3)};
  return scenario;
}

DrillOptions small_drill(std::uint64_t seed) {
  DrillOptions options;
  options.seed = seed;
  options.objects = 20;
  options.object_bytes = 1001;  // no multiple of k: the last shard is padded
  options.faults = 12;
  return options;
}

StrategyDrill drill_against(
    const scenario::Scenario& scenario, std::uint64_t seed, const codes::Code& code,
    const std::function<void(repair::Plan&, const repair::FleetView&)>& spoil) {
  const auto& strategy = scenario.strategies.front();
  const auto placement = placement::make_placement(strategy.placement);
  const repair::RebuildPlanner planner(code, *placement);
  return drill_one({code, *placement, strategy.placement, scenario.hardware}, small_drill(seed),
                   [&](std::span<const repair::Batch> batches, const repair::FleetView& view,
                       sim::Stream& stream) {
                     repair::Plan plan = planner.decide(batches, view, stream);
                     spoil(plan, view);
                     return plan;
                   });
}

/// A code whose `fault` is planted: everything else is Reed-Solomon's.
class Faulty final : public codes::Code {
 public:
  enum class Fault { wrong_rebuild, wrong_parity, promises_too_much };
  Faulty(int data, int parity, Fault fault) : real_(data, parity), fault_(fault) {}
  codes::Shape shape() const override { return real_.shape(); }
  std::string name() const override { return "faulty"; }
  int tolerance() const override { return real_.tolerance(); }
  bool recoverable(const codes::ShardSet& erased) const override {
    if (fault_ != Fault::promises_too_much) return real_.recoverable(erased);
    return erased.count() <= static_cast<std::size_t>(real_.tolerance()) + 1;
  }
  std::optional<codes::RepairPlan> repair_plan(const codes::ShardSet& erased,
                                               int target) const override {
    return real_.repair_plan(erased, target);
  }
  void encode(std::span<const Block> data, std::span<const MutableBlock> parity) const override {
    real_.encode(data, parity);
    if (fault_ == Fault::wrong_parity) parity.back().back() ^= std::byte{1};
  }
  bool decode(std::span<const MutableBlock> shards, const codes::ShardSet& erased) const override {
    return real_.decode(shards, erased);
  }
  bool rebuild(int target, const codes::ShardSet& reads, std::span<const Block> shards,
               MutableBlock out) const override {
    const bool done = real_.rebuild(target, reads, shards, out);
    if (fault_ == Fault::wrong_rebuild) out.back() ^= std::byte{1};
    return done;
  }

 private:
  codes::ReedSolomon real_;
  Fault fault_;
};

void leave(repair::Plan& /*plan*/, const repair::FleetView& /*view*/) {}

TEST(Drill, EveryByteOfEveryCodeSurvivesTwoHundredSeeds) {
  int lost = 0;
  int interleaved = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const auto result = drill(small_fleet(), small_drill(seed));
    ASSERT_TRUE(result);
    ASSERT_EQ(result.value().strategies.size(), 3U);
    for (const StrategyDrill& one : result.value().strategies) {
      ASSERT_THAT(one.violations, IsEmpty()) << one.name << ", seed " << seed;
      ASSERT_TRUE(one.passed());
      EXPECT_EQ(one.objects_lost_predicted, one.objects_lost_seen);
      EXPECT_EQ(one.bytes_written, 20U * 1001U);
      EXPECT_GE(one.disks_lost, 12);
      EXPECT_GT(one.shards_rebuilt, 0U);
      EXPECT_GT(one.bytes_verified, one.bytes_encoded);
      lost += one.objects_lost_seen;
      interleaved += one.faults_during_rebuild;
    }
  }
  // The drill goes where it hurts: beyond the tolerance, and into rebuilds under way.
  EXPECT_GT(lost, 0);
  EXPECT_GT(interleaved, 0);
}

TEST(Drill, RebuildsReadWhatTheCodeSays) {
  scenario::Scenario scenario = small_fleet();
  const auto result = drill(scenario, small_drill(7)).value();
  EXPECT_EQ(result.strategies[0].bytes_read, result.strategies[0].shards_rebuilt * 4 * 251);
  EXPECT_EQ(result.strategies[2].bytes_read, result.strategies[2].shards_rebuilt * 1001);
}

TEST(Drill, ShardsWaitForSparesOnAFleetWithoutRoom) {
  scenario::Scenario scenario = small_fleet();
  scenario.hardware.racks_per_site = 6;
  scenario.strategies = {rs(4, 2)};
  std::uint64_t waited = 0;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const auto result = drill(scenario, small_drill(seed)).value();
    EXPECT_THAT(result.strategies[0].violations, IsEmpty()) << "seed " << seed;
    waited += result.strategies[0].shards_waited;
  }
  EXPECT_GT(waited, 0U);
}

TEST(Drill, LooserLimitsOfAPlacementAreKept) {
  scenario::Scenario scenario = small_fleet();
  scenario.hardware.racks_per_site = 4;
  scenario.strategies = {rs(6, 3)};
  scenario.strategies[0].placement.max_per_rack = 3;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    scenario.strategies[0].placement.max_per_machine = 1 + static_cast<int>(seed % 2);
    scenario.hardware.machines_per_rack = 4 - static_cast<int>(seed % 2);
    const auto result = drill(scenario, small_drill(seed)).value();
    EXPECT_THAT(result.strategies[0].violations, IsEmpty()) << "seed " << seed;
  }
}

TEST(Drill, IsTheSameForTheSameSeedAndNotForAnother) {
  const auto a = drill(small_fleet(), small_drill(5)).value().strategies[1];
  const auto b = drill(small_fleet(), small_drill(5)).value().strategies[1];
  const auto c = drill(small_fleet(), small_drill(6)).value().strategies[1];
  EXPECT_EQ(a.disks_lost, b.disks_lost);
  EXPECT_EQ(a.shards_rebuilt, b.shards_rebuilt);
  EXPECT_EQ(a.bytes_read, b.bytes_read);
  EXPECT_EQ(a.bytes_verified, b.bytes_verified);
  EXPECT_EQ(a.shards_waited, b.shards_waited);
  EXPECT_NE(a.bytes_verified, c.bytes_verified);
}

TEST(Drill, OnlyTheChosenStrategyRuns) {
  DrillOptions options = small_drill(1);
  options.strategy = "RS 6+3";
  const auto result = drill(small_fleet(), options).value();
  ASSERT_EQ(result.strategies.size(), 1U);
  EXPECT_EQ(result.strategies[0].name, "RS 6+3");
}

TEST(Drill, OptionsOutOfRangeAreNamedTogether) {
  DrillOptions options;
  options.objects = 0;
  options.object_bytes = 0;
  options.faults = -1;
  options.strategy = "RAID";
  const auto result = drill(small_fleet(), options);
  ASSERT_FALSE(result);
  ASSERT_EQ(result.diagnostics().size(), 4U);
  EXPECT_THAT(result.diagnostics()[3].message, HasSubstr("\"RS 4+2\", \"RS 6+3\", \"3 replicas\""));
}

TEST(Drill, WhatDoesNotFitInMemoryIsRefused) {
  DrillOptions options;
  options.objects = 1000;
  options.object_bytes = std::size_t{1} << 30U;
  const auto result = drill(small_fleet(), options);
  ASSERT_FALSE(result);
  EXPECT_THAT(result.diagnostics()[0].message, HasSubstr("GiB"));
}

TEST(PlantedDefect, ARebuildOntoAMachineOfTheSameGroupIsCaught) {
  const scenario::Scenario scenario = small_fleet();
  const codes::ReedSolomon code(4, 2);
  const auto onto_same_machine = [](repair::Plan& plan, const repair::FleetView& view) {
    for (repair::RebuildAction& action : plan.rebuild) {
      for (repair::Task& task : action.tasks) {
        const auto& topology = view.topology();
        const std::uint32_t neighbour = action.read_disks[task.first_read];
        const std::uint32_t first = topology.first_disk(topology.machine_of(neighbour));
        const std::uint32_t other = neighbour == first ? first + 1 : first;
        if (view.free_shards(other) > 0) task.target = other;
      }
    }
  };
  const StrategyDrill healthy = drill_against(scenario, 1, code, leave);
  EXPECT_TRUE(healthy.passed());
  const StrategyDrill result = drill_against(scenario, 1, code, onto_same_machine);
  EXPECT_FALSE(result.passed());
  EXPECT_THAT(result.violations, Contains(HasSubstr("2 shards on machine")));
}

TEST(PlantedDefect, AForgottenShardIsCaught) {
  const codes::ReedSolomon code(4, 2);
  const auto forget = [](repair::Plan& plan, const repair::FleetView&) {
    for (repair::RebuildAction& action : plan.rebuild) action.tasks.pop_back();
  };
  const StrategyDrill result = drill_against(small_fleet(), 1, code, forget);
  EXPECT_THAT(result.violations, Contains(HasSubstr("of which 0 wait")));
}

TEST(PlantedDefect, AReadFromALostDiskIsCaught) {
  const codes::ReedSolomon code(4, 2);
  const auto misread = [](repair::Plan& plan, const repair::FleetView&) {
    for (repair::RebuildAction& action : plan.rebuild) {
      for (const repair::Task& task : action.tasks) {
        action.read_disks[task.first_read] = task.shard.from_disk;
      }
    }
  };
  const StrategyDrill result = drill_against(small_fleet(), 1, code, misread);
  EXPECT_THAT(result.violations, Contains(HasSubstr("where it is not")));
}

TEST(PlantedDefect, TooFewReadsAreCaught) {
  const codes::ReedSolomon code(4, 2);
  const auto save = [](repair::Plan& plan, const repair::FleetView&) {
    for (repair::RebuildAction& action : plan.rebuild) {
      for (repair::Task& task : action.tasks) --task.reads;
    }
  };
  const StrategyDrill result = drill_against(small_fleet(), 1, code, save);
  EXPECT_THAT(result.violations, Contains(HasSubstr("do not suffice")));
}

TEST(PlantedDefect, AWrongByteOfARebuildIsCaught) {
  const Faulty code(4, 2, Faulty::Fault::wrong_rebuild);
  const StrategyDrill result = drill_against(small_fleet(), 1, code, leave);
  EXPECT_THAT(result.violations, Contains(HasSubstr("differs from byte 250")));
}

TEST(PlantedDefect, AWrongByteOfTheParityIsCaught) {
  const Faulty code(4, 2, Faulty::Fault::wrong_parity);
  const StrategyDrill result = drill_against(small_fleet(), 1, code, leave);
  EXPECT_THAT(result.violations, Contains(HasSubstr("differs from byte 250")));
}

TEST(PlantedDefect, ACodeThatPromisesTooMuchIsCaught) {
  const Faulty code(4, 2, Faulty::Fault::promises_too_much);
  std::uint64_t violations = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    violations += drill_against(small_fleet(), seed, code, leave).violation_count;
  }
  EXPECT_GT(violations, 0U);
}

}  // namespace
}  // namespace models::drill
