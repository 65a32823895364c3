#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/placement/placement.h"
#include "models/topology/topology.h"
#include "models/units.h"

namespace models::repair {

/// No disk: the shard is lost and has no home yet.
inline constexpr std::uint32_t no_disk = 0xFFFFFFFF;

/// What a policy may know of the fleet: over a mission's state, or over the drill's store of real
/// bytes. A policy cannot tell which.
class FleetView {
 public:
  virtual ~FleetView() = default;
  virtual Seconds now() const = 0;
  virtual const topology::Topology& topology() const = 0;
  /// Where all shards stood at the start.
  virtual const placement::PlacementMap& first_homes() const = 0;
  /// Working and reachable: its shards can be read.
  virtual bool readable(std::uint32_t disk) const = 0;
  /// Shards that still fit on the disk; 0 if it does not work or cannot be reached.
  virtual std::int64_t free_shards(std::uint32_t disk) const = 0;
  /// Working, reachable, and nothing on it nor on its way to it.
  virtual bool empty(std::uint32_t disk) const = 0;
  /// Current homes of a group's shards by slot; no_disk where a shard is lost.
  virtual void members(std::uint32_t group, std::span<std::uint32_t> homes) const = 0;
  /// Appends the disks that rebuilds under way will put shards of this group on. Asked only for
  /// groups with two or more shards lost.
  virtual void promised(std::uint32_t group, std::vector<std::uint32_t>& disks) const = 0;
  /// Adds to each machine's count the shards that rebuilds under way will still write to it.
  virtual void outstanding(std::span<std::uint32_t> per_machine) const = 0;
};

}  // namespace models::repair
