#pragma once

#include <span>

#include "models/scenario/fields.h"

/// The parts that all_sections() is joined from.
namespace models::scenario {

std::span<const Section> system_sections();        ///< root, data, hardware, failures, repair
std::span<const Section> strategy_sections();      ///< strategies, prices, claims
std::span<const Section> distribution_sections();  ///< one per kind of distribution

}  // namespace models::scenario
