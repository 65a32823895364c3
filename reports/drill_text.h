#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/drill/drill.h"
#include "models/lifecycle/drill_report.h"
#include "models/paths/failover_drill.h"
#include "reports/provenance.h"

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

/// All that one call of `drill` played.
struct DrillParts {
  std::optional<models::drill::DrillResult> store;
  std::vector<models::paths::FailoverDrill> failovers;
  std::vector<models::lifecycle::DrillReport> moves;
  bool passed() const;
};

/// {"schema": "holdfast/drill/1", ..., "passed", "tables": [...]}.
std::string drill_json(const DrillParts& parts, const models::drill::DrillOptions& options);

/// table,row,name,column,unit,value,text: every cell of every table.
std::string drill_csv(const DrillParts& parts);

/// One self-contained page, English and Chinese, that prints on A4.
std::string drill_html(const DrillParts& parts, const models::drill::DrillOptions& options,
                       const Provenance& provenance, Language opens_in);

}  // namespace reports
