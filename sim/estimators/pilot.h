#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/estimators/balance.h"
#include "sim/estimators/publish.h"
#include "sim/estimators/rare_estimator.h"

namespace sim {

/// One estimator in one setting, as it showed in the pilot.
struct PilotRow {
  Method method{};
  RareOptions options;
  RareTally tally;
};

/// What the pilot says of a row: relative variance of P(any loss) times counted work, both per
/// replicate; infinite where nothing was found.
double work_normalised_variance(const RareTally& tally);

/// The pilot's decision, to be frozen: the run starts again with fresh streams.
struct PilotChoice {
  Method method{Method::exposure};
  RareOptions options;
  std::uint64_t planned{};  ///< replicates that should reach the precision, see publish.h
  std::string why;
};

/// The row with the least work-normalised variance. The compensator is a candidate only where it
/// saw 300 non-zero replicates and every event class contributed: it is blind to what the natural
/// path does not come close to. Where no row found enough to compare, the first one of exposure.
PilotChoice choose(const std::vector<PilotRow>& rows, double relative);

/// The compensator is not going to be a candidate at the rate it has found losses so far.
inline bool hopeless(const RareTally& tally, std::uint64_t replicates) {
  const double rate =
      static_cast<double>(tally.loss().x().non_zero()) / static_cast<double>(tally.replicates());
  constexpr double benefit_of_doubt = 3.0;
  return benefit_of_doubt * rate * static_cast<double>(replicates) <
         static_cast<double>(PublishRule{}.non_zero);
}

struct PilotBudget {
  std::uint64_t replicates{2048};  ///< of each candidate, at most
  std::uint64_t work{10'000'000};  ///< counted, of each candidate: it stops after the replicate
                                   ///< that reaches this
  std::uint64_t least{64};         ///< replicates of each candidate, whatever the work
  /// Where its replicates are numbered from: streams that the run will not meet.
  std::uint64_t first{std::uint64_t{1} << 40U};
  /// True once the time is up; asked before and within each replicate. Empty: never.
  std::function<bool()> over{};
};

/// Plays the candidates: the compensator, and exposure with few or many virtual events.
/// Many pay where the natural path of a whole mission costs more than its branches.
/// Deterministic but for `over`: it counts work and reads no clock itself.
/// @param base  settings before balancing
template <RareModel M>
PilotChoice pilot(const M& model, const RareOptions& base, std::uint64_t seed, double relative,
                  const PilotBudget& budget = {}) {
  std::vector<PilotRow> rows;
  M own = model;
  const auto try_out = [&](Method method, int points, double starts) {
    RareOptions options = base;
    for (RareSetting& setting : options.settings) setting.points = points;
    options = balanced(own, std::move(options), starts, budget.over);
    RareEstimator<M> estimator(model, method, options, seed, Limit{budget.over});
    RareTally tally = estimator.empty_tally(options.mission);
    for (std::uint64_t i = 0; i < budget.replicates; ++i) {
      if (i >= budget.least) {
        if (tally.work().total() >= budget.work) break;
        if (method == Method::compensator && hopeless(tally, budget.replicates)) break;
      }
      if (!estimator.play(budget.first + i, tally)) break;
    }
    rows.push_back({method, std::move(options), std::move(tally)});
  };
  // With one point from a window few replicates see what counts, and a short pilot misjudges it:
  // unless points are drawn where the losses come from. Then many virtual events have been best for
  // every code measured, and a pilot of few replicates does not see it.
  constexpr int points = EarlyModel<M> ? 1 : 3;
  constexpr double few = 4.0;
  constexpr double many = 16.0;
  if constexpr (!EarlyModel<M>) try_out(Method::exposure, points, few);
  try_out(Method::exposure, points, many);
  try_out(Method::compensator, 1, few);
  return choose(rows, relative);
}

}  // namespace sim
