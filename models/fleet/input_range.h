#pragma once

#include <cstdint>
#include <functional>

#include "models/fleet/results.h"
#include "models/scenario/scenario.h"

namespace models::fleet {

/// Draws of the uncertain inputs: all figures of a strategy for each.
inline constexpr std::size_t default_input_draws = 256;

/// Sets `input_range` and the swings of every metric of `results.strategies`: how far each figure
/// moves when the inputs that are known only within limits move (2.5 % to 97.5 % of the draws, and
/// the figure itself). What is arithmetic, or a chain, is computed anew from each draw. A simulated
/// figure is moved as its counterpart moves, by the factor from the stated inputs to the drawn
/// ones: the textbook chain for loss and time out of reach, arithmetic for rebuilds and traffic;
/// where there is none it has no range, and Metric::range_model says so.
/// Does nothing for a scenario without uncertain inputs, or one that was built in code.
/// @param over  true once there is no time for more draws: fewer are taken, and without time for
///     the swings there are none; may be empty
void add_input_ranges(const scenario::Scenario& scenario, std::uint64_t seed, std::size_t draws,
                      Results& results, const std::function<bool()>& over = {});

}  // namespace models::fleet
