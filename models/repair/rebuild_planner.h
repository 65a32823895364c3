#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "models/codes/code.h"
#include "models/placement/placement.h"
#include "models/repair/fleet_view.h"
#include "models/repair/spares.h"
#include "models/repair/target_rule.h"
#include "sim/random.h"

namespace models::repair {

/// Incidents of shards that are not lost but copied to another disk: because their machine is away,
/// because their disk is to be emptied, or because they move back to where they stood at first.
inline constexpr std::uint32_t no_incident = 0xFFFFFFFF;
inline constexpr std::uint32_t emptying = 0xFFFFFFFE;
inline constexpr std::uint32_t moving_back = 0xFFFFFFFD;

/// A lost shard that wants a new home.
struct LostShard {
  std::uint32_t group{};
  std::uint16_t slot{};
  float remaining{1.0F};             ///< share of its stripes still to rebuild
  std::uint32_t promised{no_disk};   ///< home of an earlier plan, kept if it still serves
  std::uint32_t from_disk{no_disk};  ///< the disk that was lost
  std::uint32_t incident{};          ///< which loss this belongs to; handed back in the task
  bool is_copy() const { return incident >= moving_back; }
};

/// Lost shards of one degree of danger: groups that can lose `redundancy_left` more shards, or the
/// number of a lost disk where rebuilds go by arrival. Lower goes first.
struct Batch {
  int redundancy_left{};
  std::vector<LostShard> shards;
};

/// Rebuild one shard: read it from `reads` slots of the group, write it to `target`.
struct Task {
  LostShard shard;
  std::uint32_t target{};
  std::uint32_t first_read{};  ///< its reads are [first_read, first_read + reads) of the action
  std::uint32_t reads{};
  /// Window of the task in the progress [0, 1] of the action: a machine rebuilds its shards one
  /// after another, and the machine with most to do sets the pace.
  float begin{};
  float end{1.0F};
};

/// One stream of work. Lower `priority` goes first (it is the redundancy left).
struct RebuildAction {
  int priority{};
  std::vector<Task> tasks;                ///< by end of window
  std::vector<std::uint16_t> read_slots;  ///< of all tasks
  std::vector<std::uint32_t> read_disks;  ///< homes of read_slots when planned
};

struct Plan {
  std::vector<RebuildAction> rebuild;
  std::vector<LostShard>
      waiting;  ///< no home or too few readable shards now: ask again on a change
};

/// What a planner works in: its caller keeps it from one call to the next, so that a call costs
/// what it plans and not the size of the fleet. Holds nothing that an answer depends on; a copy is
/// empty. One per thread. @pre the fleets that it is used for outlive it
class PlanningSpace {
 public:
  PlanningSpace();
  PlanningSpace(const PlanningSpace& other);
  PlanningSpace(PlanningSpace&& other) noexcept;
  PlanningSpace& operator=(const PlanningSpace&) = delete;
  PlanningSpace& operator=(PlanningSpace&&) = delete;
  ~PlanningSpace();

  struct Scratch;
  Scratch& scratch_for(const topology::Topology& topology);

 private:
  std::unique_ptr<Scratch> scratch_;
};

/// Decides in which order lost shards are rebuilt, from where and to where: most endangered first,
/// targets on the least loaded machines or on the heir of the lost disk, as the spares say, reads
/// from the least loaded survivors, or as the scenario says (RebuildOrder, Traffic). Knows nothing
/// of simulation: the fleet model and the drill call this same code. Const; its randomness is
/// passed in.
class RebuildPlanner {
 public:
  RebuildPlanner(const codes::Code& code, const placement::Placement& placement,
                 const scenario::Repair& repair = {});

  /// A plan for shards in any order. Cost: O(shards x width).
  Plan decide(std::span<const LostShard> shards, const FleetView& view, sim::Stream& stream,
              PlanningSpace& space) const;
  /// The same where the place in the queue is settled: for shards that need another target.
  /// @param batches by danger; order within a batch does not matter
  Plan decide(std::span<const Batch> batches, const FleetView& view, sim::Stream& stream,
              PlanningSpace& space) const;
  /// Where the shards of a lost disk go whose groups miss no others. @pre goes_by_rule()
  TargetRule rule_for(std::uint32_t lost, double elsewhere, const topology::Topology& topology,
                      std::uint64_t seed) const {
    return {topology, placement_.limits(), lost, elsewhere, seed};
  }
  /// Is that the same whatever became of other disks? Not where one disk takes all, or where racks
  /// are preferred.
  bool goes_by_rule() const {
    return order_ == scenario::RebuildOrder::danger && traffic_ == scenario::Traffic::balanced &&
           !moves_ && !spares_->one_heir();
  }
  /// The priority of groups that are known to miss so many shards: lower goes first.
  int priority_of(int missing) const { return code_.tolerance() - missing; }
  /// Both in a space of their own.
  template <class Asked>
  Plan decide(const Asked& asked, const FleetView& view, sim::Stream& stream) const {
    PlanningSpace space;
    return decide(std::span(asked), view, stream, space);
  }

 private:
  std::vector<Batch> batches_of(std::span<const LostShard> shards, const FleetView& view) const;

  const codes::Code& code_;
  const placement::Placement& placement_;
  std::unique_ptr<const SparePolicy> spares_;
  scenario::RebuildOrder order_;
  scenario::Traffic traffic_;
  bool moves_;  ///< shards may leave disks that work
};

}  // namespace models::repair
