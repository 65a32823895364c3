#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/placement/placement.h"
#include "models/repair/fleet_view.h"
#include "models/repair/stamped.h"
#include "sim/random.h"

namespace models::repair {

inline constexpr std::uint32_t any_rack = 0xFFFFFFFF;

/// Hands out targets, always on the machine with the fewest shards to write that may take one;
/// among equals in random order. Costs what it hands out, whatever the size of the fleet: machines
/// with nothing to write are drawn when they are needed.
class TargetQueue {
 public:
  /// @param under_way  what rebuilds will still write
  /// Keeps both references until the next begin().
  void begin(const FleetView& view, std::span<const UnderWay> under_way, sim::Stream& stream);

  /// A disk for slot `slot` of `group`, whose other shards are on `others`; no_disk if none may
  /// take it.
  /// @param rack  that it has to be in; any_rack for no matter which
  std::uint32_t take(const placement::Placement& placement, const placement::Occupancy& others,
                     std::uint32_t group, int slot, std::uint32_t rack);
  /// Room on the disk behind what this plan has already put there.
  bool has_room(std::uint32_t disk) { return room_of(disk) > 0; }
  /// One more shard goes to the disk.
  void note(std::uint32_t disk);

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  std::int64_t& room_of(std::uint32_t disk);
  std::uint32_t disk_on(std::uint32_t machine, const placement::Placement& placement,
                        const placement::Occupancy& others, std::uint32_t group, int slot);
  std::uint32_t draw();
  void put(std::uint32_t machine, std::uint32_t load);
  void remove(std::uint32_t machine, std::uint32_t load);

  const FleetView* view_{};
  sim::Stream* stream_{};
  Stamped<std::uint32_t> load_;                     ///< shards to write, by machine
  std::vector<std::vector<std::uint32_t>> levels_;  ///< machines by load, those of load 0 as drawn
  std::size_t lowest_{};                            ///< all below are empty for good
  std::size_t used_{};                              ///< levels that are not empty, or were
  Stamped<std::uint32_t> place_;                    ///< of a machine in its level
  Stamped<std::uint32_t> order_;                    ///< a permutation as far as it was drawn
  std::uint32_t drawn_{};
  Stamped<std::int64_t> room_;  ///< shards that fit on a disk behind those of this plan
  std::uint32_t first_disk_{};
};

/// Reads already planned, by disk and by machine: the next read goes where least is asked.
class ReadLoad {
 public:
  void begin(const topology::Topology& topology) {
    topology_ = &topology;
    disks_.clear(topology.disks());
    machines_.clear(topology.machines());
  }
  std::uint32_t of(std::uint32_t disk) const {
    return disks_.get(disk) * topology_->disks_per_machine() +
           machines_.get(topology_->machine_of(disk));
  }
  void add(std::uint32_t disk) {
    ++disks_.at(disk);
    ++machines_.at(topology_->machine_of(disk));
  }

 private:
  const topology::Topology* topology_{};
  Stamped<std::uint32_t> disks_;
  Stamped<std::uint32_t> machines_;
};

/// Where shards of groups are on their way to: under way before a plan, and planned in it.
class TargetsByGroup {
 public:
  void clear();
  void add(std::uint32_t group, std::uint32_t target);
  /// Calls `visit` with each target of the group.
  template <class Visit>
  void each(std::uint32_t group, const Visit& visit) const {
    if (heads_.empty()) return;
    for (std::uint32_t i = heads_[bucket(group)]; i != end; i = entries_[i].next) {
      if (entries_[i].group == group) visit(entries_[i].target);
    }
  }

 private:
  static constexpr std::uint32_t end = 0xFFFFFFFF;
  struct Entry {
    std::uint32_t group, target, next;
  };
  std::size_t bucket(std::uint32_t group) const {
    return static_cast<std::size_t>((group * std::uint64_t{0x9E3779B97F4A7C15}) >> 32U) &
           (heads_.size() - 1);
  }
  void grow();

  std::vector<std::uint32_t> heads_;  ///< by bucket, the first entry
  std::vector<Entry> entries_;
};

}  // namespace models::repair
