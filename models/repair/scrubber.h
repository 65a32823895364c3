#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/repair/fleet_view.h"
#include "models/repair/rebuild_planner.h"
#include "models/scenario/scenario.h"
#include "models/units.h"
#include "sim/distribution.h"

namespace models::repair {

/// What scrubbing is told.
struct ScrubFact {
  enum class Kind : std::uint8_t {
    woken,    ///< the time that it asked for has come
    checked,  ///< the shards of a Verify were read: `failed` are those that their CRC gave away
  } kind{};
  std::span<const LostShard> failed{};
};

/// Read the shards of a disk whose place() is in [from, to), and hold their CRC against them.
struct Verify {
  std::uint32_t disk{};
  double from{};
  double to{};
  BytesPerSecond cap{};  ///< no faster; 0: no limit
};

/// What scrubbing wants to be done.
struct ScrubActions {
  std::vector<Verify> verify;
  std::vector<LostShard> repair;  ///< to be rebuilt from the other shards of their groups
  Seconds wake_at{};              ///< when it wants to be woken next; 0: never
};

/// Decides which shards are read next to see whether they still are what was written. Of kind
/// `pass` it reads each disk from end to end in places (place()), disks one after another in phase.
/// Knows nothing of simulation: a mission asks how long an error may have waited, the drill lets it
/// read real bytes, and both follow from one timetable. Const; what it remembers is a Memory.
class Scrubber {
 public:
  /// Readings of a disk in a pass; each verifies as many places.
  static constexpr std::uint32_t pieces = 64;

  struct Memory {
    std::vector<std::int64_t> read;  ///< by disk: readings of the timetable that are done
  };

  /// @param content  bytes on one disk
  Scrubber(const scenario::Scrub& scrub, Bytes content);

  /// From one reading of a shard to the next; 0 unless it is of kind `pass`.
  Seconds pass() const { return pass_; }
  /// From one reading of a disk to its next; 0 unless it is of kind `pass`.
  Seconds reading() const { return pass_ / static_cast<double>(pieces); }
  /// The first reading of a disk that is not before `now`. @pre kind `pass`
  Seconds next_reading(std::uint32_t disk, Seconds now) const;
  /// Are errors of this kind ever found? `silent`: those that only a CRC tells.
  bool finds(bool silent) const;

  /// What a mission asks: the mean number of errors that wait on a shard, over the rate at which
  /// they are born there, if it was sound at `since`. Errors that come one by one and at random are
  /// Poisson distributed with that mean. @pre since <= now
  Seconds waiting(std::uint32_t disk, std::uint32_t shard, Seconds since, Seconds now,
                  bool silent) const;
  /// The same on average over the disks, for shards that are sound at the start of a mission.
  Seconds mean_waiting(Seconds mission, bool silent) const;

  /// What the drill asks: the readings that are due by the view's present and not yet done. Disks
  /// that cannot be read are left out; what they miss is read in the next pass.
  void decide(Memory& memory, const ScrubFact& fact, const FleetView& view,
              ScrubActions& actions) const;

  /// Where on its disk a shard lies, in [0, 1): by its number (group x width + slot), as if disks
  /// were filled at random.
  static double place(std::uint32_t shard);

 private:
  /// When a disk's pass number 0 begins, and so when all others do.
  Seconds phase(std::uint32_t disk) const;
  /// The last reading of the piece of a place that is not after `now`.
  Seconds last_read(std::uint32_t disk, double place, Seconds now) const;
  Seconds still_waiting(Seconds age) const;

  scenario::Scrub scrub_;
  Seconds pass_{};
  /// Of kind `delay`: integral of the chance to be still waiting, at even steps of the age.
  std::vector<double> waited_;
  Seconds step_{};
};

}  // namespace models::repair
