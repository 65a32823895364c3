// Records at their largest: days of drives read, a log with bursts fitted, a model held against
// windows that it makes. Counters have the file's size and the process's greatest memory.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "models/records/analysis.h"
#include "models/records/failure_model.h"
#include "models/records/posterior_check.h"
#include "models/records/read_trace.h"

namespace {

using namespace models::records;
namespace fs = std::filesystem;

double most_memory_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// A file that is gone with the benchmark.
class Scratch {
 public:
  explicit Scratch(const std::string& name)
      : path_(
            (fs::temp_directory_path() / fmt::format("holdfast_{}_{}", getpid(), name)).string()) {}
  ~Scratch() { fs::remove(path_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// As Backblaze publishes them: 25,000 drives on each of 120 days, rows of 110 bytes.
void write_days(const std::string& path) {
  constexpr int days = 120;
  constexpr int drives = 25'000;
  std::ofstream out{path};
  out << "date,serial_number,model,capacity_bytes,failure,datacenter,vault_id,pod_id,smart_1_raw,"
         "smart_9_raw\n";
  const Day first = *parse_day("2024-01-01");
  for (int day = 0; day < days; ++day) {
    std::string rows;
    const std::string date = date_text(first + day);
    for (int drive = 0; drive < drives; ++drive) {
      const int dies = drive % 500 == 7 ? drive / 500 : days;  // 50 fail, one a day
      if (day > dies) continue;
      rows += fmt::format("{},ZA{:08d},ST12000NM000{},12000138625024,{},dc{},10{:02d},{},{},{}\n",
                          date, drive, drive % 7, day == dies ? 1 : 0, drive % 4, drive % 60,
                          drive % 20, 100'000'000 + drive * 7, 9000 + drive % 20'000 + 24 * day);
    }
    out << rows;
  }
}

void drive_days(benchmark::State& bench) {
  const Scratch file{"days.csv"};
  write_days(file.path());
  for (auto step : bench) {
    const auto trace = read_trace(file.path());
    if (!trace || trace.value().rows_faulty > 0) bench.SkipWithError("the days are not read");
  }
  const auto bytes = static_cast<double>(fs::file_size(file.path()));
  bench.counters["file MB"] = bytes / 1e6;
  bench.counters["MB/s"] =
      benchmark::Counter(bytes / 1e6, benchmark::Counter::kIsIterationInvariantRate);
  bench.counters["most MiB"] = most_memory_mib();
}

/// Five years of 40,000 units in 400 machines and 50 racks.
FailureModel five_years(double singles, double bursts) {
  FailureModel model;
  model.length = 5 * 365;
  model.units = 40'000;
  model.machines = 400;
  model.racks = 50;
  model.singles_by_week.assign(261, singles / 261);
  model.bursts = bursts;
  model.burst.sizes = {{2, 0.6}, {3, 0.25}, {6, 0.15}};
  model.burst.spread_days = 0.5 / 24;
  model.burst.same_machine = 0.5;
  model.burst.same_rack = 0.2;
  return model;
}

/// 10,000 failures, 600 of them in bursts, from the file to the sections for a scenario.
void fit_with_bursts(benchmark::State& bench) {
  const Scratch file{"log.csv"};
  sim::Stream stream(41, sim::Purpose::test, {1, 84, 0});
  const BurstInput window = simulated_window(five_years(9400, 205), stream);
  std::ofstream out{file.path()};
  out << "timestamp,unit,rack,machine,slot\n";
  const double first = start_of(*parse_day("2019-01-01")).value;
  for (std::size_t i = 0; i < window.days.size(); ++i) {
    const auto slot = stream.below(100);
    out << fmt::format("{:.0f},{}-{},{},{},{}\n", first + 86'400 * window.days[i],
                       window.machine[i], slot, window.rack[i], window.machine[i], slot);
  }
  out.close();
  std::size_t failures = 0;
  for (auto step : bench) {
    const auto trace = read_trace(file.path());
    AnalysisOptions options;
    options.watched.population = 40'000;
    options.check.windows = 0;
    const auto analysis = analyse(trace.value(), options);
    if (!analysis || !analysis.value().bursts->found()) bench.SkipWithError("no burst is found");
    failures = trace.value().log.failures.size();
  }
  bench.counters["failures"] = static_cast<double>(failures);
}

/// 1,000 windows of as many failures as the record of Alpine has, each fitted anew.
void posterior_windows(benchmark::State& bench) {
  const FailureModel model = five_years(3000, 240);
  sim::Stream stream(42, sim::Purpose::test, {1, 85, 0});
  const BurstInput seen = simulated_window(model, stream);
  for (auto step : bench) {
    benchmark::DoNotOptimize(posterior_check(
        model, seen, {.windows = 1000, .threads = static_cast<int>(bench.range(0))}));
  }
  bench.counters["windows/s"] =
      benchmark::Counter(1000, benchmark::Counter::kIsIterationInvariantRate);
}

// Days first: what memory they take is the most so far.
BENCHMARK(drive_days)->Unit(benchmark::kMillisecond)->Iterations(3);
BENCHMARK(fit_with_bursts)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);
BENCHMARK(posterior_windows)
    ->Arg(2)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

}  // namespace
