#pragma once

#ifdef HOLDFAST_POLICY
#error "a policy sees models/fleet/known_view.h, never the true state"
#endif

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "models/codes/code.h"
#include "models/fleet/catalogue.h"
#include "models/fleet/event.h"
#include "models/fleet/job.h"
#include "models/fleet/known.h"
#include "models/fleet/overlay_map.h"
#include "models/repair/rebuild_planner.h"
#include "models/topology/reachability.h"
#include "sim/event_queue.h"
#include "sim/random.h"

namespace models::fleet {

struct DiskState {
  std::uint32_t generation{};  ///< how often the disk in this place was lost, or taken out
  bool working{true};          ///< false from loss to replacement
};

struct MachineState {
  std::uint32_t outages{};   ///< overlapping reasons to be away
  std::uint32_t absences{};  ///< outages that have begun
  std::uint32_t generation{};
  bool working{true};
  bool wrongly_missed{};  ///< reported away, and there
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

/// New hardware for a broken part, which is asked for once its failure is reported.
struct Order {
  topology::UnitKind kind{};
  std::uint32_t unit{};
  Seconds due{};  ///< the earliest time at which it can be there
};

/// Errors of one moment, and how many they count as.
struct MetErrors {
  Seconds at;
  int weight{};
};

/// A disk, or a machine with its disks, that was lost: its rebuild ends when the last shard is
/// whole.
struct LossEvent {
  std::uint32_t id{};    ///< of its first incident
  std::uint32_t open{};  ///< incidents not yet closed
  std::uint32_t lost{};  ///< shards, all disks together
  bool reported{};
  Seconds reported_at{};  ///< or when it will be, if nothing tells earlier
  sim::EventQueue<Event>::Handle report{};
  std::optional<std::uint32_t> machine{};   ///< that was lost with its disks
  std::vector<Order> orders{};              ///< given at the report
  std::vector<MetErrors> errors{};          ///< of rebuilds that could not read, so far
  std::vector<Seconds> refusals{};          ///< when rebuilds meet a write that fails
  sim::EventQueue<Event>::Handle access{};  ///< when these will be enough for a report
};

/// An absence that has begun and that nobody knows of yet.
struct Unreported {
  topology::Unit unit;
  sim::EventQueue<Event>::Handle report;
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
  std::uint32_t held{};        ///< shards on the disk as the catalogue counts them
  bool reported{};
  Seconds rebuild_time{};  ///< where it is drawn: from the start of the rebuild to its end
  Seconds whole_at{};      ///< and its end, once it has begun
  std::shared_ptr<const std::vector<std::uint32_t>> shards;
};

/// Shards of a group that were last read or written at the same time.
struct SoundShards {
  Seconds at;
  codes::ShardSet slots;
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
  OverlayMap<Renewal> renewed;  ///< units with a clock of their own, by unit key
  std::vector<Life> lives;      ///< those of them that work and will fail for good
  Catalogue catalogue;
  Known known;                    ///< all that policies see, with the catalogue and the jobs
  OverlayMap<float> deep;         ///< group -> share of its stripes in its worst state, if < 1
  OverlayMap<std::uint8_t> gone;  ///< groups that were lost: out of the game
  OverlayMap<std::vector<SoundShards>> sound;  ///< group -> when its shards were found sound
  std::vector<Incident> incidents;
  LostDisks lost_disks;  ///< those of `incidents`
  std::vector<LossEvent> loss_events;
  std::vector<Job> jobs;
  std::vector<repair::LostShard> waiting;    ///< detected, but no rebuild is possible now
  std::vector<repair::LostShard> unplanned;  ///< of the event just applied: see Mission::plan()
  std::vector<repair::LostShard> held;       ///< of groups that miss too few to be rebuilt yet
  Workshop workshop;
  std::vector<std::uint32_t> dead_disks;        ///< those not working, in no order
  std::vector<std::uint32_t> down_machines;     ///< ascending
  std::vector<topology::Unit> down_units;       ///< racks and switches, ascending, each once
  std::vector<Unreported> unreported;           ///< absences
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
