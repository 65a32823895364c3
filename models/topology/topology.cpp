#include "models/topology/topology.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/topology/unit_kinds.h"

namespace models::topology {

namespace {

using Role = Vertex::Role;

std::uint32_t at(UnitKind kind) { return static_cast<std::uint32_t>(kind); }

std::uint32_t whole(int count) { return static_cast<std::uint32_t>(count); }

}  // namespace

Topology::Topology(const scenario::Hardware& hardware)
    : sites_(whole(hardware.sites)),
      racks_per_site_(whole(hardware.racks_per_site)),
      machines_per_rack_(whole(hardware.machines_per_rack)),
      disks_per_machine_(whole(hardware.disks_per_machine)),
      power_domains_(whole(hardware.power_domains)),
      front_ends_needed_(hardware.front_ends.count > 0 ? whole(hardware.front_ends.needed) : 0),
      gateways_needed_(hardware.gateways.count > 0 ? whole(hardware.gateways.needed) : 0),
      controllers_abreast_(std::max(1U, whole(hardware.controllers.count))),
      machine_of_(std::size_t{disks()}),
      rack_of_(std::size_t{machines()}) {
  for (std::uint32_t d = 0; d < disks(); ++d) machine_of_[d] = d / disks_per_machine_;
  for (std::uint32_t m = 0; m < machines(); ++m) rack_of_[m] = m / machines_per_rack_;
  add_clients(hardware);
  for (std::uint32_t site = 0; site < sites_; ++site) {
    std::vector<Place> cores;
    for (int i = 0; i < hardware.network.core_switches; ++i) {
      cores.push_back(add(Role::core_switch, UnitKind::core_switch, nowhere, site));
      boost::add_edge(network, cores.back(), graph_);
    }
    for (std::uint32_t r = 0; r < racks_per_site_; ++r) add_rack(hardware, cores, site);
  }
  counts_[at(UnitKind::disk)] = disks();
  counts_[at(UnitKind::site)] = sites_;
  counts_[at(UnitKind::power_domain)] = sites_ * power_domains_;
  counts_[at(UnitKind::software)] = 1;
  counts_[at(UnitKind::batch)] = whole(hardware.batches);
  counts_[at(UnitKind::burst)] = sites_;
}

Topology::Place Topology::add(Role role, UnitKind kind, std::uint32_t rack, std::uint32_t site) {
  return boost::add_vertex(Vertex{role, counts_[at(kind)]++, rack, site}, graph_);
}

void Topology::join(const std::vector<Place>& above, Place below) {
  for (const Place place : above) boost::add_edge(place, below, graph_);
}

/// Clients - front ends - gateways - network; a row that is not there is passed over.
void Topology::add_clients(const scenario::Hardware& hardware) {
  std::vector<Place> above{boost::add_vertex(Vertex{.role = Role::clients}, graph_)};
  const Place inner = boost::add_vertex(Vertex{.role = Role::network}, graph_);
  struct Row {
    Role role;
    UnitKind kind;
    int count;
  };
  for (const Row& row : {Row{Role::front_end, UnitKind::front_end, hardware.front_ends.count},
                         Row{Role::gateway, UnitKind::gateway, hardware.gateways.count}}) {
    if (row.count == 0) continue;
    std::vector<Place> places;
    for (int i = 0; i < row.count; ++i) {
      places.push_back(add(row.role, row.kind, nowhere, nowhere));
      join(above, places.back());
    }
    above = std::move(places);
  }
  join(above, inner);
}

void Topology::add_rack(const scenario::Hardware& hardware, const std::vector<Place>& cores,
                        std::uint32_t site) {
  const std::uint32_t rack = counts_[at(UnitKind::rack)]++;
  std::vector<Place> switches;
  for (int i = 0; i < hardware.network.rack_switches; ++i) {
    switches.push_back(add(Role::rack_switch, UnitKind::rack_switch, rack, site));
    join(cores, switches.back());
  }
  const scenario::Controllers& controllers = hardware.controllers;
  std::vector<Place> above = switches;
  for (std::uint32_t m = 0; m < machines_per_rack_; ++m) {
    if (controllers.count > 0 && m % whole(controllers.machines) == 0) {
      above.clear();
      for (int i = 0; i < controllers.count; ++i) {
        above.push_back(add(Role::controller, UnitKind::controller, rack, site));
        join(switches, above.back());
      }
    }
    join(above, add(Role::machine, UnitKind::machine, rack, site));
  }
}

std::uint32_t Topology::power_domain_of(std::uint32_t rack) const {
  return site_of(rack) * power_domains_ + rack % racks_per_site_ * power_domains_ / racks_per_site_;
}

std::uint32_t Topology::place_of_disk(UnitKind kind, std::uint32_t disk) const {
  switch (kind) {
    case UnitKind::disk:
      return disk;
    case UnitKind::machine:
      return machine_of(disk);
    case UnitKind::rack:
      return rack_of_disk(disk);
    case UnitKind::power_domain:
      return power_domain_of(rack_of_disk(disk));
    case UnitKind::site:
    case UnitKind::burst:
      return site_of(rack_of_disk(disk));
    case UnitKind::batch:
      return disk % count(UnitKind::batch);
    default:
      return nowhere;
  }
}

Topology::DiskRange Topology::disks_of(Unit place) const {
  const auto of_racks = [&](std::uint32_t first, std::uint32_t end) {
    const std::uint32_t per_rack = machines_per_rack_ * disks_per_machine_;
    return DiskRange{first * per_rack, end * per_rack};
  };
  const std::uint32_t i = place.index;
  switch (place.kind) {
    case UnitKind::disk:
      return {i, i + 1};
    case UnitKind::machine:
      return {first_disk(i), first_disk(i + 1)};
    case UnitKind::rack:
      return of_racks(i, i + 1);
    case UnitKind::power_domain: {
      // The first rack whose domain, by the division above, is `domain`.
      const auto first_rack = [&](std::uint32_t domain) {
        return (domain * racks_per_site_ + power_domains_ - 1) / power_domains_;
      };
      const std::uint32_t before = i / power_domains_ * racks_per_site_;
      const std::uint32_t domain = i % power_domains_;
      return of_racks(before + first_rack(domain), before + first_rack(domain + 1));
    }
    case UnitKind::site:
    case UnitKind::burst:
      return of_racks(i * racks_per_site_, (i + 1) * racks_per_site_);
    case UnitKind::batch:
      return {i, disks(), count(UnitKind::batch)};
    default:
      return {};
  }
}

std::vector<std::uint32_t> Topology::disks_of(UnitKind kind,
                                              std::span<const std::uint32_t> places) const {
  std::vector<std::uint32_t> disks;
  for (const std::uint32_t place : places) {
    const DiskRange range = disks_of({kind, place});
    for (std::uint32_t disk = range.first; disk < range.end; disk += range.step)
      disks.push_back(disk);
  }
  return disks;
}

bool Topology::takes_down(Unit unit, const Vertex& vertex) const {
  return all_unit_kinds()[at(unit.kind)].takes_down(*this, unit.index, vertex);
}

std::string Topology::describe(Unit unit) const {
  switch (unit.kind) {
    case UnitKind::disk:
      return fmt::format("disk {} (rack {}, machine {})", unit.index, rack_of_disk(unit.index),
                         machine_of(unit.index));
    case UnitKind::machine:
      return fmt::format("machine {} (rack {})", unit.index, rack_of(unit.index));
    default:
      return fmt::format("{} {}", to_string(unit.kind), unit.index);
  }
}

}  // namespace models::topology
