// How compile, a mission-year, a converged loss and memory grow with the fleet: 100 to 100,000
// disks, groups and bandwidth in proportion, disks, machines and shocks. Writes build/growth.csv,
// one line a fleet. Seconds are those of the processor; memory is the most so far, so fleets come
// by size.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <fstream>
#include <memory>

#include "fleets.h"
#include "models/fleet/mission.h"
#include "models/fleet/rare_run.h"

namespace {

using namespace models;

double processor_seconds() {
  return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
}

double resident_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024 / 1e6;
}

/// 50 disks a rack; the smallest has fewer in each, for a group of 14 wants 14 racks.
scenario::Scenario growing(int disks) {
  const int racks = disks < 1000 ? 20 : disks / 50;
  const int machines = disks < 1000 ? 1 : 10;
  return bench::with_shocks({racks, machines, 5}, 20 * disks, 0.023 * disks);
}

struct Line {
  int disks{};
  double compile{}, mission_year{}, loss{}, memory{};
};

void write(const Line& line) {
  static bool begun = false;
  std::ofstream file(HOLDFAST_SOURCE_DIR "/build/growth.csv",
                     begun ? std::ios::app : std::ios::trunc);
  if (!begun) file << "disks,compile_s,mission_year_s,loss_to_20pct_s,rss_mb\n";
  begun = true;
  file << line.disks << "," << line.compile << "," << line.mission_year << "," << line.loss << ","
       << line.memory << "\n";
}

void growth(benchmark::State& state) {
  constexpr double precision = 0.2;
  constexpr double longest = 120;      // seconds for one loss
  constexpr double long_enough = 0.5;  // seconds of missions
  Line line;
  line.disks = static_cast<int>(state.range(0));
  const scenario::Scenario scenario = growing(line.disks);
  for ([[maybe_unused]] auto step : state) {
    const double begun = processor_seconds();
    const auto fleet = fleet::compile(scenario, scenario.strategies[0], 1);
    line.compile = processor_seconds() - begun;

    fleet::Mission mission(fleet, 7);
    std::uint64_t missions = 0;
    const double missions_begin = processor_seconds();
    do {
      fleet::State state_of_one = mission.initial(missions++);
      benchmark::DoNotOptimize(mission.play(state_of_one));
    } while (processor_seconds() - missions_begin < long_enough);
    line.mission_year = (processor_seconds() - missions_begin) / static_cast<double>(missions) /
                        sim::in_years(scenario.mission);

    const double loss_begins = processor_seconds();
    fleet::RareRunOptions options;
    options.precision = precision;
    options.threads = 1;
    options.out_of_time = [&] { return processor_seconds() - loss_begins > longest; };
    const fleet::RareRun run = fleet::estimate_rare_loss(fleet, options);
    line.loss = processor_seconds() - loss_begins;
    // A loss that takes longer is told as what it would take: the square of how much too wide it
    // is.
    const sim::Moments& loss = run.tally.loss().x();
    const double width = 1.96 * loss.standard_error() / loss.mean();
    if (!run.reached) line.loss *= std::max(1.0, std::pow(width / precision, 2));
    line.memory = resident_mb();
    write(line);
    state.counters["compile_s"] = line.compile;
    state.counters["mission_year_s"] = line.mission_year;
    state.counters["loss_to_20pct_s"] = line.loss;
    state.counters["rss_mb"] = line.memory;
    state.counters["reached"] = run.reached ? 1 : 0;
    state.counters["loss"] = loss.mean();
  }
}
BENCHMARK(growth)->Arg(100)->Arg(1000)->Arg(10000)->Arg(100000)->Iterations(1)->Unit(
    benchmark::kSecond);

}  // namespace
