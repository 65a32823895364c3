#pragma once

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "models/fleet/run.h"
#include "models/scenario/scenario.h"

namespace models::verify {

/// Something that a claim may take for granted, as a change to the scenario.
struct Assumption {
  std::string_view id;
  std::string_view words;  ///< "every disk fails alone, as often as before"
  /// False if the scenario is like that already; null: no model of it yet.
  bool (*apply)(scenario::Scenario&){};
};

/// In the order of their columns.
std::span<const Assumption> all_assumptions();

/// A claim about a figure, judged as the scenario stands and under each assumption.
struct ClaimUnder {
  std::string id;
  std::string strategy;
  fleet::Verdict as_it_stands{};
  struct Cell {
    bool changes{true};                     ///< false: the scenario is like that already
    std::optional<fleet::Verdict> verdict;  ///< empty: not modelled, or not judged
    std::string why;                        ///< the figure it rests on
  };
  std::vector<Cell> under;  ///< in the order of all_assumptions()
};

/// Judges every claim about a figure once more under each assumption: as many runs of the
/// strategies claimed for as there are assumptions that change something.
/// @param full  the run of the scenario as it stands
/// @param progress  of the run under way; its stage names the assumption
std::vector<ClaimUnder> claims_under_assumptions(
    const scenario::Scenario& scenario, const fleet::RunOptions& options,
    const fleet::Results& full, const std::function<void(const fleet::Progress&)>& progress = {},
    const std::stop_token& stop = {});

}  // namespace models::verify
