#include "models/input/draw_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numeric>
#include <utility>

#include "models/input/read_scenario.h"
#include "models/scenario/quantity_text.h"
#include "sim/contract.h"
#include "sim/random.h"

namespace models::scenario {
namespace {

double between(double low, double high, double share) {
  if (low > 0) return low * std::pow(high / low, share);
  return low + (high - low) * share;
}

/// A random order of 0 to count - 1.
std::vector<std::size_t> shuffled(std::size_t count, sim::Stream& stream) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[stream.below(i)]);
  return order;
}

/// Do both rest on the same observation?
bool same_record(const UncertainInput& a, const UncertainInput& b) {
  return a.kind == UncertainInput::Kind::gamma && b.kind == a.kind && a.failures == b.failures &&
         a.exposure.value == b.exposure.value && a.source == b.source;
}

}  // namespace

double input_quantile(const UncertainInput& input, double p) {
  EXPECTS(p > 0 && p < 1);
  if (input.kind == UncertainInput::Kind::gamma) {
    return boost::math::gamma_p_inv(input.failures + 0.5, p) / input.exposure.value;
  }
  const bool below = input.low < input.value;
  const bool above = input.value < input.high;
  const double share_below = below && above ? 0.5 : below ? 1.0 : 0.0;
  if (p < share_below) return between(input.low, input.value, p / share_below);
  return between(input.value, input.high, (p - share_below) / (1 - share_below));
}

std::vector<InputValues> draw_inputs(std::span<const UncertainInput> inputs, std::size_t draws,
                                     std::uint64_t seed) {
  std::vector<InputValues> all(draws, InputValues(inputs.size()));
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const auto like = std::ranges::find_if(
        inputs, [&](const UncertainInput& input) { return same_record(input, inputs[i]); });
    const std::size_t first =
        like == inputs.end() ? i : static_cast<std::size_t>(like - inputs.begin());
    sim::Stream stream(seed, sim::Purpose::inputs, {0, first, 0, 0});
    const std::vector<std::size_t> slices = shuffled(draws, stream);
    for (std::size_t d = 0; d < draws; ++d) {
      const double within = static_cast<double>(slices[d]) + stream.uniform();
      all[d][i] = input_quantile(inputs[i], within / static_cast<double>(draws));
    }
  }
  return all;
}

Checked<Scenario> with_inputs(const Scenario& scenario, const InputValues& values) {
  EXPECTS(scenario.origin != nullptr && values.size() == scenario.uncertain.size());
  std::vector<std::string> overrides = scenario.origin->overrides;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const UncertainInput& input = scenario.uncertain[i];
    if (!values[i] || !input.price.empty()) continue;
    overrides.push_back(input.path + "=" + print_quantity(input.unit, *values[i]));
  }
  auto read = read_scenario_text(scenario.origin->text, scenario.file, overrides);
  if (!read) return read;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string& price = scenario.uncertain[i].price;
    if (values[i] && !price.empty()) read.value().prices->items.at(price).price = *values[i];
  }
  return read;
}

std::string input_text(const UncertainInput& input, double value) {
  if (!input.price.empty()) return fmt::format("{:.6g}", value);
  switch (input.unit) {
    case QuantityKind::rate:
      return fmt::format("{:.3g} %/year", value * sim::year.value * 100);
    case QuantityKind::time:
      return fmt::format("{:.3g} h", sim::in_hours(Seconds{value}));
    case QuantityKind::fraction:
      return fmt::format("{:.3g} %", value * 100);
    case QuantityKind::bytes:
      return fmt::format("{:.3g} TB", value / terabyte.value);
    case QuantityKind::byte_rate:
      return fmt::format("{:.3g} MB/s", value / 1e6);
  }
  return {};
}

}  // namespace models::scenario
