// How many bytes a second a drill verifies: RS 10+4 in memory, every object read back after every
// step, with CRC32C. MD5 at the edge is measured apart.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "models/drill/drill.h"

namespace {

using namespace models;  // NOLINT(google-build-using-namespace): one program, one purpose

scenario::Scenario fleet() {
  scenario::Scenario scenario;
  scenario.hardware.racks_per_site = 20;
  scenario.hardware.machines_per_rack = 2;
  scenario.hardware.disks_per_machine = 2;
  scenario::Strategy strategy;
  strategy.name = "RS 10+4";
  strategy.code = {"reed-solomon", {{"data", 10}, {"parity", 4}}};
  scenario.strategies = {strategy};
  return scenario;
}

void verified_bytes(benchmark::State& state) {
  drill::DrillOptions options;
  options.setting.objects = 200;
  options.setting.object_bytes = static_cast<std::size_t>(state.range(0));
  options.steps = 20;
  const scenario::Scenario scenario = fleet();
  double verified = 0;
  double verify_s = 0;
  double without_md5_s = 0;
  double md5 = 0;
  double md5_s = 0;
  for (auto _ : state) {
    const auto result = drill::drill(scenario, options).value();
    const drill::StrategyDrill& one = result.strategies[0].drill;
    if (!one.passed()) std::abort();
    verified += static_cast<double>(one.bytes_verified);
    verify_s += one.work.verify_s;
    without_md5_s += one.wall_s - one.work.md5_s;
    md5 += static_cast<double>(one.work.bytes_md5);
    md5_s += one.work.md5_s;
    ++options.setting.seed;
  }
  state.counters["reading_back_GB/s"] = verified / verify_s * 1e-9;
  state.counters["whole_drill_GB/s"] = verified / without_md5_s * 1e-9;
  state.counters["MD5_GB/s"] = md5 / md5_s * 1e-9;
}
BENCHMARK(verified_bytes)
    ->Arg(64 << 10)
    ->Arg(1 << 20)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

/// Schedules a second of the small store of the tests.
void schedules(benchmark::State& state) {
  drill::DrillOptions options;
  options.setting.objects = 8;
  options.setting.object_bytes = 301;
  options.steps = 14;
  options.missions = 500;
  const scenario::Scenario scenario = fleet();
  for (auto _ : state) {
    if (!drill::drill(scenario, options).value().passed()) std::abort();
    ++options.setting.seed;
  }
  state.SetItemsProcessed(state.iterations() * 500);
}
BENCHMARK(schedules)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
