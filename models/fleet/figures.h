#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "models/analytic/figures.h"
#include "models/fleet/rare_run.h"
#include "models/fleet/results.h"
#include "models/fleet/tally.h"
#include "models/scenario/scenario.h"
#include "sim/estimate.h"

namespace models::fleet {

/// An estimate on another scale: `scale` is monotone; where it falls, the interval's ends swap.
template <class Scale>
sim::Estimate rescaled(sim::Estimate estimate, const Scale& scale) {
  if (estimate.value) estimate.value = scale(*estimate.value);
  sim::Interval ends{scale(estimate.ci95.low), scale(estimate.ci95.high)};
  if (ends.low > ends.high) std::swap(ends.low, ends.high);
  estimate.ci95 = ends;
  return estimate;
}

/// The metrics of one strategy in the making.
struct Figures {
  StrategyResult& result;
  const analytic::ChainFigures& chain;
  std::string model;  ///< of simulated figures

  void add(std::string_view id, sim::Estimate estimate);
  /// With the textbook's figure beside it.
  void add(std::string_view id, sim::Estimate estimate, double analytic);
};

/// Loss of data from missions played to their end.
void add_direct_loss(Figures& figures, const Tally& tally, const scenario::Scenario& scenario);
/// The same from an estimator of rare loss, with its causes, its paths and its course over the
/// years.
void add_rare_loss(Figures& figures, const RareRun& rare, const scenario::Scenario& scenario);
/// Time out of reach from branches, with its causes; from missions if branches did no better.
void add_time_out_of_reach(Figures& figures, const ReachRun& reach, const Tally& tally,
                           const scenario::Scenario& scenario, const scenario::Strategy& strategy);

}  // namespace models::fleet
