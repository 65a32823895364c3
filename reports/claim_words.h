#pragma once

#include <string>
#include <vector>

#include "models/scenario/scenario.h"
#include "reports/report_table.h"

namespace reports {

/// The words of a claim in each language that the scenario has them in. @param told  where it has
/// none of that id
Words claim_words(const std::vector<models::scenario::Claim>& claims, const std::string& id,
                  const std::string& told);

}  // namespace reports
