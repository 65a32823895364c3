#pragma once

#include <string>

#include "models/fleet/results.h"
#include "models/scenario/scenario.h"
#include "reports/provenance.h"
#include "reports/report_table.h"

namespace reports {

/// A comparison as one self-contained page: claims with verdicts, figures with intervals, loss by
/// cause, cost, assumptions in doubt, what is not modelled, and how to get the same again.
std::string result_html(const models::fleet::Results& results,
                        const models::scenario::Scenario& scenario, const Provenance& provenance,
                        Language opens_in);
/// The same where only the results know where they come from.
std::string result_html(const models::fleet::Results& results,
                        const models::scenario::Scenario& scenario, Language opens_in);

}  // namespace reports
