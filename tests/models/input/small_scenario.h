#pragma once

#include <string>
#include <string_view>

#include "models/scenario/diagnostic.h"
#include "models/scenario/scenario.h"

namespace models::scenario {

/// A valid scenario that uses every section, one key or section per line.
std::string small_scenario();

/// The same with the first `from` replaced by `to`; a test fails where there is none.
std::string small_scenario_with(std::string_view from, std::string_view to);

/// What was wrong, a line each; empty if nothing was.
std::string faults_of(const Checked<Scenario>& read);

}  // namespace models::scenario
