#include "models/topology/unit_kinds.h"

namespace models::topology {
namespace {

using Role = Vertex::Role;

bool nothing(const Topology&, std::uint32_t, const Vertex&) { return false; }

template <Role role>
bool itself(const Topology&, std::uint32_t index, const Vertex& vertex) {
  return vertex.role == role && vertex.index == index;
}

bool all_in_rack(const Topology&, std::uint32_t rack, const Vertex& vertex) {
  return vertex.rack == rack;
}

bool all_in_domain(const Topology& topology, std::uint32_t domain, const Vertex& vertex) {
  return vertex.rack != nowhere && topology.power_domain_of(vertex.rack) == domain;
}

bool all_in_site(const Topology&, std::uint32_t site, const Vertex& vertex) {
  return vertex.site == site;
}

constexpr std::array<UnitKindInfo, unit_kinds> kinds{{
    {UnitKind::disk, "disk", nothing},
    {UnitKind::machine, "machine", itself<Role::machine>},
    {UnitKind::rack, "rack", all_in_rack},
    {UnitKind::rack_switch, "rack switch", itself<Role::rack_switch>},
    {UnitKind::core_switch, "core switch", itself<Role::core_switch>},
    {UnitKind::power_domain, "power domain", all_in_domain},
    {UnitKind::controller, "controller", itself<Role::controller>},
    {UnitKind::gateway, "gateway", itself<Role::gateway>},
    {UnitKind::front_end, "front end", itself<Role::front_end>},
    {UnitKind::site, "site", all_in_site},
    // Nobody is served, though the machines go on: only the clients' end of every path is cut.
    {UnitKind::software, "software", itself<Role::clients>},
    {UnitKind::batch, "batch", nothing},
    {UnitKind::burst, "burst", nothing},
}};

}  // namespace

const std::array<UnitKindInfo, unit_kinds>& all_unit_kinds() { return kinds; }

std::string_view to_string(UnitKind kind) { return kinds[static_cast<std::size_t>(kind)].name; }

}  // namespace models::topology
