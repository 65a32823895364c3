#pragma once

#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

#include "sim/estimators/rare_options.h"
#include "sim/model.h"

namespace sim {

/// Cumulative hazard of a class from the state's present to `until` if no event came between, to
/// 1 %: found by asking start_time(), so 0 also stands for less than 1e-15.
template <RareModel M>
double hazard_of_class(const M& model, const StateOf<M>& state, std::size_t event_class,
                       Seconds until) {
  constexpr double least = 1e-15;
  constexpr double most = 1e15;
  constexpr double close_enough = 1.01;
  if (model.start_time(state, event_class, least) >= until) return 0.0;
  double low = least;
  double high = most;
  while (high > low * close_enough) {
    const double middle = std::sqrt(low * high);
    (model.start_time(state, event_class, middle) < until ? low : high) = middle;
  }
  return std::sqrt(low * high);
}

/// kappa by class such that a replicate has about `starts` virtual events, by class in the shares
/// that a window's points have: (1 - floor) by hazard times promise and `floor` spread evenly.
std::vector<double> balanced_kappa(const std::vector<double>& hazards,
                                   const std::vector<double>& promises, double starts,
                                   double floor);

/// Both settings of the options, with their kappa balanced for missions like that of replicate 0;
/// the second has half as many starts. @pre starts > 0
/// @param over  asked before each event class: once true, the options come back as they were
template <RareModel M>
RareOptions balanced(M& model, RareOptions options, double starts,
                     const std::function<bool()>& over = {}) {
  const StateOf<M> state = model.initial(0);
  std::vector<double> hazards(model.event_classes());
  for (std::size_t c = 0; c < hazards.size(); ++c) {
    if (over && over()) return options;
    hazards[c] = hazard_of_class(model, state, c, options.mission);
  }
  for (RareSetting& setting : options.settings) {
    std::vector<double> promises(hazards.size(), 1.0);
    if constexpr (requires { model.groups_of(std::size_t{}); }) {
      for (std::size_t c = 0; c < hazards.size(); ++c) {
        promises[c] = std::pow(model.groups_of(c), setting.by_groups);
      }
    }
    setting.kappa_of_class = balanced_kappa(hazards, promises, starts, setting.floor);
  }
  return options;
}

}  // namespace sim
