#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/records/likelihood.h"
#include "sim/distribution.h"
#include "sim/estimate.h"

namespace models::records {

/// Laws that a record is held against.
enum class LawKind { exponential, weibull, bathtub };
std::string_view to_string(LawKind kind);

/// One risk with its intervals; times in years.
struct FittedRisk {
  std::string name;  ///< "early failures", "constant", "wear"; empty where there is one
  std::optional<sim::Estimate> shape;  ///< empty where it is 1 by the law
  sim::Estimate scale;                 ///< the mean life, where the shape is 1
  double expected{};                   ///< failures that it accounts for
};

/// Does the law describe the record? Pearson's statistic of failures seen and expected by age.
struct FitTest {
  double statistic{};
  int freedom{};
  int bins{};
  double p{};
};

struct FittedLaw {
  LawKind kind{};
  sim::Distribution law;
  std::vector<FittedRisk> risks;
  double log_likelihood{};
  int parameters{};
  std::optional<FitTest> test;
  /// Failures per unit-year within the first, second, ... year of age, as far as any was watched.
  std::vector<sim::Estimate> rate_in_year;
  double aic() const { return 2 * parameters - 2 * log_likelihood; }  ///< Akaike 1974
};

/// Maximum likelihood with right censoring and left truncation. Intervals of 95 % from the profile
/// of the likelihood (Venzon and Moolgavkar 1988), rates by the delta method. A bathtub is the best
/// by AIC of early failures (shape < 1), a constant hazard and wear (shape > 1), two or three of
/// them; empty if no such law has a maximum inside (the record then shows no bathtub).
/// @pre ages.failures() > 0
std::optional<FittedLaw> fit_law(const AgeTable& ages, LawKind kind);

/// Hjort 1990 (Annals of Statistics 18, section 3): ages are cut so that each part has about as
/// many failures; the covariance of what is seen less what is expected allows for the parameters
/// that were fitted. Empty with too few failures for two parts more than parameters.
std::optional<FitTest> test_fit(const AgeTable& ages, const RiskModel& model,
                                const Eigen::VectorXd& at);

}  // namespace models::records
