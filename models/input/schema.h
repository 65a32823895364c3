#pragma once

#include <string>

namespace models::scenario {

/// JSON Schema (draft 2020-12) of a scenario, made from the table of fields.
std::string schema_json();

/// The same of a plan.
std::string plan_schema_json();

}  // namespace models::scenario
