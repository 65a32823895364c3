// A rebuild that moves as a whole, at the pace of its tightest resource, against every one of its
// reads as a flow of its own under exact max-min sharing.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "models/codes/reed_solomon.h"
#include "models/network/bandwidth.h"
#include "models/placement/placement.h"
#include "models/repair/rebuild_planner.h"

namespace models::network {
namespace {

/// A fleet that has just lost one disk.
class OneLost final : public repair::FleetView {
 public:
  OneLost(const topology::Topology& topology, const placement::PlacementMap& map)
      : topology_(topology), map_(map) {}
  Seconds now() const override { return {}; }
  const topology::Topology& topology() const override { return topology_; }
  const placement::PlacementMap& first_homes() const override { return map_; }
  bool readable(std::uint32_t disk) const override { return disk != 0; }
  std::int64_t free_shards(std::uint32_t disk) const override { return disk == 0 ? 0 : 1000; }
  bool empty(std::uint32_t /*disk*/) const override { return false; }
  void members(std::uint32_t group, std::span<std::uint32_t> homes) const override {
    std::ranges::copy(map_.members(group), homes.begin());
    std::ranges::replace(homes, 0U, repair::no_disk);
  }
  void under_way(std::vector<repair::UnderWay>& /*shards*/) const override {}

 private:
  const topology::Topology& topology_;
  const placement::PlacementMap& map_;
};

/// Reads and writes of each machine, bytes per second.
constexpr double rate = 30e6;
constexpr double shard = 4e9;

struct Rebuild {
  std::vector<std::vector<Demand>> tasks;
  std::size_t machines{};
};

Rebuild planned(int racks, int machines, int disks, int groups, int data, int parity) {
  scenario::Hardware hardware;
  hardware.racks_per_site = racks;
  hardware.machines_per_rack = machines;
  hardware.disks_per_machine = disks;
  const topology::Topology topology(hardware);
  const codes::ReedSolomon code(data, parity);
  const auto placement = placement::make_placement(scenario::Placement{});
  sim::Stream stream(1, sim::Purpose::test);
  const auto map = placement->build(topology, data + parity, groups, stream);
  const OneLost view(topology, map);
  repair::Batch batch{parity - 1, {}};
  for (const std::uint32_t lost : map.shards_of(0)) {
    batch.shards.push_back({lost / map.width(), static_cast<std::uint16_t>(lost % map.width()),
                            1.0F, repair::no_disk, 0, 0});
  }
  const auto plan = repair::RebuildPlanner(code, *placement)
                        .decide(std::span<const repair::Batch>(&batch, 1), view, stream);
  Rebuild rebuild{{}, topology.machines()};
  for (const auto& action : plan.rebuild) {
    for (const repair::Task& task : action.tasks) {
      std::vector<Demand> demands{{topology.machines() + topology.machine_of(task.target), shard}};
      for (std::uint32_t r = task.first_read; r < task.first_read + task.reads; ++r) {
        demands.push_back({topology.machine_of(action.read_disks[r]), shard});
      }
      rebuild.tasks.push_back(std::move(demands));
    }
  }
  return rebuild;
}

double together(const Rebuild& rebuild) {
  SharedBandwidth bandwidth(std::vector<double>(2 * rebuild.machines, rate));
  std::vector<double> sums(2 * rebuild.machines);
  for (const auto& task : rebuild.tasks) {
    for (const Demand& demand : task) sums[demand.resource] += demand.bytes;
  }
  std::vector<Demand> demands;
  for (std::uint32_t r = 0; r < sums.size(); ++r) {
    if (sums[r] > 0) demands.push_back({r, sums[r]});
  }
  const Flow flow{0, shard * static_cast<double>(rebuild.tasks.size()), demands};
  double progress = 0;
  bandwidth.share(std::span(&flow, 1), std::span(&progress, 1));
  return 1 / progress;
}

double one_by_one(const Rebuild& rebuild) {
  SharedBandwidth bandwidth(std::vector<double>(2 * rebuild.machines, rate));
  std::vector<double> left(rebuild.tasks.size(), 1.0);
  double now = 0;
  while (true) {
    std::vector<Flow> flows;
    std::vector<std::size_t> of;
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (left[i] <= 1e-9) continue;
      flows.push_back({0, shard, rebuild.tasks[i]});
      of.push_back(i);
    }
    if (flows.empty()) return now;
    std::vector<double> progress(flows.size());
    bandwidth.share(flows, progress);
    double step = 1e300;
    for (std::size_t i = 0; i < of.size(); ++i) step = std::min(step, left[of[i]] / progress[i]);
    for (std::size_t i = 0; i < of.size(); ++i) left[of[i]] -= step * progress[i];
    now += step;
  }
}

TEST(SharedBandwidth, ARebuildAsAWholeTakesAsLongAsItsFlowsWithinFivePercent) {
  const auto expect_close = [](const Rebuild& rebuild) {
    ASSERT_GT(rebuild.tasks.size(), 100U);
    const double exact = one_by_one(rebuild);
    EXPECT_NEAR(together(rebuild) / exact, 1, 0.05) << exact;
  };
  expect_close(planned(20, 5, 4, 40000, 1, 2));  // three copies: 300 shards on a disk
  expect_close(planned(20, 5, 4, 13333, 6, 3));
  expect_close(planned(40, 5, 2, 8000, 10, 4));
}

}  // namespace
}  // namespace models::network
