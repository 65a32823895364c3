#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "models/planning/sensitivity.h"

namespace models::planning {

struct PlanOptions {
  std::uint64_t seed{1};
  int threads{0};
  std::size_t draws{400};  ///< for the interval of the cost
  int most_confirmed{24};
  std::uint64_t most_missions{1024};
};

/// Everything a plan has to say; reports print it, none of them computes.
struct PlanResults {
  Plan plan;
  SearchResult search;
  /// Of the winner, or else of the nearest: year by year.
  std::optional<Candidate> shown;
  std::string shown_name;
  std::vector<std::string> front_names;    ///< beside SearchResult::front
  std::vector<std::string> cheaper_names;  ///< beside SearchResult::cheaper
  /// Beside SearchResult::cheaper: why it cannot be built; empty where it can.
  std::vector<std::string> cheaper_reasons;
  std::vector<std::string> relaxed_names;  ///< beside SearchResult::relaxed; may be empty
  std::vector<std::string> reasons;        ///< why it cannot be built, for the nearest
  std::vector<YearDemand> demand;
  std::vector<YearSize> sizes;
  CashFlow cash;
  std::array<std::string, bill_items> bill_names;  ///< beside YearCash::bill
  /// Beside cash.years: nines of an object with the migration of the year, at least; infinite in a
  /// year without one.
  std::vector<double> migration_nines;
  std::vector<Swing> tornado;
  std::optional<CostRange> cost_range;
  std::optional<CloudAnswer> cloud;
  std::uint64_t seed{};
  std::vector<std::string> not_modelled;
  double wall_s{};
  bool interrupted{};  ///< whether there is a winner or not: something asked for is missing
};

PlanResults run_plan(const Plan& plan, const PlanOptions& options,
                     const std::function<void(const std::string&)>& progress = {},
                     std::stop_token stop = {});

/// Shows another candidate of the search in place of the recommended one: its sizes and cash flow;
/// what was asked of the recommended one alone (tornado, cost range, cloud) goes.
void show_candidate(PlanResults& results, const Candidate& candidate);

/// How far a value is from what is asked for, above 0 where it is met: nines for nines, shares of
/// the limit for the rest.
double margin_of(Target target, double value, double limit);

}  // namespace models::planning
