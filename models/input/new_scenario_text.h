#pragma once

#include <string>

#include "models/input/new_scenario.h"

namespace models::scenario {

/// The scenario of a wish as text, a screen long, with what it assumes in comments.
/// @pre faults_of(wish) is empty
std::string new_scenario_text(const Wish& wish);

}  // namespace models::scenario
