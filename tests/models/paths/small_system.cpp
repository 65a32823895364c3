#include "tests/models/paths/small_system.h"

namespace models::paths {

namespace {

sim::Distribution exponential(Seconds mean) { return sim::Distribution::exponential(mean); }

scenario::Outage outage(double years, double hours) {
  return {exponential(sim::years(years)), exponential(sim::hours(hours))};
}

scenario::PartOutage part_outage(double years, double hours) {
  return {exponential(sim::years(years)), exponential(sim::hours(hours))};
}

}  // namespace

scenario::Scenario small_system() {
  scenario::Scenario scenario;
  scenario.name = "small";
  scenario.mission = sim::years(5);
  scenario.data.logical = {1e12};
  scenario::Hardware& hardware = scenario.hardware;
  hardware.racks_per_site = 2;
  hardware.machines_per_rack = 2;
  hardware.disks_per_machine = 12;
  hardware.disk.read = {150e6};
  hardware.network.machine = {3e9};
  hardware.network.rack_uplink = {8e9};
  hardware.network.core_switches = 2;
  hardware.controllers = {.count = 2, .machines = 2};
  hardware.gateways = {.count = 4, .needed = 1};
  scenario.failures.controller_outage = outage(1, 48);
  scenario.failures.gateway_outage = outage(1, 48);
  scenario.failures.core_switch_outage = outage(1, 48);
  scenario.failures.machine_outage = outage(1, 48);
  scenario.failures.power_domain_outage = outage(5, 8);
  scenario.failures.software_outage = outage(5, 8);
  scenario::Strategy strategy;
  strategy.name = "mirror";
  strategy.code = {"mirror", {{"copies", 2}}, {{"reed-solomon", {{"data", 9}, {"parity", 2}}}}};
  strategy.placement.kind = "mirrored";
  strategy.placement.groups = 4;
  strategy.placement.pool = 12;
  strategy.placement.within = scenario::Domain::machine;
  strategy.placement.across = scenario::Domain::rack;
  strategy.placement.max_per_rack = 24;
  strategy.placement.max_per_machine = 12;
  scenario.strategies.push_back(strategy);
  scenario::Paths paths;
  paths.services.push_back({.name = "HIS", .hosts = 2, .needed = 1, .adapters = 2});
  paths.services.front().patience = sim::years(1000);
  paths.enclosures = 2;
  paths.port = {1e9};
  paths.engine = {2e9};
  paths.mirror = {.writes = {1e6}, .resync = {1e300}, .most_dirty = {1e12}};
  paths.host_outage = part_outage(1, 48);
  paths.adapter_outage = part_outage(1, 48);
  paths.enclosure_outage = part_outage(1, 48);
  scenario.paths = paths;
  return scenario;
}

}  // namespace models::paths
