#pragma once

#include <string>
#include <vector>

#include "models/drill/drill.h"
#include "models/lifecycle/drill_report.h"
#include "models/paths/failover_drill.h"

namespace reports {

/// The drill's tables, 80 columns wide: what happened, bytes and speed, rebuild time, steps by
/// kind. Failures are told by failure_text().
std::string drill_text(const models::drill::DrillResult& result,
                       const models::drill::DrillOptions& options);

/// What is wrong with one strategy, in lines of 80 columns; empty if it passed.
std::string drill_failure_text(const models::drill::StrategyResult& one);

/// The failover of gateways over real bytes; empty without any.
std::string failover_text(const std::vector<models::paths::FailoverDrill>& drills);
/// What is wrong with it; empty if it passed.
std::string failover_failure_text(const models::paths::FailoverDrill& one);

/// Conversions, moves between classes and copies over real bytes; empty without any.
std::string moves_text(const std::vector<models::lifecycle::DrillReport>& drills);

}  // namespace reports
