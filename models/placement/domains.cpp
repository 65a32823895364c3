#include "models/placement/domains.h"

namespace models::placement {

using scenario::Domain;
using topology::Topology;

std::uint32_t domains(const Topology& topology, Domain kind) {
  switch (kind) {
    case Domain::machine:
      return topology.machines();
    case Domain::rack:
      return topology.racks();
    case Domain::site:
      return topology.sites();
    case Domain::fleet:
      return 1;
  }
  return 1;
}

std::uint32_t disks_in_domain(const Topology& topology, Domain kind) {
  return topology.disks() / domains(topology, kind);
}

std::uint32_t domain_of(const Topology& topology, Domain kind, std::uint32_t disk) {
  // Disks are numbered domain by domain, whatever the kind.
  return disk / disks_in_domain(topology, kind);
}

std::uint32_t rank_in_domain(const Topology& topology, Domain kind, std::uint32_t disk) {
  const std::uint32_t machine = topology.machine_of(disk);
  const std::uint32_t rack = topology.rack_of(machine);
  const std::uint32_t racks_per_site = topology.racks() / topology.sites();
  std::uint32_t rank = disk % topology.disks_per_machine();
  if (kind == Domain::machine) return rank;
  rank = rank * topology.machines_per_rack() + machine % topology.machines_per_rack();
  if (kind == Domain::rack) return rank;
  rank = rank * racks_per_site + rack % racks_per_site;
  if (kind == Domain::site) return rank;
  return rank * topology.sites() + topology.site_of(rack);
}

std::uint32_t Pools::count(const Topology& topology) const {
  return domains(topology, within) * (disks_in_domain(topology, within) / size);
}

std::optional<std::uint32_t> Pools::of(const Topology& topology, std::uint32_t disk) const {
  const std::uint32_t per_domain = disks_in_domain(topology, within) / size;
  const std::uint32_t in_domain = rank_in_domain(topology, within, disk) / size;
  if (in_domain >= per_domain) return std::nullopt;
  return domain_of(topology, within, disk) * per_domain + in_domain;
}

std::uint32_t Pools::rank(const Topology& topology, std::uint32_t disk) const {
  return rank_in_domain(topology, within, disk) % size;
}

bool is_spare(const Topology& topology, const scenario::Placement& placement,
              const scenario::Spares& spares, std::uint32_t disk) {
  const auto count = static_cast<std::uint32_t>(spares.count);
  if (count == 0) return false;
  if (spares.per) {
    return rank_in_domain(topology, *spares.per, disk) + count >=
           disks_in_domain(topology, *spares.per);
  }
  const Pools pools{static_cast<std::uint32_t>(placement.pool), placement.within};
  return pools.of(topology, disk) && pools.rank(topology, disk) + count >= pools.size;
}

}  // namespace models::placement
