#pragma once

#include <string>

#include "models/paths/path_results.h"
#include "models/scenario/scenario.h"
#include "reports/provenance.h"
#include "reports/result_text.h"

namespace reports {

/// Per strategy: single points and fatal pairs, service by cause, incidents with RPO and RTO,
/// bandwidth left; then the claims and the drill of the failover.
std::string paths_text(const models::paths::PathResults& results, const TextOptions& options = {});

/// {"schema": "holdfast/paths/1", ..., "strategies": [{"services", "incidents", "bandwidth"}],
/// "claims", "drill"}; null for a time without end.
std::string paths_json(const models::paths::PathResults& results);

/// strategy,what,name,measure,value: every figure in a row.
std::string paths_csv(const models::paths::PathResults& results);

/// One self-contained page, English and Chinese, that prints on A4, with the drawing of each
/// strategy.
std::string paths_html(const models::paths::PathResults& results,
                       const models::scenario::Scenario& scenario, const Provenance& provenance,
                       Language opens_in);

/// A drawing for paper: columns from hosts to arrays, single points with a thick frame and a word.
std::string paths_svg(const models::paths::StrategyPaths& strategy);

}  // namespace reports
