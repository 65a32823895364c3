#pragma once

#include "models/topology/topology.h"

namespace models::topology {

/// What a kind of unit is called, and which parts fail with one of it.
struct UnitKindInfo {
  UnitKind kind{};
  std::string_view name;
  bool (*takes_down)(const Topology&, std::uint32_t index, const Vertex&){};
};

/// In the order of UnitKind.
const std::array<UnitKindInfo, unit_kinds>& all_unit_kinds();

}  // namespace models::topology
