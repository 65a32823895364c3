#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/codes/code.h"
#include "models/placement/placement.h"
#include "models/repair/rebuild_planner.h"
#include "models/scenario/scenario.h"

namespace models::drill {

struct DrillOptions {
  std::uint64_t seed{1};
  int objects{100};                                  ///< >= 1; each is a placement group of its own
  std::size_t object_bytes{std::size_t{64} * 1024};  ///< user bytes of an object, >= 1
  int faults{25};  ///< steps, >= 0; a step loses one to a few disks or machines
  std::optional<std::string> strategy;  ///< only this one; empty: every strategy
};

/// What one strategy went through. Bytes are counted, not estimated.
struct StrategyDrill {
  std::string name;
  std::string code;                ///< "RS 6+3"
  int objects{};                   ///< stored at the start
  std::uint64_t bytes_written{};   ///< user bytes
  std::uint64_t bytes_encoded{};   ///< stored bytes, with redundancy
  std::uint64_t bytes_verified{};  ///< compared with what was written, over all steps
  int disks_lost{};                ///< with those of lost machines
  int machines_lost{};
  int faults_during_rebuild{};  ///< losses that struck before the rebuild of the last had ended
  std::uint64_t shards_rebuilt{};
  std::uint64_t bytes_read{};           ///< by rebuilds
  std::uint64_t shards_waited{};        ///< times a lost shard had to wait for a home or for reads
  int objects_lost_predicted{};         ///< the code calls the erasure pattern of the object lost
  int objects_lost_seen{};              ///< the bytes could not be read back
  std::vector<std::string> violations;  ///< the first few in words
  std::uint64_t violation_count{};
  bool passed() const { return violation_count == 0; }
};

/// The planner's question: what to rebuild, from where, to where.
using Decide = std::function<repair::Plan(std::span<const repair::Batch>, const repair::FleetView&,
                                          sim::Stream&)>;

/// One strategy's parts. `limits` are checked by counting, not by asking `placement`.
struct Subject {
  const codes::Code& code;
  const placement::Placement& placement;
  const scenario::Placement& limits;
  const scenario::Hardware& hardware;
};

/// The drill of one strategy against any planner: the product passes the real one, a test one with
/// a planted defect. `name` is left to the caller. @pre options in range, limits can be met.
StrategyDrill drill_one(const Subject& subject, const DrillOptions& options, const Decide& decide);

}  // namespace models::drill
