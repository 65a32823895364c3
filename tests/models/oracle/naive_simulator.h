#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "models/codes/code.h"
#include "models/placement/placement.h"

namespace oracle {

/// A duration in hours: always the same, or exponential with that mean.
struct Span {
  double hours{};
  bool exponential{};
};

/// What the naive simulator plays. Hours and bytes throughout; a rate of
/// "never" is 0.
struct Options {
  const models::codes::Code *code{};
  const models::placement::PlacementMap *map{};
  std::vector<std::uint32_t> machine_of;  ///< by disk
  int max_per_machine{1};
  double shard_bytes{1};
  double mission{8766};

  double disk_life{};       ///< mean of an exponential life, or scale of a Weibull
                            ///< one; 0: never
  double disk_shape{1};     ///< Weibull; all disks are new at the start
  double machine_life{};    ///< with all its disks
  double outage_between{};  ///< of a machine: from the end of one to the next
  Span outage;              ///< how long its disks are out of reach
  double defects{};         ///< latent errors per shard and hour, found when a rebuild
                            ///< reads them
  double stripes{};         ///< of a group: a latent error spoils one, and one that is half
                            ///< rebuilt is not whole; 0: very many, and no errors
  std::vector<std::pair<double, std::uint32_t>> script;  ///< disks that fail at given times

  Span detection;      ///< from a loss to its report
  Span rebuild_delay;  ///< from the report to the start of its rebuild
  Span replacement;    ///< from a loss to an empty new disk (or machine) in its
                       ///< place
  double give_up{};    ///< re-replication timer: shards of a machine away so long
                       ///< are copied
  int threshold{1};    ///< shards that a group is known to miss when its rebuild starts

  enum class Pace {
    fleet,      ///< `bytes_per_hour` are read by all rebuilds together
    lost_disk,  ///< `bytes_per_hour` are written for each lost disk
    whole,      ///< a lost disk is whole `rebuild` after its report; each disk that takes of it
                ///< takes one shard after another
  } pace{Pace::fleet};
  double bytes_per_hour{1};
  Span rebuild;
  std::uint32_t lanes{1};  ///< shards of one lost disk that are under way at a time
  bool arrival{};          ///< losses of one level one after another, else side by side
  bool whole_group{};      ///< a deep group is rebuilt in one pass, else the
                           ///< shard of its newest loss first
  bool by_group{};         ///< a disk's shards in order of their groups, else in random
                           ///< order
  bool own_place{};        ///< onto the disk that replaces the lost one, else all over
                           ///< the fleet
};

/// What one mission came to.
struct Played {
  double lost{};  ///< groups, in shares of their stripes: the sum of the next three
  double lost_to_disks{};
  double lost_to_machines{};
  double lost_to_errors{};
  std::vector<double> hours;   ///< group-hours with so many shards missing, lost groups left out
  double repair_bytes{};       ///< read by rebuilds and copies that ended
  double unavailable_hours{};  ///< group-hours not lost, but out of reach
  double failures{};           ///< disks that died
};

/// Plays one mission shard by shard. Deliberately plain, and deliberately apart
/// from models/fleet and models/repair: it knows the code and the placement
/// map, and nothing else of the program. What is true decides what is lost and
/// readable; what has been reported decides what is rebuilt, and in which
/// order. A read from a dead disk, or a write to one, fails at its turn and is
/// tried elsewhere at once, at its old place in the queue.
Played play(const Options &options, std::uint64_t seed);

}  // namespace oracle
