#pragma once

#include <span>

#include "models/verify/published_case.h"

/// The families that all_cases() is joined from, one file each.
namespace models::verify {

std::span<const Case> raid_1988_cases();
std::span<const Case> closed_form_cases();
std::span<const Case> elerath_pecht_cases();
std::span<const Case> raid_latent_cases();
std::span<const Case> stiff_chain_cases();
std::span<const Case> xoring_elephants_cases();
std::span<const Case> azure_lrc_cases();
std::span<const Case> ford_cases();
std::span<const Case> copysets_cases();
std::span<const Case> storj_cases();
std::span<const Case> backblaze_cases();
std::span<const Case> seventeen_plus_three_cases();
std::span<const Case> rebuild_claim_cases();
std::span<const Case> repair_reads_cases();
std::span<const Case> overhead_cases();
std::span<const Case> simedc_cases();

}  // namespace models::verify
