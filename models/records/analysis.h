#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "models/records/bursts.h"
#include "models/records/law_fit.h"
#include "models/records/posterior_check.h"
#include "models/records/sample.h"
#include "models/records/scenario_law.h"
#include "models/records/survival_curve.h"

namespace models::records {

struct AnalysisOptions {
  Watched watched{};
  std::optional<LawKind> law{};  ///< for the scenario; empty: the one that foretells weeks best
  std::uint64_t seed{1};
  std::stop_token stop{};         ///< laws and tests that were not begun by then are left out
  int null_draws{99};             ///< of the test for bursts
  CheckSize check{.windows = 0};  ///< of the posterior check; no windows: it is left out
};

/// Failures of some units a year, with the exact interval of a Poisson count (Garwood 1936).
struct RateRow {
  std::string name;
  Count count;
  sim::Estimate rate;  ///< per unit-year
};

/// Do rows share one rate? Pearson's chi-squared of their failures against their shares of the
/// unit-years, where at least 5 are expected in each (others are put together).
struct OneRate {
  double statistic{};
  int freedom{};
  double p{};
};

/// What a record says.
struct Analysis {
  std::string file;
  Layout layout{};
  std::uint64_t lines{};
  std::uint64_t rows{}, rows_left_out{}, rows_faulty{};  ///< as trace.h has them
  scenario::Diagnostics faults;                          ///< of rows that were left out
  std::vector<std::string> warnings;
  std::vector<std::string> assumptions;
  Count all, without_age;
  std::optional<Seconds> from, until;
  sim::Estimate rate;
  std::vector<RateRow> by_year, by_model;
  std::optional<OneRate> one_rate_of_years, one_rate_of_models;
  std::vector<CurvePoint> curve;
  std::vector<FittedLaw> laws;
  std::optional<LawKind> best;  ///< of `laws`: the least AIC; ages not known: empty
  /// The law that a scenario is handed; empty where it gets a mean rate.
  std::optional<LawKind> chosen() const {
    return scenario.law ? std::optional{scenario.law->kind} : std::nullopt;
  }
  std::string why_no_law;  ///< what kept a law from being fitted; empty if nothing did
  std::vector<Clustering> in_time, in_place;
  std::optional<Silence> silence;
  std::optional<BurstFit> bursts;     ///< empty where there are too few failures, or no times
  Seconds step{1};                    ///< at which somebody looks for failures
  ScenarioLaw scenario;               ///< what a scenario may be told
  std::optional<FailureModel> model;  ///< what it does over the window of the record
  std::vector<FeatureCheck> posterior_check;  ///< empty where no window can be simulated
  double units{}, machines{}, racks{};        ///< as the burst process takes them
  std::string fragment;                       ///< JSON for the section "failures" of a scenario
  std::uint64_t seed{};
};

/// All of it; or why the record cannot be looked at under these options (sample.h).
scenario::Checked<Analysis> analyse(const Trace& trace, const AnalysisOptions& options);

/// What a scenario runs: {"failures": {"disk": {"lifetime": ..., "source": ...},
/// "burst": {...}}}. A law only where nothing speaks against it; else the mean rate, which says so.
std::string fragment_of(const Analysis& analysis);

}  // namespace models::records
