#include "models/topology/topology.h"

#include <fmt/format.h>

namespace models::topology {

std::string_view to_string(UnitKind kind) {
  switch (kind) {
    case UnitKind::disk:
      return "disk";
    case UnitKind::machine:
      return "machine";
    case UnitKind::rack:
      return "rack";
    case UnitKind::rack_switch:
      return "rack switch";
    case UnitKind::core_switch:
      return "core switch";
  }
  return "";
}

Topology::Topology(const scenario::Hardware& hardware)
    : sites_(static_cast<std::uint32_t>(hardware.sites)),
      racks_per_site_(static_cast<std::uint32_t>(hardware.racks_per_site)),
      machines_per_rack_(static_cast<std::uint32_t>(hardware.machines_per_rack)),
      disks_per_machine_(static_cast<std::uint32_t>(hardware.disks_per_machine)),
      machine_of_(std::size_t{disks()}),
      rack_of_(std::size_t{machines()}) {
  for (std::uint32_t d = 0; d < disks(); ++d) machine_of_[d] = d / disks_per_machine_;
  for (std::uint32_t m = 0; m < machines(); ++m) rack_of_[m] = m / machines_per_rack_;
  using Role = Vertex::Role;
  const auto clients = boost::add_vertex(Vertex{Role::clients, 0}, graph_);
  for (std::uint32_t site = 0; site < sites_; ++site) {
    const auto core = boost::add_vertex(Vertex{Role::core_switch, site}, graph_);
    boost::add_edge(clients, core, graph_);
    for (std::uint32_t r = 0; r < racks_per_site_; ++r) {
      const std::uint32_t rack = site * racks_per_site_ + r;
      const auto rack_switch = boost::add_vertex(Vertex{Role::rack_switch, rack}, graph_);
      boost::add_edge(core, rack_switch, graph_);
      for (std::uint32_t m = 0; m < machines_per_rack_; ++m) {
        const Vertex machine{Role::machine, rack * machines_per_rack_ + m};
        boost::add_edge(rack_switch, boost::add_vertex(machine, graph_), graph_);
      }
    }
  }
}

std::uint32_t Topology::count(UnitKind kind) const {
  switch (kind) {
    case UnitKind::disk:
      return disks();
    case UnitKind::machine:
      return machines();
    case UnitKind::rack:
    case UnitKind::rack_switch:
      return racks();
    case UnitKind::core_switch:
      return sites();
  }
  return 0;
}

bool Topology::takes_down(Unit unit, const Vertex& vertex) const {
  using Role = Vertex::Role;
  switch (unit.kind) {
    case UnitKind::disk:
      return false;
    case UnitKind::machine:
      return vertex.role == Role::machine && vertex.index == unit.index;
    case UnitKind::rack:
      return (vertex.role == Role::rack_switch && vertex.index == unit.index) ||
             (vertex.role == Role::machine && rack_of(vertex.index) == unit.index);
    case UnitKind::rack_switch:
      return vertex.role == Role::rack_switch && vertex.index == unit.index;
    case UnitKind::core_switch:
      return vertex.role == Role::core_switch && vertex.index == unit.index;
  }
  return false;
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
