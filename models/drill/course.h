#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "models/codes/code.h"
#include "models/drill/medium.h"
#include "models/drill/object_store.h"
#include "models/drill/safeguards.h"
#include "models/drill/step.h"
#include "models/placement/placement.h"
#include "models/repair/rebuild_planner.h"
#include "models/repair/scrubber.h"
#include "models/scenario/scenario.h"

namespace models::drill {

/// How large a drill is, and its randomness.
struct Setting {
  std::uint64_t seed{1};
  int objects{100};                                  ///< >= 1; each is a placement group of its own
  std::size_t object_bytes{std::size_t{64} * 1024};  ///< user bytes of an object, >= 1
  std::stop_token stop{};  ///< ends a mission after the step that it is at
};

/// What one strategy went through, in one mission or several. Bytes are counted, not estimated;
/// times are of this machine and are the only part that differs between two runs.
struct StrategyDrill {
  std::string name;
  std::string code;          ///< "RS 6+3"
  std::uint64_t missions{};  ///< schedules played
  int objects{};             ///< stored at the start of each
  std::uint64_t steps{};
  std::array<std::uint64_t, step_kinds> happened{};  ///< by StepKind; steps that found their target
  std::uint64_t disks_lost{};                        ///< with those of lost machines, racks, sites
  Work work;
  std::uint64_t bytes_verified{};  ///< user bytes read back and compared with what was written
  std::uint64_t bytes_scrubbed{};
  std::uint64_t writes{};           ///< acknowledged
  std::uint64_t writes_degraded{};  ///< of these, with fewer shards than the code has
  std::uint64_t writes_refused{};
  std::uint64_t damage_found{};  ///< shards given up by reads, rebuilds and scrubs
  std::uint64_t shards_rebuilt{};
  std::uint64_t rebuilds_put_off{};  ///< source or target had gone since they were planned
  std::uint64_t shards_waited{};     ///< times a lost shard had to wait for a home or for reads
  std::uint64_t out_of_reach{};  ///< times an object was rightly out of reach for a step, not lost
  std::uint64_t objects_lost_predicted{};  ///< the code calls the erasure pattern lost
  std::uint64_t objects_lost_seen{};       ///< the bytes could not be read back
  static constexpr std::size_t violations_told = 20;
  std::vector<std::string> violations;  ///< the first few in words
  std::uint64_t violation_count{};
  double wall_s{};
  bool passed() const { return violation_count == 0; }
  /// The violations of `other` follow.
  void add(const StrategyDrill& other);
};

/// The planner's question: what to rebuild, from where, to where.
using Decide = std::function<repair::Plan(std::span<const repair::LostShard>,
                                          const repair::FleetView&, sim::Stream&)>;

/// One strategy's parts. `limits` are checked by counting, not by asking `placement`.
struct Subject {
  const codes::Code& code;
  const placement::Placement& placement;
  const scenario::Placement& limits;
  const scenario::Hardware& hardware;
  const topology::Topology& topology;
  const Decide& decide;
  const Safeguards& safeguards;
  const repair::Scrubber& scrubber;
};

/// Makes the empty medium of a mission, of places of so many bytes.
using MakeMedium =
    std::function<std::unique_ptr<Medium>(std::uint64_t mission, std::size_t place_bytes)>;

/// Plays one schedule: stores the objects, takes step after step, reads everything back after each.
/// Ends at the first step with a violation; else all is healed, rebuilt, scrubbed, restarted from
/// what is durable and read once more. `name` is left to the caller. @pre limits can be met
StrategyDrill play(const Subject& subject, const Setting& setting, std::uint64_t mission,
                   const Schedule& schedule, const MakeMedium& make_medium = {});

}  // namespace models::drill
