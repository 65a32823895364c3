#pragma once

#include <cstdint>
#include <span>

#include "models/placement/occupancy.h"
#include "models/scenario/scenario.h"
#include "models/topology/topology.h"

namespace models::placement {

/// At most so many shards of one group in a site, a rack and a machine; a disk holds one.
struct Limits {
  int site{};
  int rack{};
  int machine{};
  /// May the machine take one more?
  bool allow(const Occupancy& others, std::uint32_t at) const {
    const auto& topology = others.topology();
    const std::uint32_t in = topology.rack_of(at);
    return others.in_machine(at) < machine && others.in_rack(in) < rack &&
           (topology.sites() == 1 || others.in_site(topology.site_of(in)) < site);
  }
  /// The same for the few disks of one group, which nobody has counted.
  bool allow(const topology::Topology& topology, std::span<const std::uint32_t> others,
             std::uint32_t at) const {
    const std::uint32_t rack_at = topology.rack_of(at);
    const std::uint32_t site_at = topology.site_of(rack_at);
    int in_machine = 0;
    int in_rack = 0;
    int in_site = 0;
    for (const std::uint32_t disk : others) {
      const std::uint32_t other = topology.machine_of(disk);
      const std::uint32_t other_rack = topology.rack_of(other);
      in_machine += other == at ? 1 : 0;
      in_rack += other_rack == rack_at ? 1 : 0;
      if (topology.sites() > 1) in_site += topology.site_of(other_rack) == site_at ? 1 : 0;
    }
    return in_machine < machine && in_rack < rack && in_site < site;
  }
};

Limits limits_of(const scenario::Placement& spec);

/// Shards of one group that `disks` can hold. Limits are nested as the domains are, so whoever
/// takes disk after disk within them never gets stuck before.
/// @param disks ascending
int capacity(const topology::Topology& topology, std::span<const std::uint32_t> disks,
             const Limits& limits);

/// The lowest limits, by site, then by rack, then by machine, within which the disks still hold
/// `width` shards: spread as evenly as can be. @pre capacity(disks, limits) >= width
Limits tightened(const topology::Topology& topology, std::span<const std::uint32_t> disks,
                 Limits limits, int width);

}  // namespace models::placement
