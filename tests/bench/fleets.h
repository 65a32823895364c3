#pragma once

#include "models/scenario/scenario.h"
#include "models/units.h"

/// Fleets that several benchmarks play.
namespace bench {

using namespace models;

/// Minimum of an infant, a constant and a wear-out law: 0.5, 1.5 and 0.5 %/year over a fleet aged 0
/// to 5 years.
inline sim::Distribution bathtub() {
  return sim::Distribution::competing({sim::Distribution::weibull(0.7, sim::years(805)),
                                       sim::Distribution::exponential(sim::years(1 / 0.015)),
                                       sim::Distribution::weibull(3, sim::years(18.85))});
}

inline sim::Distribution rate(double per_year) {
  return sim::Distribution::exponential(sim::years(1 / per_year));
}

struct Layout {
  int racks, machines, disks;
};
struct Shards {
  int data, parity, groups, max_per_rack;
};

/// A fleet whose groups are rebuilt one at a time at a fixed rate for the whole of it: the core
/// carries so much and nothing else limits.
inline scenario::Scenario fleet_of(const Layout& layout, const Shards& shards,
                                   double groups_per_hour) {
  constexpr double shard_bytes = 1e9;
  scenario::Scenario scenario;
  scenario.mission = sim::years(1);
  scenario.hardware.racks_per_site = layout.racks;
  scenario.hardware.machines_per_rack = layout.machines;
  scenario.hardware.disks_per_machine = layout.disks;
  scenario.hardware.disk = {"bench", {16e12}, {1e15}, {1e15}};
  scenario.hardware.network = {
      {1e15}, {1e15}, {groups_per_hour / 3600 * shard_bytes * shards.data}, 1.0};
  scenario.data.logical = {shard_bytes * shards.data * shards.groups};
  scenario::Strategy strategy;
  strategy.name = "bench";
  if (shards.data == 1) {
    strategy.code = {"replication", {{"copies", shards.parity + 1}}};
  } else {
    strategy.code = {"reed-solomon", {{"data", shards.data}, {"parity", shards.parity}}};
  }
  strategy.placement.groups = shards.groups;
  strategy.placement.max_per_rack = shards.max_per_rack;
  scenario.strategies.push_back(strategy);
  return scenario;
}

inline void ageing(scenario::Scenario& scenario) {
  scenario.failures.disk = bathtub();
  scenario.failures.disk_age = {sim::years(0), sim::years(5), 5};
}

inline void detect_after(scenario::Scenario& scenario, Seconds detection) {
  scenario.strategies[0].repair.detection.process = sim::Distribution::fixed(detection);
  scenario.strategies[0].repair.replacement = sim::Distribution::fixed(sim::hours(24));
}

inline scenario::Shock shock(double per_year, double kills, Seconds away) {
  return {rate(per_year), kills, sim::Distribution::fixed(away)};
}

/// Machine failures, shocks and RS 10+4 with one shard a rack.
inline scenario::Scenario with_shocks(const Layout& layout, int groups, double groups_per_hour) {
  auto scenario = fleet_of(layout, {10, 4, groups, 1}, groups_per_hour);
  ageing(scenario);
  scenario.failures.machine = rate(0.02);
  scenario.failures.rack_shock = shock(0.05, 0.05, sim::hours(4));
  detect_after(scenario, sim::minutes(30));
  return scenario;
}

}  // namespace bench
