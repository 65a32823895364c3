#pragma once

#include <string>

#include "models/fleet/run.h"
#include "reports/result_text.h"

namespace reports {

/// The event log of one mission: year and time of day, what happened, to which unit.
std::string mission_text(const models::fleet::MissionLog& log, const TextOptions& options = {});

}  // namespace reports
