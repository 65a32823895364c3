#pragma once

#include <memory>
#include <string>
#include <vector>

#include "models/fleet/rare_run.h"
#include "sim/estimators/rare_tally.h"

namespace models::fleet {

/// Time out of reach of one strategy, from branches.
struct ReachRun {
  sim::RareTally tally;  ///< group-seconds out of reach in place of P(any loss)
  std::vector<std::string> class_names;
  std::uint64_t first{};  ///< number of its first replicate: `tally` has them from there on
  sim::Ended ended{sim::Ended::all_played};
};

/// Deterministic in everything but out_of_time and stop; the method in `options` does not matter.
/// @pre ReachMission::can_follow(*fleet)
ReachRun estimate_time_out_of_reach(const std::shared_ptr<const Fleet>& fleet,
                                    const RareRunOptions& options);

}  // namespace models::fleet
