#pragma once

#include <span>

#include "models/scenario/fields.h"

/// The parts that all_sections() is joined from.
namespace models::scenario {

std::span<const Section> system_sections();        ///< root, data, hardware, failures, repair
std::span<const Section> strategy_sections();      ///< strategies, prices, claims
std::span<const Section> distribution_sections();  ///< one per kind of distribution

/// Kinds of claims besides "metric"; they are judged by later models.
std::span<const std::string_view> later_claim_kinds();

}  // namespace models::scenario
