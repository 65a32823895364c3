#pragma once

#include <string>
#include <vector>

#include "models/planning/run_plan.h"
#include "reports/provenance.h"
#include "reports/report_table.h"
#include "reports/result_text.h"

namespace reports {

/// Every table of a plan's results, in the order in which they are read.
std::vector<ReportTable> plan_tables(const models::planning::PlanResults& results);

/// Verdict in a sentence or two: what is recommended, or what is nearest and why nothing will do.
Words plan_verdict(const models::planning::PlanResults& results);

/// The command that gives the same again.
std::string plan_command(const models::planning::PlanResults& results);

std::string plan_text(const models::planning::PlanResults& results,
                      const TextOptions& options = {});
std::string plan_csv(const models::planning::PlanResults& results);
/// {"schema": "holdfast/plan/1", ..., "tables": [{"id", "columns", "rows": [{column: value}]}]}.
std::string plan_json(const models::planning::PlanResults& results);
/// One self-contained page, English and Chinese, that prints on A4: on its first sheet question,
/// verdict for each target, design and cost.
std::string plan_html(const models::planning::PlanResults& results, const Provenance& provenance,
                      Language opens_in);
/// The same where only the results know where they come from.
std::string plan_html(const models::planning::PlanResults& results, Language opens_in);

}  // namespace reports
