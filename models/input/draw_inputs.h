#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/scenario/diagnostic.h"
#include "models/scenario/scenario.h"
#include "models/scenario/uncertain.h"

namespace models::scenario {

/// Values of the uncertain inputs of a scenario, in their order; empty: as stated.
using InputValues = std::vector<std::optional<double>>;

/// The value below which an input lies with probability `p`, in its base unit. @pre 0 < p < 1
///
/// A rate of which k failures were seen in a time T: gamma with shape k + 1/2 and rate T (the
/// posterior of Jeffreys' prior). A range: below and above the stated value with 1/2 each, on
/// either side evenly in the logarithm (evenly, from 0): who gives limits does not say how fast
/// doubt falls towards them, and the stated value stays the median.
double input_quantile(const UncertainInput& input, double p);

/// Draws from these laws, all of the same weight. Each input has one value in each of `draws`
/// slices of equal probability (Latin hypercube; McKay, Beckman, Conover 1979); inputs that rest on
/// the same counted failures move together.
std::vector<InputValues> draw_inputs(std::span<const UncertainInput> inputs, std::size_t draws,
                                     std::uint64_t seed);

/// The scenario read again with these values, or why it cannot be with them. @pre it was read from
/// a text, and has not been changed since
Checked<Scenario> with_inputs(const Scenario& scenario, const InputValues& values);

/// "0.32 %/year": a value of the input to three digits.
std::string input_text(const UncertainInput& input, double value);

}  // namespace models::scenario
