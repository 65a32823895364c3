#pragma once

#include <array>
#include <boost/graph/adjacency_list.hpp>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/scenario.h"
#include "models/units.h"

namespace models::topology {

/// Parts of the hardware, or of the service, that can fail or cut others off. Numbers of random
/// streams rest on the order: append only.
enum class UnitKind : std::uint8_t {
  disk,
  machine,
  rack,
  rack_switch,
  core_switch,
  power_domain,  ///< racks of a site that lose their power together
  controller,    ///< machines (shelves) are reached through it
  gateway,       ///< clients come through it ...
  front_end,     ///< ... after one of these
  site,
  software,  ///< the service as a whole: faults and planned maintenance
  batch,     ///< disks of one lot, made alike
  burst,     ///< disks of a site that die together by no common part
};
inline constexpr int unit_kinds = 13;

/// "disk", "rack switch", ...: for event logs and loss by cause.
std::string_view to_string(UnitKind kind);

/// One part: the `index`-th of its kind.
struct Unit {
  UnitKind kind{};
  std::uint32_t index{};
  auto operator<=>(const Unit&) const = default;
};

inline constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

/// A vertex is a part that carries data between the clients and a machine, or the clients
/// themselves. The network joins the sites with the way to the clients; it cannot fail.
struct Vertex {
  enum class Role : std::uint8_t {
    clients,
    network,
    front_end,
    gateway,
    core_switch,
    rack_switch,
    controller,
    machine
  } role{};
  std::uint32_t index{};
  std::uint32_t rack{nowhere};  ///< that it stands in
  std::uint32_t site{nowhere};
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
  std::uint32_t count(UnitKind kind) const { return counts_[static_cast<std::size_t>(kind)]; }

  std::uint32_t machine_of(std::uint32_t disk) const { return machine_of_[disk]; }
  std::uint32_t rack_of(std::uint32_t machine) const { return rack_of_[machine]; }
  std::uint32_t rack_of_disk(std::uint32_t disk) const { return rack_of(machine_of(disk)); }
  std::uint32_t site_of(std::uint32_t rack) const { return rack / racks_per_site_; }
  std::uint32_t first_disk(std::uint32_t machine) const { return machine * disks_per_machine_; }
  std::uint32_t disks_per_machine() const { return disks_per_machine_; }
  std::uint32_t machines_per_rack() const { return machines_per_rack_; }
  /// Domains of a site are neighbouring racks, as evenly many as can be.
  std::uint32_t power_domain_of(std::uint32_t rack) const;
  /// The disk itself, or the machine, rack, power domain or site that it stands in, or its lot.
  std::uint32_t place_of_disk(UnitKind kind, std::uint32_t disk) const;
  struct DiskRange {
    std::uint32_t first{};
    std::uint32_t end{};
    std::uint32_t step{1};
    bool holds(std::uint32_t disk) const {
      return disk >= first && disk < end && (disk - first) % step == 0;
    }
  };
  /// The disks of a place: neighbours, or those of a lot, which are spread evenly. Empty for kinds
  /// of units that hold no disks.
  DiskRange disks_of(Unit place) const;
  /// The disks of several places of one kind, place by place.
  std::vector<std::uint32_t> disks_of(UnitKind kind, std::span<const std::uint32_t> places) const;
  /// Front ends, and gateways, that must be up for any client to be served.
  std::uint32_t front_ends_needed() const { return front_ends_needed_; }
  std::uint32_t gateways_needed() const { return gateways_needed_; }
  /// Controllers of which one that is up serves the machines behind them; at least 1.
  std::uint32_t controllers_abreast() const { return controllers_abreast_; }

  const Graph& graph() const { return graph_; }
  static constexpr Graph::vertex_descriptor clients = 0;
  static constexpr Graph::vertex_descriptor network = 1;
  /// Does the failure of `unit` take `vertex` down with it (itself, or by containment)?
  bool takes_down(Unit unit, const Vertex& vertex) const;
  /// "disk 417 (rack 3, machine 41)".
  std::string describe(Unit unit) const;

 private:
  using Place = Graph::vertex_descriptor;
  Place add(Vertex::Role role, UnitKind kind, std::uint32_t rack, std::uint32_t site);
  void add_clients(const scenario::Hardware& hardware);
  void add_rack(const scenario::Hardware& hardware, const std::vector<Place>& cores,
                std::uint32_t site);
  void join(const std::vector<Place>& above, Place below);

  std::uint32_t sites_;
  std::uint32_t racks_per_site_;
  std::uint32_t machines_per_rack_;
  std::uint32_t disks_per_machine_;
  std::uint32_t power_domains_;  ///< of a site
  std::uint32_t front_ends_needed_;
  std::uint32_t gateways_needed_;
  std::uint32_t controllers_abreast_;
  std::array<std::uint32_t, unit_kinds> counts_{};
  // Tables, because these are asked for every shard that moves and a division costs ten times more.
  std::vector<std::uint32_t> machine_of_;
  std::vector<std::uint32_t> rack_of_;
  Graph graph_;
};

}  // namespace models::topology
