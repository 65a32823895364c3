#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/estimate.h"
#include "sim/estimators/rare_tally.h"

namespace sim {

/// What a figure of rare loss must show before it is published. Decided with docs/methods in view
/// of an estimate that had half-width, weights and hits in order and was 43 % low, since it had
/// never seen two shocks in one window.
struct PublishRule {
  double half_width{0.2};       ///< relative, of the 95 % interval
  double largest_share{0.05};   ///< of one replicate in the sum
  std::uint64_t non_zero{300};  ///< replicates
  double apart{2.0};            ///< of the two settings, in standard errors of their difference
  /// Injections without any effect after which an event class counts as harmless.
  std::uint64_t harmless_after{300};
};

/// What a figure is called and whether it can be relied on.
struct RareFigure {
  Method method{Method::exposure};
  std::string model;
  std::vector<std::string> class_names;  ///< for the reasons; may be empty
  PublishRule rule;
};

/// Why P(any loss) is not to be published yet; empty if it is.
std::string why_not_converged(const RareTally& tally, const RareFigure& figure);

/// P(any loss within the mission). Not converged: the best estimate with its interval, or the
/// bound [0, 3/n] from the natural missions if no branch found a loss, and why.
Estimate loss_probability(const RareTally& tally, const RareFigure& figure);

/// E[min(mission, first loss)] / P(loss) in seconds, by the ratio of the two.
Estimate mean_time_to_loss(const RareTally& tally, const RareFigure& figure);

/// Expected amount lost per mission. Nothing found: [0, infinity) and no value.
Estimate mean_amount(const RareTally& tally, std::size_t payoff, const RareFigure& figure);

/// P(first loss within year `index` of the mission), from 0 on.
Estimate loss_in_year(const RareTally& tally, std::size_t index, const RareFigure& figure);

/// Expected group-seconds out of reach per mission, for the tally of a TimedModel. Nothing found:
/// no value, and no bound but that of time itself.
Estimate mean_time_out_of_reach(const RareTally& tally, const RareFigure& figure);

/// When to stop.
struct RarePrecision {
  double relative{0.1};  ///< half-width of P(loss), and of every amount if there are losses
  PublishRule rule;
  /// Not before: who stops as soon as the width is small enough favours samples without large
  /// values. planned_replicates() of a pilot keeps that small.
  std::uint64_t least_replicates{1000};
};

/// Replicates that should reach the relative half-width, judged from a pilot with streams of its
/// own, and two fifths more; at least 150 times the relative variance. 0 where it found no loss.
double needed_replicates(const RareTally& pilot, double relative);

/// No plan is for fewer: a figure is not published of fewer than 300 that are not zero.
inline constexpr std::uint64_t least_planned = 400;

/// The same as a whole number, and not below least_planned.
std::uint64_t planned_replicates(const RareTally& pilot, double relative);

/// True once P(loss) may be published at that precision. Asked at the ends of blocks.
bool satisfies(const RareTally& tally, const RarePrecision& precision);

}  // namespace sim
