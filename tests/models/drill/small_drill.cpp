#include "tests/models/drill/small_drill.h"

#include <string>

namespace models::drill {

scenario::Strategy rs(int data, int parity) {
  scenario::Strategy strategy;
  strategy.name = "RS " + std::to_string(data) + "+" + std::to_string(parity);
  strategy.code = {"reed-solomon", {{"data", data}, {"parity", parity}}};
  return strategy;
}

scenario::Strategy replicas(int copies) {
  scenario::Strategy strategy;
  strategy.name = std::to_string(copies) + " replicas";
  strategy.code = {"replication", {{"copies", copies}}};
  return strategy;
}

scenario::Scenario small_fleet() {
  scenario::Scenario scenario;
  scenario.file = "small.json";
  scenario.hardware.racks_per_site = 12;
  scenario.hardware.machines_per_rack = 2;
  scenario.hardware.disks_per_machine = 2;
  scenario.strategies = {rs(4, 2), rs(6, 3), replicas(3)};
  return scenario;
}

DrillOptions small_drill(std::uint64_t seed) {
  DrillOptions options;
  options.setting = {seed, 8, 301};
  options.steps = 14;
  return options;
}

Bench::Bench(const scenario::Scenario& fleet, const codes::Code* other_code)
    : scenario(fleet),
      own_code(codes::make_code(fleet.strategies.front().code)),
      code(other_code != nullptr ? *other_code : *own_code),
      placement(placement::make_placement(fleet.strategies.front(), *own_code)),
      planner(code, *placement, fleet.strategies.front().repair),
      topology(fleet.hardware),
      scrubber(fleet.strategies.front().repair.scrub, Bytes{1e12}),
      decide([this](std::span<const repair::LostShard> lost, const repair::FleetView& view,
                    sim::Stream& stream) { return planner.decide(lost, view, stream); }) {}

Subject Bench::subject(const Safeguards* safeguards) const {
  return {code,     *placement, scenario.strategies.front().placement,      scenario.hardware,
          topology, decide,     safeguards != nullptr ? *safeguards : kept, scrubber};
}

}  // namespace models::drill
