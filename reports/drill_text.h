#pragma once

#include <string>

#include "models/drill/drill.h"

namespace reports {

/// The drill's tables, 80 columns wide: what happened, bytes and speed, rebuild time, steps by
/// kind. Failures are told by failure_text().
std::string drill_text(const models::drill::DrillResult& result,
                       const models::drill::DrillOptions& options);

/// What is wrong with one strategy, in lines of 80 columns; empty if it passed.
std::string drill_failure_text(const models::drill::StrategyResult& one);

}  // namespace reports
