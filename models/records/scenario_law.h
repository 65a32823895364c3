#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/records/burst_process.h"
#include "models/records/hazard_model.h"
#include "models/records/law_fit.h"
#include "models/records/lexis.h"
#include "models/records/sample.h"

namespace models::records {

/// A law of single failures and what speaks against it.
struct Candidate {
  FittedLaw law;
  std::optional<double> held_out;    ///< log-likelihood of weeks that it was not fitted to
  std::optional<double> calendar_p;  ///< of the failures of each four weeks, if it were true
  std::string rejected;              ///< why no scenario is given it; empty: nothing speaks against
};

/// What a scenario may be told of single failures, those of bursts taken out.
struct ScenarioLaw {
  enum class Verdict {
    law,        ///< a law that nothing speaks against, within the ages that the record has seen
    rate_only,  ///< ages are not known: failures over unit-years
    no_law,     ///< every law is rejected: the mean rate of this record and no other
    nothing,    ///< no failure
  };
  Verdict verdict{Verdict::nothing};
  std::vector<Candidate> candidates;  ///< best first
  std::optional<FittedLaw> law;       ///< of Verdict::law
  double failures{};                  ///< single ones
  sim::Estimate rate;                 ///< of them, per unit-year
  sim::Interval range{};              ///< for a scenario: its interval, or slowest to fastest year
  std::optional<sim::Interval> ages;  ///< seen, in years
  std::optional<ShapeOfAges> shape;   ///< what ages tell once months, and places, may differ
  std::optional<HazardModel> hazard;  ///< age, calendar and place in one; empty without `input`
  bool one_age{};                     ///< at any date nearly all units have the same age
  std::vector<double> by_week;        ///< failures that the law, or the rate, expects
  std::vector<double> seen_by_week;   ///< single failures
  std::vector<std::string> words;     ///< the verdict and its reasons, for people
};

/// @param wanted  only this law; @param bursts  empty: no failure belongs to one
/// @param input  places of the happenings; nullptr: the hazard is not looked at as a whole
ScenarioLaw scenario_law(const Sample& sample, const std::optional<BurstFit>& bursts,
                         const std::optional<LawKind>& wanted, const BurstInput* input = nullptr,
                         std::uint64_t seed = 1);

}  // namespace models::records
