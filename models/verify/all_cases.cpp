#include <algorithm>
#include <array>

#include "models/verify/families.h"

namespace models::verify {

namespace {

constexpr std::array families{raid_1988_cases,     closed_form_cases, elerath_pecht_cases,
                              raid_latent_cases,   stiff_chain_cases, xoring_elephants_cases,
                              azure_lrc_cases,     ford_cases,        copysets_cases,
                              storj_cases,         backblaze_cases,   seventeen_plus_three_cases,
                              rebuild_claim_cases, simedc_cases,      repair_reads_cases,
                              overhead_cases};

std::vector<Case> joined() {
  std::vector<Case> all;
  for (const auto& family : families) {
    const auto cases = family();
    all.insert(all.end(), cases.begin(), cases.end());
  }
  return all;
}

}  // namespace

std::span<const Case> all_cases() {
  static const std::vector<Case> all = joined();
  return all;
}

std::vector<const Case*> find_cases(std::string_view name) {
  std::vector<const Case*> found;
  for (const Case& one : all_cases()) {
    if (one.id == name || family_of(one.id) == name) found.push_back(&one);
  }
  return found;
}

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const Case& one : all_cases()) {
    const std::string family{family_of(one.id)};
    if (std::ranges::find(names, family) == names.end()) names.push_back(family);
    names.emplace_back(one.id);
  }
  return names;
}

}  // namespace models::verify
