#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/placement/occupancy.h"
#include "models/scenario/scenario.h"
#include "models/topology/topology.h"
#include "sim/random.h"

namespace models::placement {

/// Where every shard of every group lives at the start. Immutable, shared by all threads.
/// A shard is numbered group * width + slot.
class PlacementMap {
 public:
  /// @param homes disk of each shard in shard order.
  PlacementMap(std::vector<std::uint32_t> homes, std::uint32_t width, std::uint32_t disks);
  std::uint32_t width() const { return width_; }
  std::uint32_t groups() const { return static_cast<std::uint32_t>(homes_.size() / width_); }
  std::span<const std::uint32_t> members(std::uint32_t group) const {
    return std::span(homes_).subspan(std::size_t{group} * width_, width_);
  }
  /// Shards on a disk, ascending.
  std::span<const std::uint32_t> shards_of(std::uint32_t disk) const {
    return std::span(shards_).subspan(first_[disk], first_[disk + 1] - first_[disk]);
  }

 private:
  std::uint32_t width_;
  std::vector<std::uint32_t> homes_;
  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> shards_;
};

/// Decides which disks may hold the shards of a group. Immutable.
class Placement {
 public:
  virtual ~Placement() = default;
  /// A home for every shard. @pre the limits can be met (scenario validation checks it).
  virtual PlacementMap build(const topology::Topology& topology, int width, int groups,
                             sim::Stream& stream) const = 0;
  /// May a machine hold one more shard of the group whose other shards are on `others`?
  virtual bool fits(const Occupancy& others, std::uint32_t machine) const = 0;
  /// The same for one disk, which never holds two shards of a group.
  bool allowed(const Occupancy& others, std::uint32_t disk) const;
};

struct PlacementKind {
  std::string_view name;
  std::string_view meaning;
  std::unique_ptr<const Placement> (*make)(const scenario::Placement&);
};
/// The whole registry.
std::span<const PlacementKind> all_placements();
/// @pre spec.kind is in the table.
std::unique_ptr<const Placement> make_placement(const scenario::Placement& spec);

}  // namespace models::placement
