#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "models/codes/code.h"
#include "models/placement/placement.h"
#include "models/repair/fleet_view.h"
#include "models/repair/rebuild_planner.h"

namespace models::drill {

/// Real bytes on the disks of a fleet, in memory. Every shard carries the CRC32C of its bytes and
/// is read only where that still holds. Knows where each shard lives and which rebuilds are
/// promised, and is what the planner sees of the drill.
class ChunkStore final : public repair::FleetView {
 public:
  /// @param capacity shards that a disk holds.
  ChunkStore(const topology::Topology& topology, const placement::PlacementMap& map,
             std::size_t capacity);

  /// Writes a shard to `disk`, which becomes its home. False, with nothing written, if the disk
  /// does not work or is full.
  [[nodiscard]] bool write(std::uint32_t group, std::uint32_t slot, std::uint32_t disk,
                           std::span<const std::byte> bytes);
  /// The bytes of a shard on `disk`; empty if they are not there or their CRC32C is wrong.
  std::optional<codes::Code::Block> read(std::uint32_t group, std::uint32_t slot,
                                         std::uint32_t disk) const;

  /// The disk is lost with all its bytes, which is appended to `shards`. No effect if it is lost
  /// already. Says whether it was lost by this call.
  bool lose_disk(std::uint32_t disk, std::vector<repair::LostShard>& shards);
  /// A new empty disk in the place of a lost one.
  void replace_disk(std::uint32_t disk) { disks_[disk].working = true; }
  bool working(std::uint32_t disk) const { return disks_[disk].working; }
  /// Home of a shard; no_disk if it is lost.
  std::uint32_t home(std::uint32_t group, std::uint32_t slot) const {
    return homes_[std::size_t{group} * width_ + slot];
  }
  /// Slots of a group without a home.
  codes::ShardSet missing(std::uint32_t group) const;

  /// Rebuilds under way: a promise takes its room on the target until it is kept or dropped.
  void promise(const repair::Task& task) { promises_.push_back({task.shard.group, task.target}); }
  void drop_promises() { promises_.clear(); }
  void drop_promise(const repair::Task& task);

  Seconds now() const override { return {}; }
  const topology::Topology& topology() const override { return topology_; }
  bool readable(std::uint32_t disk) const override { return working(disk); }
  std::int64_t free_shards(std::uint32_t disk) const override;
  bool empty(std::uint32_t disk) const override;
  void members(std::uint32_t group, std::span<std::uint32_t> homes) const override;
  void promised(std::uint32_t group, std::vector<std::uint32_t>& disks) const override;
  void outstanding(std::span<std::uint32_t> per_machine) const override;

 private:
  struct Chunk {
    std::vector<std::byte> bytes;
    std::uint32_t crc{};
  };
  struct Disk {
    bool working{true};
    std::map<std::size_t, Chunk> chunks;  ///< by group * width + slot
  };
  struct Promise {
    std::uint32_t group{};
    std::uint32_t disk{};
  };

  const topology::Topology& topology_;
  std::size_t width_;
  std::size_t capacity_;
  std::vector<Disk> disks_;
  std::vector<std::uint32_t> homes_;
  std::vector<Promise> promises_;
};

}  // namespace models::drill
