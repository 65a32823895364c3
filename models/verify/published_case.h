#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "sim/estimate.h"

/// Figures that others have published, computed again from the parameters in their sources.
namespace models::verify {

/// What a simulated case may spend. A later estimator is one more member here.
struct Effort {
  std::uint64_t seed{1};
  int threads{0};  ///< 0: as many as the machine has
  /// A case under way ends then with fewer missions: its figure is not to be judged.
  std::stop_token stop{};
};

/// A line of the registry. Where an article prints a figure, `published` is that text: its last
/// digit says how exact it is meant to be; otherwise `reference` gives the figure to meet. Of
/// `analytic` and `simulated` at most one is given; a case with neither has no model yet, and
/// `remark` says which it needs.
struct Case {
  std::string_view id;     ///< "family/row"
  std::string_view title;  ///< what the figure is of
  std::string_view source;
  std::string_view unit;
  std::string_view published{};  ///< "2.3079e10"
  double within{};               ///< half-width of its own interval, as a share of it
  /// Where `published` was itself drawn from few runs: its 95 % interval, to be met instead.
  std::optional<sim::Interval> sampled{};
  double (*reference)(){};     ///< a closed form or chain of this tree, where no article has it
  std::string_view reading{};  ///< by which model, in which reading of the units
  double (*analytic)(){};      ///< closed form, chain, arithmetic
  sim::Estimate (*simulated)(const Effort&){};
  std::string_view remark{};  ///< why it does not come out, or what to know
};

/// Every case, families together, in the order in which they are printed (all_cases.cpp).
std::span<const Case> all_cases();

/// The cases of one id or of one family ("ford"); empty if there is none.
std::vector<const Case*> find_cases(std::string_view name);

/// Ids and families, for advice on a name that is none.
std::vector<std::string> case_names();

/// The family of "family/row".
std::string_view family_of(std::string_view id);

/// Published figures are reproduced or not; claims of a scenario are supported or refuted.
enum class Verdict { reproduced, not_reproduced, supported, refuted, undecided };
std::string to_string(Verdict verdict);

/// A case computed again and held against what was published. All texts are its own, so that a
/// claim of a scenario can be told in the same form.
struct Outcome {
  std::string id;
  std::string title;
  std::string source;
  std::string unit;
  std::optional<double> published;
  std::string published_text;  ///< as printed; "" where `published` is computed or missing
  std::optional<sim::Estimate> ours;
  Verdict verdict{Verdict::undecided};
  std::string why;
};

/// @pre the case is of all_cases()
Outcome recompute(const Case& one, const Effort& effort);

/// A printed number and what its digits allow: one unit of the last one to each side, since sources
/// cut as often as they round. A double that is right to its last bits is always within.
sim::Interval printed_range(std::string_view published);

/// Reproduced if the interval of `ours` meets `published`; undecided if it misses it by less than
/// its own half-width (about four standard errors from the value) or has not converged.
Verdict verdict_of(const sim::Interval& published, const sim::Estimate& ours);

}  // namespace models::verify
