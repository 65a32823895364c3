// Missions of one RAID group with latent defects per second, and how soon its rarest figure is
// known to +-5 %. Parameters: the family raid-latent of `holdfast verify`.
#include <benchmark/benchmark.h>

#include <algorithm>

#include "models/group/raid_group.h"

namespace {

using namespace models;

group::RaidGroup seven_and_one() {
  return {.data = 7,
          .parity = 1,
          .life = sim::Distribution::weibull(1.13, sim::hours(302016)),
          .repair = sim::Distribution::weibull(1.65, sim::hours(22.7)),
          .defects = group::Defects{.rate = {1 / sim::hours(12325).value},
                                    .mended = sim::Distribution::exponential(sim::hours(186)),
                                    .order = group::DefectOrder::one_at_a_time,
                                    .met = group::DefectMet::by_the_rebuild},
          .mission = sim::hours(87600)};
}

void raid_missions(benchmark::State& bench) {
  const group::RaidGroup raid = seven_and_one();
  constexpr std::uint64_t missions = 500000;
  std::uint64_t seed = 1;
  std::uint64_t played = 0;
  for (auto step : bench) {
    benchmark::DoNotOptimize(
        group::play_missions(raid, missions, seed++, static_cast<int>(bench.range(0))));
    played += missions;
  }
  bench.counters["missions/s"] =
      benchmark::Counter(static_cast<double>(played), benchmark::Counter::kIsRate);
}

/// P(two disks), seen in one of 1,300 missions, from so many that it is known to +-5 %.
void to_five_percent(benchmark::State& bench) {
  const group::RaidGroup raid = seven_and_one();
  std::uint64_t seed = 1;
  double widest = 0;
  for (auto step : bench) {
    const auto tally = group::play_missions(raid, 4096, seed++, 2);
    const sim::Moments& figure = tally.too_many_disks;
    widest = std::max(widest, 1.96 * figure.standard_error() / figure.mean());
  }
  bench.counters["half-width"] = widest;
}

BENCHMARK(raid_missions)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(to_five_percent)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
