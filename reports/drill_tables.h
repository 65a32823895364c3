#pragma once

#include <vector>

#include "reports/drill_text.h"
#include "reports/report_table.h"

namespace reports {

/// Of the store outcome, failures, bytes, rebuild times and steps by kind; failover; what moves:
/// those that have rows. The first is the outcome of a part.
std::vector<ReportTable> drill_tables(const DrillParts& parts);

/// Faults among the steps of a drill.
std::uint64_t drill_faults(const models::drill::StrategyDrill& one);

}  // namespace reports
