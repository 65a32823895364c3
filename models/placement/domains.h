#pragma once

#include <cstdint>
#include <optional>

#include "models/scenario/scenario.h"
#include "models/topology/topology.h"

namespace models::placement {

/// Domains of a kind in the whole fleet, and disks in each: hardware is regular.
std::uint32_t domains(const topology::Topology& topology, scenario::Domain kind);
std::uint32_t disks_in_domain(const topology::Topology& topology, scenario::Domain kind);

/// The domain of a kind that a disk is in.
std::uint32_t domain_of(const topology::Topology& topology, scenario::Domain kind,
                        std::uint32_t disk);

/// The place of a disk in the order in which its domain is dealt out, [0, disks_in_domain): next to
/// each other stand disks of different sites, then racks, then machines.
std::uint32_t rank_in_domain(const topology::Topology& topology, scenario::Domain kind,
                             std::uint32_t disk);

/// Disks cut into disjoint sets of one size inside domains. Disks that are left over in a domain
/// are in no pool.
struct Pools {
  std::uint32_t size{};
  scenario::Domain within{};
  std::uint32_t count(const topology::Topology& topology) const;
  /// Pools are numbered domain by domain.
  std::optional<std::uint32_t> of(const topology::Topology& topology, std::uint32_t disk) const;
  /// Place of a disk in its pool, [0, size). @pre it is in one
  std::uint32_t rank(const topology::Topology& topology, std::uint32_t disk) const;
};

/// Is the disk kept empty as a hot spare? The last `spares.count` of every domain, or of every pool
/// of `placement`.
bool is_spare(const topology::Topology& topology, const scenario::Placement& placement,
              const scenario::Spares& spares, std::uint32_t disk);

}  // namespace models::placement
