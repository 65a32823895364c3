#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "models/fleet/overlay_map.h"
#include "models/network/bandwidth.h"
#include "models/repair/rebuild_planner.h"
#include "models/topology/reachability.h"
#include "sim/event_queue.h"
#include "sim/random.h"

namespace models::fleet {

struct Event {
  enum class Kind : std::uint8_t {
    candidate,      ///< next failure of class `index`, if its unit is still as it was
    renewed_fails,  ///< unit `unit` of class `index`, renewed, at the end of its own life
    detected,       ///< loss event `index`: all its incidents
    replaced,       ///< disk or machine `unit` of kind `index`; dropped if `generation` is stale
    fitted,         ///< `replaced` by a part from the store room, if one is there
    returns,        ///< unit `unit` of kind `index`, from an outage
    rebuilt,        ///< job `index`
    maintained,     ///< the next unit of rota `index`: `unit`, at turn `generation` of the rota
    given_up,       ///< absent machine `unit`, if it is still away since its outage `generation`
    called,         ///< a part has waited long enough for the technician to be called
    visit,          ///< he comes
    delivered,      ///< a part comes to the store room
    hour,           ///< clients leave rebuilding more of its bandwidth from now on, or less
  } kind{};
  std::uint32_t index{};
  std::uint32_t unit{};
  std::uint32_t generation{};
};

/// Where a moved shard lives: a disk and which of the disks that stood in this place.
struct Home {
  std::uint32_t disk{};
  std::uint32_t generation{};
  bool operator==(const Home&) const = default;
};

struct DiskState {
  std::uint32_t generation{};  ///< how often the disk in this place was lost, or taken out
  bool working{true};          ///< false from loss to replacement
  std::int32_t added{};        ///< shards it got since; see State::added
  std::int32_t promised{};     ///< shards that rebuilds under way will put on it
};

struct MachineState {
  std::uint32_t outages{};   ///< overlapping reasons to be away
  std::uint32_t absences{};  ///< outages that have begun
  std::uint32_t generation{};
  bool working{true};
};

/// Pending candidate of an event class.
struct ClassState {
  double hazard{};            ///< cumulative hazard per unit reached by the candidate
  std::uint64_t candidate{};  ///< its number: the stream of everything it brings
  sim::EventQueue<Event>::Handle next;
};

/// A unit whose clock of ageing events was set anew.
struct Renewal {
  std::uint32_t turn{};  ///< how often
  Seconds born{};        ///< permanent failures: when its present life began
};

/// A renewed unit that lives by an ageing law.
struct Life {
  topology::UnitKind kind{};
  std::uint16_t family{};
  std::uint32_t unit{};
  Seconds born{};
};

/// A disk, or a machine with its disks, that was lost: its rebuild ends when the last shard is
/// whole.
struct LossEvent {
  std::uint32_t id{};    ///< of its first incident
  std::uint32_t open{};  ///< incidents not yet closed
  std::uint32_t lost{};  ///< shards, all disks together
  bool detected{};
  Seconds detected_at{};
};

/// The disks whose shards are missing. One bit of a disk's number tells most of the others apart.
class LostDisks {
 public:
  void add(Home lost) {
    bits_[word(lost.disk)] |= bit(lost.disk);
    lost_.push_back(lost);
  }
  void erase(Home back) {
    std::erase(lost_, back);
    bits_.fill(0);
    for (const Home& lost : lost_) bits_[word(lost.disk)] |= bit(lost.disk);
  }
  bool hold(Home home) const {
    return (bits_[word(home.disk)] & bit(home.disk)) != 0 &&
           std::find(lost_.begin(), lost_.end(), home) != lost_.end();
  }

 private:
  static constexpr std::size_t words = 8;
  static std::size_t word(std::uint32_t disk) { return disk / 64 % words; }
  static std::uint64_t bit(std::uint32_t disk) { return std::uint64_t{1} << (disk % 64); }
  std::array<std::uint64_t, words> bits_{};
  std::vector<Home> lost_;
};

/// A disk or machine that waits for a technician or for a part.
struct Broken {
  topology::UnitKind kind{};
  std::uint32_t unit{};
  std::uint32_t generation{};
};

/// What people do about broken hardware.
struct Workshop {
  std::vector<Broken> waiting;  ///< in the order in which they broke
  bool called{};                ///< a technician is on his way
  sim::EventQueue<Event>::Handle call;
  int ordered{};               ///< parts that are missing from the stock
  std::uint64_t deliveries{};  ///< numbers their streams
};

/// A lost disk whose shards are not all whole again.
struct Incident {
  std::uint32_t id{};
  std::uint32_t event{};  ///< the LossEvent it belongs to
  std::uint32_t disk{};
  std::uint32_t generation{};  ///< shards of this generation (the one lost) are missing
  std::uint32_t lost{};        ///< shards at the time of loss
  std::uint32_t left{};        ///< not yet rebuilt, nor lost for good
  bool detected{};
  Seconds detected_at{};
  Seconds whole_at{};  ///< textbook repair times only: when it will be whole
  std::shared_ptr<const std::vector<std::uint32_t>> shards;
};

/// A rebuild action under way.
struct Job {
  std::uint32_t id{};
  std::shared_ptr<const repair::RebuildAction> action;
  std::shared_ptr<const std::vector<network::Demand>> demands;
  double bytes{};
  double progress{};    ///< at `since`
  double per_second{};  ///< progress per second
  Seconds since{};
  std::size_t settled{};  ///< tasks whose shards have their new home
  bool timed{};           ///< ends at a drawn time, whatever the bandwidth
  sim::EventQueue<Event>::Handle done;
};

/// Which requests of clients are served, since when.
struct ServiceState {
  bool reads{true};
  bool writes{true};
  Seconds since{};
};

/// One mission's state. Copying it whole copies the damage of its life; overlay() copies only what
/// is broken now and reads the rest through the base, which must stay unchanged meanwhile.
struct State {
  std::uint64_t seed{};
  std::uint64_t replicate{};
  std::uint32_t branch{};
  Seconds now{};
  sim::EventQueue<Event> queue;
  std::vector<ClassState> classes;
  OverlayMap<DiskState> disks;
  OverlayMap<MachineState> machines;
  OverlayMap<Renewal> renewed;      ///< units with a clock of their own, by unit key
  std::vector<Life> lives;          ///< those of them that work and will fail for good
  OverlayMap<std::uint64_t> moved;  ///< group -> slots (mod 64) that have left their first home
  OverlayMap<Home> homes;           ///< shard -> home, where moved
  OverlayMap<std::vector<std::uint32_t>>
      added;                        ///< disk -> shards it got in its present generation
  OverlayMap<float> deep;           ///< group -> share of its stripes in its worst state, if < 1
  OverlayMap<std::uint8_t> gone;    ///< groups that were lost: out of the game
  OverlayMap<Seconds> sound_since;  ///< shard -> when it was last read or written, if it was
  std::vector<Incident> incidents;
  LostDisks lost_disks;  ///< those of `incidents`
  std::vector<LossEvent> loss_events;
  std::vector<Job> jobs;
  std::vector<repair::LostShard> waiting;    ///< detected, but no rebuild is possible now
  std::vector<repair::LostShard> unplanned;  ///< of the event just applied: see Mission::plan()
  std::vector<repair::LostShard> held;       ///< of groups that miss too few to be rebuilt yet
  std::vector<Home> emptied;  ///< disks whose shards move elsewhere before they are replaced
  Workshop workshop;
  std::vector<std::uint32_t> down_machines;     ///< ascending
  std::vector<topology::Unit> down_units;       ///< racks and switches, ascending, each once
  std::vector<topology::Unit> outages;          ///< every outage under way, with repeats
  std::shared_ptr<const topology::CutSet> cut;  ///< what down_units cut off; null: nothing
  std::vector<std::uint32_t> unreadable;        ///< groups, ascending
  bool all_unreadable{};
  Seconds unreadable_since{};
  ServiceState service;
  std::uint32_t next_incident{};
  std::uint32_t next_job{};
  sim::EventQueue<Event>::Handle hour;  ///< the next change of what clients leave
  std::uint64_t plans{};                ///< numbers the planner's streams

  /// A branch that starts here: O(what is broken now).
  static State overlay(const State& base);
};

}  // namespace models::fleet
