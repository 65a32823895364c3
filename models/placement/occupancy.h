#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "models/topology/topology.h"

namespace models::placement {

/// The disks that hold, or will hold, the other shards of one group, counted by rack and machine:
/// whether one more fits is then asked in O(1). Made once, filled for one group after another.
class Occupancy {
 public:
  explicit Occupancy(const topology::Topology& topology)
      : topology_(topology), racks_(topology.racks()), machines_(topology.machines()) {}

  const topology::Topology& topology() const { return topology_; }
  std::span<const std::uint32_t> disks() const { return disks_; }
  /// Counted when asked: few fleets limit sites.
  int in_site(std::uint32_t site) const {
    return static_cast<int>(std::count_if(disks_.begin(), disks_.end(), [&](std::uint32_t disk) {
      return topology_.site_of(topology_.rack_of_disk(disk)) == site;
    }));
  }
  int in_rack(std::uint32_t rack) const { return racks_[rack]; }
  int in_machine(std::uint32_t machine) const { return machines_[machine]; }
  bool holds(std::uint32_t disk) const {
    return in_machine(topology_.machine_of(disk)) > 0 &&
           std::find(disks_.begin(), disks_.end(), disk) != disks_.end();
  }

  void add(std::uint32_t disk) {
    disks_.push_back(disk);
    count(disk, 1);
  }
  void clear() {
    for (const std::uint32_t disk : disks_) count(disk, -1);
    disks_.clear();
  }

 private:
  void count(std::uint32_t disk, int change) {
    const std::uint32_t machine = topology_.machine_of(disk);
    const auto apply = [change](std::int16_t& held) {
      held = static_cast<std::int16_t>(held + change);
    };
    apply(machines_[machine]);
    apply(racks_[topology_.rack_of(machine)]);
  }

  const topology::Topology& topology_;
  std::vector<std::uint32_t> disks_;
  std::vector<std::int16_t> racks_;
  std::vector<std::int16_t> machines_;
};

}  // namespace models::placement
