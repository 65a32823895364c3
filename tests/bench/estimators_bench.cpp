// CPU time until P(loss) of 10 of 14 units is known to +-10 % at 95 % and may be published: the
// whole of it, stopping rule included. "ratio" is that of the mean of the estimates to the exact
// value. Arguments: repairs per 1,000 years, points per window, virtual events per 100 missions.
#include <benchmark/benchmark.h>

#include <cstdint>

#include "sim/estimators/balance.h"
#include "sim/estimators/publish.h"
#include "sim/estimators/rare_estimator.h"
#include "tests/sim/estimators/rare_k_of_n.h"

namespace {

using sim::testing::RareKOfN;

// By uniformisation; tests/sim/estimators/oracles_test.cpp derives them.
double exact(std::int64_t repairs) { return repairs == 36500 ? 1.686546e-11 : 1.792810e-15; }

sim::RareTally until_precise(const RareKOfN& model, const sim::RareOptions& options,
                             std::uint64_t seed) {
  constexpr std::uint64_t block = 64;
  const sim::RarePrecision precision{0.1, {}, 500};
  sim::RareEstimator<RareKOfN> estimator(model, sim::Method::exposure, options, seed);
  sim::RareTally tally = estimator.empty_tally(options.mission);
  for (std::uint64_t replicate = 0; !sim::satisfies(tally, precision);) {
    sim::RareTally own = estimator.empty_tally(options.mission);
    for (const std::uint64_t end = replicate + block; replicate < end; ++replicate) {
      estimator.play(replicate, own);
    }
    tally.merge(own);
  }
  return tally;
}

void exposure_to_ten_percent(benchmark::State& state) {
  RareKOfN model{14, 10, 0.02 / sim::year.value,
                 static_cast<double>(state.range(0)) / 1000.0 / sim::year.value};
  sim::RareOptions options;
  options.mission = sim::years(1);
  options.amounts = false;
  for (sim::RareSetting& setting : options.settings) {
    setting.points = static_cast<int>(state.range(1));
  }
  options = sim::balanced(model, options, static_cast<double>(state.range(2)) / 100.0);
  double replicates = 0.0;
  double work = 0.0;
  sim::Moments ratio;
  std::uint64_t seed = 1;
  for (auto _ : state) {
    model.seed = seed;
    const sim::RareTally tally = until_precise(model, options, seed++);
    replicates += static_cast<double>(tally.replicates());
    work += static_cast<double>(tally.work().total());
    ratio.add(tally.loss().x().mean() / exact(state.range(0)));
  }
  state.counters["replicates"] = benchmark::Counter(replicates, benchmark::Counter::kAvgIterations);
  state.counters["work"] = benchmark::Counter(work, benchmark::Counter::kAvgIterations);
  state.counters["ratio"] = ratio.mean();
}

BENCHMARK(exposure_to_ten_percent)
    ->ArgNames({"repairs", "points", "starts"})
    ->Args({36500, 1, 200})
    ->Args({36500, 2, 100})
    ->Args({365000, 1, 200})
    ->Unit(benchmark::kMicrosecond);

}  // namespace
