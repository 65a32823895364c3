// Full-model missions of a year: events and group touches per second, memory of a branch.
// Load: disks 1.5 %/year, machine outages 3 a year of 15 min on average (SimEDC's defaults),
// rebuilds held to 30 MB/s of reads and of writes per machine.
#include <benchmark/benchmark.h>

#include <memory>

#include "models/fleet/mission.h"

namespace {

using namespace models;

struct Size {
  int racks, machines, disks, groups, data, parity;
  bool outages;
};

std::shared_ptr<const fleet::Fleet> build(const Size& size) {
  scenario::Scenario scenario;
  scenario.mission = sim::years(1);
  scenario.hardware.racks_per_site = size.racks;
  scenario.hardware.machines_per_rack = size.machines;
  scenario.hardware.disks_per_machine = size.disks;
  scenario.hardware.disk = {"bench", {16e12}, {250e6}, {250e6}};
  scenario.hardware.network = {{1.25e9}, {5e9}, {1e12}, 0.5};
  const double raw = 16e12 * size.racks * size.machines * size.disks;
  scenario.data.logical = {raw * 0.6 * size.data / (size.data + size.parity)};
  scenario.failures.disk = sim::Distribution::exponential(sim::years(1 / 0.015));
  if (size.outages) {
    scenario.failures.machine_outage =
        scenario::Outage{sim::Distribution::exponential(sim::years(1.0 / 3)),
                         sim::Distribution::exponential(sim::minutes(15))};
  }
  scenario::Strategy strategy;
  strategy.name = "bench";
  if (size.data == 1) {
    strategy.code = {"replication", {{"copies", size.parity + 1}}};
  } else {
    strategy.code = {"reed-solomon", {{"data", size.data}, {"parity", size.parity}}};
  }
  strategy.placement.groups = size.groups;
  strategy.repair.detection.process = sim::Distribution::fixed(sim::minutes(15));
  strategy.repair.replacement = sim::Distribution::fixed(sim::hours(24));
  strategy.repair.throttles = {
      {scenario::ThrottleAt::machine, scenario::ThrottleCounts::reads, {30e6}},
      {scenario::ThrottleAt::machine, scenario::ThrottleCounts::writes, {30e6}}};
  return fleet::compile(scenario, strategy, 1);
}

void mission_years(benchmark::State& bench, const Size& size) {
  fleet::Mission mission(build(size), 7);
  std::uint64_t replicate = 0;
  double events = 0;
  double touches = 0;
  for (auto step : bench) {
    fleet::State state = mission.initial(replicate++);
    const fleet::Outcome outcome = mission.play(state);
    events += static_cast<double>(outcome.events);
    touches += static_cast<double>(outcome.group_touches);
  }
  using benchmark::Counter;
  bench.counters["events/s"] = Counter(events, Counter::kIsRate);
  bench.counters["touches/s"] = Counter(touches, Counter::kIsRate);
}

/// A branch after a year of rebuilds.
void branch(benchmark::State& bench) {
  fleet::Mission mission(build({40, 25, 10, 1'000'000, 10, 4, true}), 7);
  fleet::State base = mission.initial(0);
  mission.play(base);
  for (auto step : bench) {
    fleet::State copy = fleet::State::overlay(base);
    benchmark::DoNotOptimize(copy);
  }
}

}  // namespace

BENCHMARK_CAPTURE(mission_years, 1000_disks_100k_groups_3_replicas_10_disks_a_machine,
                  Size{10, 10, 10, 100'000, 1, 2, true})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(mission_years, 1000_disks_100k_groups_3_replicas_1_disk_a_machine,
                  Size{20, 50, 1, 100'000, 1, 2, true})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(mission_years, 10000_disks_1M_groups_3_replicas_permanent_only,
                  Size{40, 25, 10, 1'000'000, 1, 2, false})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(mission_years, 10000_disks_1M_groups_RS_10_4_permanent_only,
                  Size{40, 25, 10, 1'000'000, 10, 4, false})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(mission_years, 10000_disks_1M_groups_RS_10_4_with_outages,
                  Size{40, 25, 10, 1'000'000, 10, 4, true})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(branch)->Unit(benchmark::kMicrosecond);
