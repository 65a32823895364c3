#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/placement/placement.h"

namespace models::placement {

/// Placement by regions: disjoint sets of disks. Each array of a group has one region, and its
/// shards never leave it, nor does a rebuild.
class Regions : public Placement {
 public:
  using Placement::Placement;

  bool serves(const topology::Topology& topology, const PlacementMap& map, std::uint32_t group,
              int slot, std::uint32_t disk) const final;

  virtual std::uint32_t regions(const topology::Topology& topology) const = 0;
  /// Empty: the disk belongs to none.
  virtual std::optional<std::uint32_t> region_of(const topology::Topology& topology,
                                                 std::uint32_t disk) const = 0;
  virtual std::uint32_t region_for(const topology::Topology& topology, std::uint32_t group,
                                   std::uint32_t array) const = 0;

 private:
  Layout layout(const topology::Topology& topology, int width, int groups,
                sim::Stream& stream) const final;
};

}  // namespace models::placement
