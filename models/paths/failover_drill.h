#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "models/drill/mirror_drill.h"
#include "models/scenario/scenario.h"

namespace models::paths {

/// Strategies with as many engines and arrays, whose failover is one drill.
struct FailoverDrill {
  std::vector<std::string> strategies;
  std::uint32_t engines{};
  std::uint32_t legs{};
  drill::MirrorDrillResult result;
};

struct FailoverDrillOptions {
  std::uint64_t seed{1};
  std::uint64_t first_mission{0};
  std::uint64_t missions{40};  ///< schedules, >= 1
  int steps{50};               ///< of each, >= 0
  std::optional<drill::MirrorSchedule> schedule{};
  std::vector<std::string> strategies{};  ///< only these; empty: every one
  std::stop_token stop{};                 ///< fewer missions are played then
};

/// The FailoverController of each strategy over real bytes. @pre scenario.paths
std::vector<FailoverDrill> drill_failover(const scenario::Scenario& scenario,
                                          const FailoverDrillOptions& options);

}  // namespace models::paths
