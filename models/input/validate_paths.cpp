#include "models/input/validate_paths.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

namespace models::scenario {
namespace {

/// The model keeps sets of parts as bits: so many fit.
constexpr int most_parts = 192;

void check_services(const Paths& paths, FaultList& faults) {
  std::set<std::string> seen;
  if (paths.services.empty()) faults.error("/paths/services", "must have at least one");
  for (std::size_t i = 0; i < paths.services.size(); ++i) {
    const HostService& service = paths.services[i];
    const std::string pointer = fmt::format("/paths/services/{}", i);
    faults.expect_name(pointer + "/name", service.name);
    if (!seen.insert(service.name).second) {
      faults.error(pointer + "/name", fmt::format("two are named \"{}\"", service.name));
    }
    if (service.needed > service.hosts) {
      faults.error(pointer + "/needed", fmt::format("must be at most the {} hosts, got {}",
                                                    service.hosts, service.needed));
    }
  }
}

int parts_of(const Paths& paths, const Hardware& hardware) {
  int parts = 0;
  for (const HostService& service : paths.services) {
    parts += service.hosts * (1 + service.adapters);
  }
  // Fabrics, links, engines, enclosures, software, power; arrays with what they are made of.
  parts += hardware.sites * (hardware.network.core_switches + 1) + paths.site_links +
           hardware.gateways.count + paths.enclosures + 1;
  return parts + static_cast<int>(hardware.racks()) *
                     (hardware.controllers.count + hardware.machines_per_rack);
}

void check_hardware(const Paths& paths, const Hardware& hardware, const std::string& pointer,
                    FaultList& faults) {
  if (hardware.gateways.count < 1) {
    faults.error(pointer, "paths lead through gateways: give gateways.count, the engines");
  } else if (hardware.gateways.count < paths.enclosures) {
    faults.error("/paths/enclosures", fmt::format("must be at most the {} engines, got {}",
                                                  hardware.gateways.count, paths.enclosures));
  }
  if (hardware.controllers.count < 1) {
    faults.error(pointer, "paths lead through the controllers of arrays: give controllers");
  }
  if (hardware.sites > 2 || hardware.racks() > 2) {
    faults.error(pointer, fmt::format("paths lead to one or two arrays (racks) at one or two "
                                      "sites, got {} at {}",
                                      hardware.racks(), hardware.sites));
  }
  if (parts_of(paths, hardware) > most_parts) {
    faults.error("/paths", fmt::format("has {} parts, at most {} are modelled",
                                       parts_of(paths, hardware), most_parts));
  }
}

void check_outages(const Paths& paths, FaultList& faults) {
  const auto check = [&](const std::optional<PartOutage>& outage, std::string_view key) {
    if (!outage) return;
    const std::string pointer = fmt::format("/paths/failures/{}", key);
    if (!outage->between.has_hazard()) {
      faults.error(pointer + "/between", "must not be fixed: nothing lives for exactly so long");
    }
    for (const auto& time : {outage->between.mean(), outage->duration.mean()}) {
      if (std::isfinite(time.value)) continue;
      faults.error(pointer, "must have a finite mean time");
    }
  };
  check(paths.host_outage, "host");
  check(paths.adapter_outage, "adapter");
  check(paths.enclosure_outage, "enclosure");
  check(paths.site_link_outage, "site_link");
  check(paths.quorum_outage, "quorum");
}

}  // namespace

void check_paths(const Scenario& scenario, FaultList& faults) {
  if (!scenario.paths) return;
  check_services(*scenario.paths, faults);
  check_outages(*scenario.paths, faults);
  if (scenario.strategies.empty()) return;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < scenario.strategies.size(); ++i) {
    const Strategy& strategy = scenario.strategies[i];
    const std::string pointer =
        strategy.hardware ? fmt::format("/strategies/{}/hardware", i) : "/hardware";
    if (!seen.insert(pointer).second) continue;
    check_hardware(*scenario.paths, scenario.hardware_of(strategy), pointer, faults);
  }
}

}  // namespace models::scenario
