#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "models/placement/limits.h"
#include "models/topology/topology.h"

namespace models::repair {

/// Disks [first, end) take nothing that comes at the places [from, until) of a rebuild.
struct Refusal {
  static constexpr std::uint32_t for_good = 0xFFFFFFFF;
  static constexpr std::uint32_t while_away = 0xFFFFFFFE;
  std::uint32_t first{};
  std::uint32_t end{};
  std::uint32_t from{};
  std::uint32_t until{for_good};
};

/// Where the shards of one lost disk go, as a rule: a pure function of the place of a shard in the
/// order of the rebuild, so nothing is listed before somebody asks. The machines stand in a row
/// that goes through the racks in turn; the shard at place i goes to the i-th of them, or, where
/// that may not hold it, to the next that may, and there to one disk after another. Const, knows
/// nothing of simulation.
class TargetRule {
 public:
  /// @param lost      the disk
  /// @param elsewhere  how often a machine of another rack may hold a shard, (0, 1]. The rack of
  /// the
  ///                  lost disk always may; it passes on so many that no rack has more than others
  /// @param seed      of the row: where it begins, in the fleet and in each rack
  TargetRule(const topology::Topology& topology, const placement::Limits& limits,
             std::uint32_t lost, double elsewhere, std::uint64_t seed)
      : topology_(&topology),
        limits_(limits),
        seed_(mixed(seed)),
        own_rack_(topology.rack_of_disk(lost)),
        elsewhere_(elsewhere),
        tries_(tries_for(topology, elsewhere)) {}

  /// @param others    disks of the other shards of its group
  /// @param refusals  in any order
  /// @return the disk; where no machine that is tried is within the limits the first that takes
  ///         anything, or no_target
  std::uint32_t target(std::uint32_t place, std::span<const std::uint32_t> others,
                       std::span<const Refusal> refusals) const;
  /// How many machines target() passes over before it finds one.
  std::uint32_t passed(std::uint32_t place, std::span<const std::uint32_t> others) const;

  /// Calls visit(place) for each place below `end` whose shard may have gone to the disk; which of
  /// them did, target() says.
  template <class Visit>
  void each_place(std::uint32_t disk, std::uint32_t end, std::span<const Refusal> refusals,
                  const Visit& visit) const {
    const std::uint32_t machine = topology_->machine_of(disk);
    const std::uint32_t machines = topology_->machines();
    const std::uint32_t at = position_of(machine);
    const std::uint32_t most = tries_with(refusals);
    for (std::uint32_t passed_over = 0; passed_over < most; ++passed_over) {
      std::uint32_t place = at >= passed_over ? at - passed_over : at + machines - passed_over;
      for (; place < end; place += machines) {
        const std::uint32_t first = first_disk(place, machine);
        if (first == disk || refused(first, place, refusals) ||
            refused_at_once(machine, refusals)) {
          visit(place);
        }
      }
    }
  }

  /// Places that each_place() has to look at, of so many.
  std::uint32_t looks(std::uint32_t places) const {
    return tries_ * (places / topology_->machines() + 1);
  }
  /// So many machines are tried for a shard that one is found.
  std::uint32_t tries() const { return tries_; }
  static constexpr std::uint32_t no_target = 0xFFFFFFFF;

 private:
  /// Where many are refused all machines are tried.
  std::uint32_t tries_with(std::span<const Refusal> refusals) const;
  static std::uint64_t mixed(std::uint64_t x);
  static std::uint32_t tries_for(const topology::Topology& topology, double elsewhere);
  static bool refused(std::uint32_t disk, std::uint32_t place, std::span<const Refusal> refusals) {
    return std::ranges::any_of(refusals, [&](const Refusal& refusal) {
      return disk >= refusal.first && disk < refusal.end && place >= refusal.from &&
             place < refusal.until;
    });
  }
  bool refused_at_once(std::uint32_t machine, std::span<const Refusal> refusals) const;
  std::uint32_t machine_at(std::uint32_t position) const;
  std::uint32_t position_of(std::uint32_t machine) const;
  std::uint32_t shift(std::uint32_t rack) const;
  /// Of the machine, for the shard at this place.
  std::uint32_t first_disk(std::uint32_t place, std::uint32_t machine) const;
  std::uint32_t disk_on(std::uint32_t machine, std::uint32_t place,
                        std::span<const Refusal> refusals) const;
  bool passes_on(std::uint32_t machine, std::uint32_t place) const;

  const topology::Topology* topology_;
  placement::Limits limits_;
  std::uint64_t seed_;
  std::uint32_t own_rack_;
  double elsewhere_;
  std::uint32_t tries_;
};

}  // namespace models::repair
