// SimEDC's cluster until its first loss: events and group touches per second.
#include <benchmark/benchmark.h>

#include <memory>

#include "models/fleet/mission.h"
#include "models/verify/simedc.h"

namespace {

using namespace models;

void cluster_until_loss(benchmark::State& bench) {
  const scenario::Scenario scenario = verify::simedc_cluster();
  fleet::Mission mission(fleet::compile(scenario, scenario.strategies.front(), 1), 7);
  mission.ignore_reach();
  std::uint64_t replicate = 0;
  double events = 0;
  double touches = 0;
  double missions = 0;
  for (auto step : bench) {
    fleet::State state = mission.initial(replicate++);
    fleet::Outcome outcome;
    while (!outcome.first_loss && mission.advance(state, scenario.mission, outcome)) {
    }
    events += static_cast<double>(outcome.events);
    touches += static_cast<double>(outcome.group_touches);
    missions += 1;
  }
  bench.counters["events/s"] = {events, benchmark::Counter::kIsRate};
  bench.counters["touches/s"] = {touches, benchmark::Counter::kIsRate};
  bench.counters["missions/s"] = {missions, benchmark::Counter::kIsRate};
}
BENCHMARK(cluster_until_loss)->Unit(benchmark::kMillisecond);

}  // namespace
