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

/// A shard on its way to a new home.
struct UnderWay {
  std::uint32_t group{};
  std::uint32_t target{};
};

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
  /// Appends every shard that rebuilds under way will still write.
  virtual void under_way(std::vector<UnderWay>& shards) const = 0;
  /// Is one shard of each group in danger rebuilt before a second one of any?
  virtual bool one_first() const { return false; }
  /// Disks that lost shards of the group will go to by a rule (TargetRule), as far as it says now.
  virtual void expected(std::uint32_t /*group*/, std::vector<std::uint32_t>& /*disks*/) const {}
  /// Is it known that no group misses more than one shard? False where that is not known.
  virtual bool none_deep() const { return false; }
};

}  // namespace models::repair
