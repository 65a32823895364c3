// SimEDC's two examples, played by the fleet with its own placement and planner.
#include "models/verify/simedc.h"

#include <array>
#include <memory>

#include "models/fleet/mission.h"
#include "models/verify/families.h"
#include "sim/contract.h"
#include "sim/execution/blocks.h"
#include "sim/interval.h"

namespace models::verify {

namespace {

constexpr std::string_view source =
    "SimEDC (Zhang, Han, Lee; SRDS 2017), run with these parameters";
constexpr double mebibyte = 1024.0 * 1024.0;
constexpr double chunk = 256 * mebibyte;
constexpr BytesPerSecond unlimited{1e15};  // more than any of the rest

scenario::Scenario hardware_of(int racks, int machines, double cross_rack) {
  scenario::Scenario scenario;
  scenario.name = "SimEDC";
  scenario.hardware.racks_per_site = racks;
  scenario.hardware.machines_per_rack = machines;
  scenario.hardware.disk = {"disk", {1024 * 1024 * mebibyte}, unlimited, unlimited};
  scenario.hardware.network = {unlimited, unlimited, {cross_rack}, 1.0};
  return scenario;
}

void add_stripes(scenario::Scenario& scenario, int stripes) {
  scenario.data.logical = {stripes * 6 * chunk};
  scenario.data.stripe = {6 * chunk};
  scenario.data.objects = stripes;
  scenario::Strategy strategy;
  strategy.name = "RS 6+3";
  strategy.code = {"reed-solomon", {{"data", 6}, {"parity", 3}}};
  strategy.placement.groups = stripes;
  strategy.repair.order = scenario::RebuildOrder::arrival;
  strategy.repair.spares.kind = "technician";  // a new disk stands there at once
  strategy.repair.spares.visit = sim::Distribution::fixed({0});
  scenario.strategies.push_back(std::move(strategy));
}

/// Missions until the first loss; each with a placement of its own.
struct Losses {
  std::uint64_t lost{};
  std::uint64_t missions{};
  void merge(const Losses& later) {
    lost += later.lost;
    missions += later.missions;
  }
};

sim::Estimate loss_of_cluster(const Effort& effort) {
  constexpr std::uint64_t missions = 64;
  const scenario::Scenario scenario = simedc_cluster();
  const sim::BlockPlan plan{0, missions, 4, effort.threads};
  sim::BlockHooks<Losses> hooks;
  hooks.stop = effort.stop;
  const auto played = sim::run_blocks(
      plan, Losses{}, [] { return 0; },
      [&](std::uint64_t replicate, int& /*none*/, Losses& losses) {
        const auto fleet =
            fleet::compile(scenario, scenario.strategies.front(), effort.seed + replicate);
        fleet::Mission mission(fleet, effort.seed);
        mission.ignore_reach();
        fleet::State state = mission.initial(replicate);
        fleet::Outcome outcome;
        while (!outcome.first_loss && mission.advance(state, scenario.mission, outcome)) {
        }
        ++losses.missions;
        losses.lost += outcome.first_loss ? 1 : 0;
      },
      hooks);
  const Losses& losses = played.accumulator;
  sim::Estimate found;
  found.value = static_cast<double>(losses.lost) /
                static_cast<double>(std::max<std::uint64_t>(1, losses.missions));
  found.ci95 = sim::wilson_interval(losses.lost, losses.missions);
  found.method = sim::Method::direct;
  found.model = "fleet, one disk rebuilt after another, a placement for each mission";
  found.replicates = losses.missions;
  return found;
}

template <ChunkLayout layout>
sim::Estimate repair_hours(const Effort& /*effort*/) {
  constexpr int disks = 8;
  const scenario::Traffic traffic =
      layout == ChunkLayout::flat ? scenario::Traffic::balanced : scenario::Traffic::near;
  return sim::Estimate::exact(hours_of_repair(simedc_repair(layout, traffic), disks),
                              sim::Method::direct, "fleet, a disk lost and rebuilt by the planner");
}

constexpr std::array cases{
    Case{.id = "simedc/cluster-loss",
         .title = "P(loss in 10 years) of 128 disks, RS 6+3, one repair after another",
         .source = source,
         .unit = "",
         .published = "0.833",
         .sampled = sim::Interval{0.71, 0.92},
         .reading = "50 of the tool's 60 runs lost data: 95 % interval 0.71 to 0.92",
         .simulated = loss_of_cluster},
    Case{.id = "simedc/repair-flat",
         .title = "repair of a 1 TiB disk, a chunk in a rack, played",
         .source = source,
         .unit = "h",
         .published = "10.49",
         .reading = "mean of eight disks; the 125 MiB/s between racks are the limit",
         .simulated = repair_hours<ChunkLayout::flat>},
    Case{.id = "simedc/repair-hierarchical",
         .title = "the same, three chunks in each of three racks, reads in the rack first",
         .source = source,
         .unit = "h",
         .published = "6.99",
         .reading = "mean of eight disks; placement \"hierarchical\", traffic \"near\"",
         .simulated = repair_hours<ChunkLayout::hierarchical>},
};

}  // namespace

scenario::Scenario simedc_cluster() {
  scenario::Scenario scenario = hardware_of(16, 8, 12.5 * mebibyte);
  scenario.mission = sim::hours(87600);
  scenario.failures.disk = sim::Distribution::weibull(1.12, sim::hours(87600));
  scenario.failures.machine = sim::Distribution::exponential(sim::hours(91250));
  add_stripes(scenario, 43690);
  return scenario;
}

scenario::Scenario simedc_repair(ChunkLayout layout, scenario::Traffic traffic) {
  scenario::Scenario scenario = hardware_of(32, 32, 125 * mebibyte);
  scenario.mission = sim::years(10);
  // Needed so that a disk can be struck; none fails by itself within the time of a repair.
  scenario.failures.disk = sim::Distribution::exponential(sim::years(1e9));
  add_stripes(scenario, 349524);
  scenario::Strategy& strategy = scenario.strategies.front();
  strategy.repair.traffic = traffic;
  if (layout == ChunkLayout::flat) return scenario;
  strategy.placement.kind = "hierarchical";
  strategy.placement.racks = 3;
  strategy.placement.max_per_rack = 3;
  return scenario;
}

double hours_of_repair(const scenario::Scenario& scenario, int disks) {
  const auto fleet = fleet::compile(scenario, scenario.strategies.front(), 1);
  fleet::Mission mission(fleet, 1);
  mission.ignore_reach();
  const fleet::State whole = mission.initial(0);
  double hours = 0;
  for (int i = 0; i < disks; ++i) {
    const auto disk = static_cast<std::uint32_t>(i) *
                      (fleet->topology().disks() / static_cast<std::uint32_t>(disks));
    fleet::State state = fleet::State::overlay(whole);
    fleet::Outcome outcome;
    sim::Stream stream(1, sim::Purpose::repair);
    double probability = 1;
    const bool struck =
        mission.strike(state, fleet->classes().front(), disk, {}, stream, outcome, probability);
    ENSURES(struck);
    while (!state.incidents.empty() && mission.advance(state, scenario.mission, outcome)) {
    }
    hours += sim::in_hours(state.now);
  }
  return hours / disks;
}

std::span<const Case> simedc_cases() { return cases; }

}  // namespace models::verify
