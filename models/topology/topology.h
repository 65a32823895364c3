#pragma once

#include <boost/graph/adjacency_list.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/scenario.h"
#include "models/units.h"

namespace models::topology {

/// Parts of the hardware that can fail or cut others off.
enum class UnitKind : std::uint8_t { disk, machine, rack, rack_switch, core_switch };
inline constexpr int unit_kinds = 5;

/// "disk", "rack switch", ...: for event logs and loss by cause.
std::string_view to_string(UnitKind kind);

/// One part: the `index`-th of its kind.
struct Unit {
  UnitKind kind{};
  std::uint32_t index{};
  auto operator<=>(const Unit&) const = default;
};

/// A vertex is a part that carries data between the clients and a machine, or the clients
/// themselves.
struct Vertex {
  enum class Role : std::uint8_t { clients, core_switch, rack_switch, machine } role{};
  std::uint32_t index{};
};
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, Vertex>;

/// Who stands where, and the graph by which clients reach machines. Immutable. Disks hang on their
/// machine and need no vertex: a disk is reachable when its machine is.
class Topology {
 public:
  explicit Topology(const scenario::Hardware& hardware);

  std::uint32_t disks() const { return machines() * disks_per_machine_; }
  std::uint32_t machines() const { return racks() * machines_per_rack_; }
  std::uint32_t racks() const { return sites_ * racks_per_site_; }
  std::uint32_t sites() const { return sites_; }
  std::uint32_t count(UnitKind kind) const;

  std::uint32_t machine_of(std::uint32_t disk) const { return machine_of_[disk]; }
  std::uint32_t rack_of(std::uint32_t machine) const { return rack_of_[machine]; }
  std::uint32_t rack_of_disk(std::uint32_t disk) const { return rack_of(machine_of(disk)); }
  std::uint32_t site_of(std::uint32_t rack) const { return rack / racks_per_site_; }
  std::uint32_t first_disk(std::uint32_t machine) const { return machine * disks_per_machine_; }
  std::uint32_t disks_per_machine() const { return disks_per_machine_; }
  std::uint32_t machines_per_rack() const { return machines_per_rack_; }

  const Graph& graph() const { return graph_; }
  /// Does the failure of `unit` take `vertex` down with it (itself, or by containment in a rack)?
  bool takes_down(Unit unit, const Vertex& vertex) const;
  /// "disk 417 (rack 3, machine 41)".
  std::string describe(Unit unit) const;

 private:
  std::uint32_t sites_;
  std::uint32_t racks_per_site_;
  std::uint32_t machines_per_rack_;
  std::uint32_t disks_per_machine_;
  // Tables, because these are asked for every shard that moves and a division costs ten times more.
  std::vector<std::uint32_t> machine_of_;
  std::vector<std::uint32_t> rack_of_;
  Graph graph_;
};

}  // namespace models::topology
