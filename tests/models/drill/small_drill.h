#pragma once

#include <functional>
#include <memory>

#include "models/drill/campaign.h"
#include "models/drill/drill.h"

namespace models::drill {

scenario::Strategy rs(int data, int parity);
scenario::Strategy replicas(int copies);

/// 12 racks of 2 machines with 2 disks: RS 6+3 has three racks to spare.
scenario::Scenario small_fleet();

/// 8 objects of 301 bytes (no multiple of k: the last shard is padded), 14 steps.
DrillOptions small_drill(std::uint64_t seed);

/// One strategy's drill against parts of which one may be a test's.
struct Bench {
  explicit Bench(const scenario::Scenario& fleet, const codes::Code* other_code = nullptr);
  const scenario::Scenario& scenario;  ///< its first strategy
  std::unique_ptr<const codes::Code> own_code;
  const codes::Code& code;
  std::unique_ptr<const placement::Placement> placement;
  repair::RebuildPlanner planner;
  topology::Topology topology;
  Safeguards kept;
  repair::Scrubber scrubber;
  Decide decide;
  /// @param safeguards null: all are kept
  Subject subject(const Safeguards* safeguards = nullptr) const;
};

}  // namespace models::drill
