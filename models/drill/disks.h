#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/drill/medium.h"
#include "models/drill/record.h"

namespace models::drill {

/// What a disk does to the next write on it.
enum class WriteFault : std::uint8_t { none, torn, short_count, misdirected, lost };

/// The disks of a drill: which work, which place belongs to which shard, which writes are not
/// durable yet; and the faults of disks. The bytes lie in a Medium.
class Disks {
 public:
  Disks(Medium& medium, std::uint32_t disks, std::uint32_t places, std::size_t place_bytes);

  std::uint32_t count() const { return static_cast<std::uint32_t>(disks_.size()); }
  std::uint32_t places() const { return places_; }
  std::size_t place_bytes() const { return place_bytes_; }
  bool working(std::uint32_t disk) const { return disks_[disk].working; }
  bool full(std::uint32_t disk) const { return disks_[disk].full; }
  bool slow(std::uint32_t disk) const { return disks_[disk].slow; }
  /// Changes with every restart of its machine and every replacement: what was written before and
  /// not synced may be gone.
  std::uint32_t incarnation(std::uint32_t disk) const { return disks_[disk].incarnation; }
  std::uint32_t free(std::uint32_t disk) const {
    return static_cast<std::uint32_t>(disks_[disk].free.size());
  }
  /// The shard that a place belongs to; version 0: none.
  const Identity& owner(std::uint32_t disk, std::uint32_t place) const {
    return disks_[disk].owners[place];
  }

  /// A free place for this shard; none if the disk is lost, or has or takes no more. The place
  /// freed last comes first, so that what it held before is near at hand for mistakes.
  std::optional<std::uint32_t> reserve(std::uint32_t disk, const Identity& owner);
  /// No effect if the place is not this shard's any more.
  void release(std::uint32_t disk, std::uint32_t place, const Identity& owner);
  /// Sets the owners of all places, as after a restart. @pre owners.size() == places()
  void restore(std::uint32_t disk, std::span<const Identity> owners);

  /// Writes `record` from its byte `from` on; how many bytes the disk says it took.
  std::size_t write(std::uint32_t disk, std::uint32_t place, std::span<const std::byte> record,
                    std::size_t from);
  void sync(std::uint32_t disk);
  std::span<const std::byte> read(std::uint32_t disk, std::uint32_t place,
                                  std::vector<std::byte>& buffer) const {
    return medium_.read(disk, place, buffer);
  }

  /// The disk is gone with its data.
  void lose(std::uint32_t disk);
  /// A new empty one in its place; no effect on one that works.
  void replace(std::uint32_t disk);
  void set_full(std::uint32_t disk, bool full) { disks_[disk].full = full; }
  void set_slow(std::uint32_t disk, bool slow) { disks_[disk].slow = slow; }
  /// Power fails: each write not synced stays, goes or is torn, as `draw` says.
  void crash(std::uint32_t disk, std::uint32_t draw);
  /// The next write to this disk goes wrong.
  void arm(std::uint32_t disk, WriteFault fault, std::uint32_t draw) {
    disks_[disk].fault = fault;
    disks_[disk].draw = draw;
  }
  void disarm(std::uint32_t disk) { disks_[disk].fault = WriteFault::none; }
  void flip_bit(std::uint32_t disk, std::uint32_t place, std::size_t bit);
  /// Puts a whole record behind everybody's back.
  void overwrite(std::uint32_t disk, std::uint32_t place, std::span<const std::byte> record);
  /// Has an injected fault touched the place since it was last written well? A power failure is no
  /// excuse: what was synced has to outlast it.
  bool excused(std::uint32_t disk, std::uint32_t place) const {
    return disks_[disk].excused[place];
  }

 private:
  struct Unsynced {
    std::uint32_t place{};
    std::vector<std::byte> before;  ///< what the place held; empty: nothing
    bool excused{};                 ///< as the place was then
  };
  struct Disk {
    bool working{true};
    bool full{};
    bool slow{};
    WriteFault fault{};
    std::uint32_t draw{};
    std::uint32_t incarnation{};
    std::vector<Identity> owners;
    std::vector<std::uint32_t> free;
    std::vector<bool> excused;
    std::vector<Unsynced> unsynced;
  };

  void empty(Disk& disk) const;
  void remember(std::uint32_t disk, std::uint32_t place);
  void undo(std::uint32_t disk, const Unsynced& write, std::size_t from);

  Medium& medium_;
  std::uint32_t places_;
  std::size_t place_bytes_;
  std::vector<Disk> disks_;
};

}  // namespace models::drill
