#pragma once

#include <string>
#include <string_view>

namespace models::scenario {

/// A valid scenario that uses every section, one key or section per line.
std::string small_scenario();

/// The same with the first `from` replaced by `to`; a test fails where there is none.
std::string small_scenario_with(std::string_view from, std::string_view to);

}  // namespace models::scenario
