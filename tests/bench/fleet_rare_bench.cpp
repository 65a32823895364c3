// Rare loss of whole fleets: estimate, interval and CPU seconds until P(any loss in the mission)
// may be published at the precision asked for (or until the run gives up: "published" is then 0).
// The hardware and laws of each case are those of its name; "asked" is the relative half-width.
#include <benchmark/benchmark.h>

#include <cmath>
#include <ctime>
#include <memory>

#include "fleets.h"
#include "models/fleet/rare_run.h"
#include "sim/estimators/publish.h"

namespace {

using namespace models;
using namespace bench;

scenario::Scenario hundred_disks_three_replicas() {
  auto scenario = fleet_of({10, 5, 2}, {1, 2, 10'000, 1}, 25);
  ageing(scenario);
  detect_after(scenario, sim::minutes(15));
  return scenario;
}

scenario::Scenario hundred_disks_rs_6_3() {
  auto scenario = fleet_of({10, 5, 2}, {6, 3, 10'000, 2}, 75);
  ageing(scenario);
  detect_after(scenario, sim::minutes(15));
  return scenario;
}

scenario::Scenario eighty_disks_with_shocks() {
  auto scenario = fleet_of({10, 4, 2}, {6, 3, 400, 2}, 40);
  scenario.failures.disk = rate(4 * 0.025);
  scenario.failures.machine = rate(0.1);
  scenario.failures.rack_shock = shock(0.05, 0.1, sim::hours(12));
  detect_after(scenario, sim::hours(1));
  return scenario;
}

scenario::Scenario thousand_disks() { return with_shocks({20, 10, 5}, 20'000, 23); }

scenario::Scenario ten_pools_of_7_3() {
  auto scenario = fleet_of({1, 100, 1}, {7, 3, 10, 10}, 1);
  scenario.hardware.disk = {"bench", {20e12}, {100e6}, {100e6}};
  scenario.hardware.network = {{1e15}, {1e15}, {1e15}, 1.0};
  scenario.data.logical = {20e12 * 7 * 10};
  scenario.failures.disk = rate(-std::log1p(-0.05));
  scenario.strategies[0].placement.kind = "partitioned";
  scenario.strategies[0].placement.pool = 10;
  scenario.strategies[0].repair.spares.kind = "technician";
  return scenario;
}

scenario::Scenario ten_thousand_disks() {
  auto scenario = fleet_of({100, 10, 10}, {10, 4, 1'000'000, 1}, 1);
  scenario.hardware.disk = {"bench", {16e12}, {250e6}, {250e6}};
  scenario.hardware.network = {{1e15}, {1e15}, {1e15}, 1.0};
  scenario.data.logical = {16e12 * 1e4 * 0.8 * 10 / 14};
  scenario.failures.disk = rate(0.015);
  scenario.failures.rack_shock = shock(0.1, 0.01, sim::hours(4));
  detect_after(scenario, sim::minutes(30));
  scenario.strategies[0].repair.throttles = {
      {scenario::ThrottleAt::disk, scenario::ThrottleCounts::writes, {50e6}},
      {scenario::ThrottleAt::disk, scenario::ThrottleCounts::reads, {50e6}}};
  return scenario;
}

void rare_loss(benchmark::State& bench, scenario::Scenario (*make)(), double asked,
               double seconds) {
  const scenario::Scenario scenario = make();
  const auto fleet = fleet::compile(scenario, scenario.strategies[0], 1);
  for ([[maybe_unused]] auto step : bench) {
    const std::clock_t begun = std::clock();
    const auto cpu = [&] {
      return static_cast<double>(std::clock() - begun) / static_cast<double>(CLOCKS_PER_SEC);
    };
    fleet::RareRunOptions options;
    options.precision = asked;
    options.threads = 1;
    options.out_of_time = [&] { return cpu() > seconds; };
    const fleet::RareRun run = fleet::estimate_rare_loss(fleet, options);
    const auto estimate = sim::loss_probability(run.tally, {run.method, {}, run.class_names, {}});
    bench.counters["estimate"] = estimate.value.value_or(0.0);
    bench.counters["low"] = estimate.ci95.low;
    bench.counters["high"] = estimate.ci95.high;
    bench.counters["asked"] = asked;
    bench.counters["reached"] = run.reached ? 1 : 0;
    bench.counters["published"] = run.converged ? 1 : 0;
    bench.counters["replicates"] = static_cast<double>(run.tally.replicates());
    bench.counters["cpu_s"] = cpu();
    bench.SetLabel(estimate.note);
  }
}

}  // namespace

#define HOLDFAST_CASE(name, make, asked, seconds) \
  BENCHMARK_CAPTURE(rare_loss, name, make, asked, seconds)->Iterations(1)->Unit(benchmark::kSecond)

HOLDFAST_CASE(100_disks_three_replicas_bathtub, hundred_disks_three_replicas, 0.1, 60);
HOLDFAST_CASE(100_disks_RS_6_3_bathtub, hundred_disks_rs_6_3, 0.1, 60);
HOLDFAST_CASE(80_disks_rack_shocks, eighty_disks_with_shocks, 0.1, 60);
HOLDFAST_CASE(1000_disks_RS_10_4_machines_and_shocks, thousand_disks, 0.1, 120);
HOLDFAST_CASE(10_pools_of_7_3, ten_pools_of_7_3, 0.05, 60);
HOLDFAST_CASE(10000_disks_RS_10_4_1M_groups, ten_thousand_disks, 0.2, 300);
