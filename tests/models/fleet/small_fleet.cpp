#include "small_fleet.h"

#include <vector>

namespace models::fleet::testing {

SmallFleet::SmallFleet(int racks, int machines_per_rack, int disks_per_machine) {
  scenario.name = "small fleet";
  scenario.mission = sim::years(1);
  scenario.data.objects = 1000;
  scenario.hardware.racks_per_site = racks;
  scenario.hardware.machines_per_rack = machines_per_rack;
  scenario.hardware.disks_per_machine = disks_per_machine;
  scenario.hardware.disk = {"test disk", {16e12}, {250e6}, {250e6}};
  scenario.hardware.network = {{1.25e9}, {5e9}, {1e12}, 1.0};
  scenario.strategies.emplace_back();
  scenario.strategies[0].name = "tested";
}

SmallFleet& SmallFleet::reed_solomon(int data, int parity, int groups) {
  scenario::Strategy& strategy = scenario.strategies[0];
  strategy.code = {"reed-solomon", {{"data", data}, {"parity", parity}}};
  strategy.placement.groups = groups;
  scenario.data.logical = {1e12 * groups};
  scenario.data.stripe = scenario.data.object_size();
  return *this;
}

SmallFleet& SmallFleet::replicas(int copies, int groups) {
  scenario::Strategy& strategy = scenario.strategies[0];
  strategy.code = {"replication", {{"copies", copies}}};
  strategy.placement.groups = groups;
  scenario.data.logical = {1e12 * groups};
  scenario.data.stripe = scenario.data.object_size();
  return *this;
}

SmallFleet& SmallFleet::exponential(Seconds life, Seconds repair) {
  scenario.failures.disk = sim::Distribution::exponential(life);
  scenario.strategies[0].repair.rebuild_time = sim::Distribution::exponential(repair);
  return *this;
}

std::shared_ptr<const Fleet> SmallFleet::compiled(std::uint64_t seed) const {
  return compile(scenario, scenario.strategies[0], seed);
}

double chain_loss_by(int n, int tolerance, Seconds life, Seconds repair, Seconds t) {
  std::vector<long double> p(static_cast<std::size_t>(tolerance) + 2, 0.0L);
  p[0] = 1;
  const long double step = 1e-4L * repair.value;
  const long double fails = step / life.value;
  const long double heals = step / repair.value;
  for (long double at = 0; at < t.value; at += step) {
    std::vector<long double> next = p;
    for (int i = 0; i <= tolerance; ++i) {
      const auto here = static_cast<std::size_t>(i);
      const long double up = (n - i) * fails * p[here];
      const long double down = i * heals * p[here];
      next[here] -= up + down;
      next[here + 1] += up;
      if (i > 0) next[here - 1] += down;
    }
    p = next;
  }
  return static_cast<double>(p.back());
}

}  // namespace models::fleet::testing
