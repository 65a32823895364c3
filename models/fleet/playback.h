#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "models/fleet/mission.h"
#include "models/fleet/run.h"

namespace models::fleet {

/// How a disk looks from outside.
enum class DiskLook : std::uint8_t { whole, lost, away, read, written };

/// Groups that miss the same number of shards.
struct Missing {
  int shards{};
  std::size_t groups{};
  bool last_line{};  ///< as many as the code bears: one more may end data
};

/// A stream of rebuild work.
struct RebuildLook {
  int priority{};
  std::size_t shards{};  ///< of the action as planned
  double done{};         ///< share, 0 to 1
  BytesPerSecond rate{};
  std::vector<std::uint32_t> groups;  ///< the first few still to come, in order
};

/// What is to be seen of a fleet at one time.
struct FleetLook {
  Seconds now{};
  std::vector<DiskLook> disks;
  std::vector<topology::Unit> down;  ///< machines, racks, switches, ... in an outage; lost machines
  std::vector<Missing> missing;      ///< most endangered first
  std::vector<RebuildLook> rebuilds;
  std::size_t undetected{};  ///< disks lost that nobody knows of yet
  std::size_t unreadable{};  ///< groups that are out of reach
  double groups_lost{};
  bool whole{};  ///< every group has all of its shards
};

/// A mission that is played by hand: the model's own events, and failures of the user's choice. Not
/// for figures: whoever strikes at will has left the law of chance.
class Playback {
 public:
  Playback(std::shared_ptr<const Fleet> fleet, std::uint64_t seed);

  const Fleet& fleet() const { return *fleet_; }
  Seconds now() const { return state_.now; }
  /// Disks and machines are lost for good. What holds machines (racks, switches, sites, ...) is
  /// away for `outage`. False if the unit is lost already or no such unit can be struck.
  bool strike(topology::Unit unit, Seconds outage);
  /// The next event of the mission; false at its end.
  bool step();
  /// All events up to a time.
  void play_until(Seconds time);
  FleetLook look() const;
  /// What happened so far, in order.
  const std::vector<LogLine>& log() const { return log_; }

 private:
  class Recorder;
  void add_missing(FleetLook& look) const;
  void each_waiting(const Job& job,
                    const std::function<void(const OpenTicket&, std::uint32_t)>& visit) const;
  void add_disks(FleetLook& look) const;

  std::shared_ptr<const Fleet> fleet_;
  std::uint64_t seed_;
  Mission mission_;
  State state_;
  Outcome outcome_;
  std::vector<LogLine> log_;
  std::shared_ptr<Observer> recorder_;
  std::uint64_t strikes_{};
};

}  // namespace models::fleet
