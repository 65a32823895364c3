#pragma once

#include <limits>

#include "tests/models/oracle/naive_simulator.h"

/// What the naive simulator keeps of disks, machines, shards, groups and losses.
namespace oracle {

using models::codes::ShardSet;
constexpr double never = std::numeric_limits<double>::infinity();
constexpr double slack = 1e-9;  ///< of a shard: done, but for rounding
constexpr int no_disk = -1;

struct Disk {
  bool alive{true};
  int life{};  ///< how many disks have stood here before
};
struct Machine {
  bool working{true};
  bool away{};
  int life{};
  int absence{};
};
struct Shard {
  std::uint32_t disk{};
  double sound_since{};
};
struct Group {
  std::vector<Shard> shards;
  ShardSet missing;  ///< the truth
  int reported{};    ///< of them, what is known
  bool lost{};
  bool unavailable{};
  double since{};  ///< hours are booked up to here
};
/// A disk that died, with the shards it held.
struct Loss {
  std::uint32_t disk{};
  std::vector<std::pair<std::uint32_t, std::uint32_t>> shards;  ///< group and slot
  bool started{};
  double begun{};            ///< its rebuild
  std::vector<int> at_turn;  ///< so many are the first, second, ... of it on their machine
  double whole_at{};
  std::vector<int> received;  ///< shards of it that were given to each machine
};
/// A shard that is known to be missing, or that is copied from a machine given
/// up.
struct Item {
  std::uint32_t group{}, slot{}, loss{};
  bool copy{};
  bool released{};  ///< its group misses enough
  int level{};      ///< most shards that its group was known to miss
  double done{};    ///< share written to the target
  int target{no_disk};
  int turn{};      ///< the how manieth of its loss on the machine of its target
  double speed{};  ///< share per hour; 0: waits
};

struct Event {
  double at{};
  enum Kind {
    disk_fails,
    machine_fails,
    report,
    start,
    replaced,
    machine_new,
    leaves,
    returns,
    given_up,
    scripted
  } kind{};
  std::uint32_t index{};
  int life{};
  std::uint64_t number{};
  bool operator>(const Event &other) const {
    return at != other.at ? at > other.at : number > other.number;
  }
};

}  // namespace oracle
