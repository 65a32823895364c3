#include "models/placement/limits.h"

#include <algorithm>

#include "sim/contract.h"

namespace models::placement {

Limits limits_of(const scenario::Placement& spec) {
  return {spec.max_per_site, spec.max_per_rack, spec.max_per_machine};
}

int capacity(const topology::Topology& topology, std::span<const std::uint32_t> disks,
             const Limits& limits) {
  int all = 0;
  int site = 0;
  int rack = 0;
  int machine = 0;
  for (std::size_t i = 0; i < disks.size(); ++i) {
    ++machine;
    const std::uint32_t here = topology.machine_of(disks[i]);
    const bool last = i + 1 == disks.size();
    const std::uint32_t next = last ? here : topology.machine_of(disks[i + 1]);
    if (!last && next == here) continue;
    rack += std::min(machine, limits.machine);
    machine = 0;
    if (!last && topology.rack_of(next) == topology.rack_of(here)) continue;
    site += std::min(rack, limits.rack);
    rack = 0;
    if (!last &&
        topology.site_of(topology.rack_of(next)) == topology.site_of(topology.rack_of(here))) {
      continue;
    }
    all += std::min(site, limits.site);
    site = 0;
  }
  return all;
}

Limits tightened(const topology::Topology& topology, std::span<const std::uint32_t> disks,
                 Limits limits, int width) {
  EXPECTS(capacity(topology, disks, limits) >= width);
  for (int Limits::*level : {&Limits::site, &Limits::rack, &Limits::machine}) {
    if (level == &Limits::site && topology.sites() == 1) continue;
    Limits tried = limits;
    for (tried.*level = 1; capacity(topology, disks, tried) < width; ++(tried.*level)) {
    }
    limits = tried;
  }
  return limits;
}

}  // namespace models::placement
