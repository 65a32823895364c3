#include "models/fleet/input_range.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "models/fleet/textbook.h"
#include "models/input/draw_inputs.h"
#include "models/scenario/metrics.h"

namespace models::fleet {

namespace {

using scenario::Scenario;
using sim::Interval;

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double low_end = 0.025;
constexpr double high_end = 0.975;
constexpr const char* no_time_for_ranges = "none: stopped before the first draw of the inputs";

/// The figure, or the bound where it was never seen.
Interval figure_of(const sim::Estimate& estimate) {
  return estimate.value ? Interval{*estimate.value, *estimate.value} : estimate.ci95;
}

Interval moved(const Follower& follower, const Interval& figure, const Textbook& draw) {
  return {follower.moved(figure.low, draw).value_or(figure.low),
          follower.moved(figure.high, draw).value_or(figure.high)};
}

/// From 2.5 % to 97.5 % of the draws, and the figure itself.
Interval range_of(const Follower& follower, const Interval& figure,
                  const std::vector<Textbook>& draws) {
  std::vector<double> low;
  std::vector<double> high;
  for (const Textbook& draw : draws) {
    const Interval ends = moved(follower, figure, draw);
    low.push_back(ends.low);
    high.push_back(ends.high);
  }
  std::ranges::sort(low);
  std::ranges::sort(high);
  const auto cut = static_cast<std::size_t>(low_end * static_cast<double>(draws.size()));
  return {std::min(figure.low, low[cut]), std::max(figure.high, high[high.size() - 1 - cut])};
}

/// The end of a bound that says something, or the figure.
double telling_end(const Interval& figure, const Metric& metric) {
  const scenario::MetricInfo* info = scenario::find_metric(metric.id);
  const bool higher = info != nullptr && info->better == scenario::MetricInfo::Better::higher;
  return higher ? figure.low : figure.high;
}

/// The textbooks of one strategy.
struct Moves {
  Textbook stated;
  std::vector<Textbook> draws;
  /// By input, alone at either end; empty where the scenario is none with it.
  std::vector<std::pair<std::optional<Textbook>, std::optional<Textbook>>> ends;
};

bool differs(double a, double b) { return a != b && !(std::abs(a - b) <= 1e-12 * std::abs(b)); }

void add_swings(const Follower& follower, const Moves& moves,
                const std::vector<scenario::UncertainInput>& inputs, Metric& metric) {
  const double figure = telling_end(figure_of(metric.estimate), metric);
  for (std::size_t i = 0; i < moves.ends.size(); ++i) {
    const auto& [low, high] = moves.ends[i];
    Swing swing;
    swing.input = inputs[i].path;
    swing.low = scenario::input_text(inputs[i], scenario::input_quantile(inputs[i], low_end));
    swing.high = scenario::input_text(inputs[i], scenario::input_quantile(inputs[i], high_end));
    swing.at_low = low ? follower.moved(figure, *low).value_or(figure) : figure;
    swing.at_high = high ? follower.moved(figure, *high).value_or(figure) : figure;
    if (differs(swing.at_low, figure) || differs(swing.at_high, figure)) {
      metric.swings.push_back(std::move(swing));
    }
  }
  std::ranges::stable_sort(metric.swings, std::greater{}, [](const Swing& swing) {
    const double width = std::abs(swing.at_high - swing.at_low);
    if (std::isnan(width)) return infinite;  // both ends are infinite
    return width;
  });
}

/// Inputs that the simulation may feel and the counterpart does not.
std::string held_still(const Metric& metric, std::size_t strategy,
                       const std::vector<scenario::UncertainInput>& inputs) {
  std::string names;
  const std::string own = fmt::format("/strategies/{}/", strategy);
  for (const scenario::UncertainInput& input : inputs) {
    const bool of_another = input.path.starts_with("/strategies/") && !input.path.starts_with(own);
    const bool moves = std::ranges::any_of(
        metric.swings, [&](const Swing& swing) { return swing.input == input.path; });
    if (moves || of_another || !input.price.empty()) continue;
    names += (names.empty() ? "" : ", ") + input.path;
  }
  return names;
}

void add_range(std::size_t strategy, const Moves& moves,
               const std::vector<scenario::UncertainInput>& inputs, Metric& metric) {
  const auto follower = Follower::of(metric, moves.stated);
  if (!follower) {
    metric.range_model =
        "none: no chain or arithmetic to follow, or its figure is 0 or without end";
    return;
  }
  metric.estimate.input_range = range_of(*follower, figure_of(metric.estimate), moves.draws);
  add_swings(*follower, moves, inputs, metric);
  metric.range_model = follower->words();
  if (computed(metric.estimate) || moves.ends.empty()) return;
  if (const std::string still = held_still(metric, strategy, inputs); !still.empty()) {
    metric.range_model += "; not moved by " + still;
  }
}

/// One reading of the scenario for all strategies: the textbook of each, or nothing.
class Readings {
 public:
  Readings(const Scenario& scenario, const std::vector<StrategyResult>& strategies)
      : scenario_(scenario) {
    for (const StrategyResult& strategy : strategies) {
      const auto found =
          std::ranges::find(scenario.strategies, strategy.name, &scenario::Strategy::name);
      places_.push_back(static_cast<std::size_t>(found - scenario.strategies.begin()));
    }
  }

  /// Place of a strategy of the results in the scenario.
  std::size_t place(std::size_t strategy) const { return places_[strategy]; }

  std::optional<std::vector<Textbook>> with(const scenario::InputValues& values) const {
    const auto drawn = scenario::with_inputs(scenario_, values);
    if (!drawn) return std::nullopt;
    std::vector<Textbook> textbooks;
    for (const std::size_t place : places_) {
      textbooks.push_back(textbook_of(drawn.value(), drawn.value().strategies[place]));
    }
    return textbooks;
  }

 private:
  const Scenario& scenario_;
  std::vector<std::size_t> places_;
};

/// For all inputs or none.
void add_ends(const Readings& readings, const std::vector<scenario::UncertainInput>& inputs,
              const std::function<bool()>& over, std::vector<Moves>& moves) {
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (over && over()) {
      for (Moves& of_strategy : moves) of_strategy.ends.clear();
      return;
    }
    scenario::InputValues values(inputs.size());
    values[i] = scenario::input_quantile(inputs[i], low_end);
    const auto low = readings.with(values);
    values[i] = scenario::input_quantile(inputs[i], high_end);
    const auto high = readings.with(values);
    for (std::size_t s = 0; s < moves.size(); ++s) {
      moves[s].ends.emplace_back(low ? std::optional((*low)[s]) : std::nullopt,
                                 high ? std::optional((*high)[s]) : std::nullopt);
    }
  }
}

}  // namespace

void add_input_ranges(const Scenario& scenario, std::uint64_t seed, std::size_t draws,
                      Results& results, const std::function<bool()>& over) {
  if (scenario.uncertain.empty() || scenario.origin == nullptr || draws == 0) return;
  const std::vector<scenario::UncertainInput>& inputs = scenario.uncertain;
  results.uncertain = {inputs, draws, 0};
  const Readings readings(scenario, results.strategies);
  const auto stated = readings.with(scenario::InputValues(inputs.size()));
  if (!stated) return;
  std::vector<Moves> moves;
  for (const Textbook& textbook : *stated) moves.push_back({textbook, {}, {}});
  std::size_t drawn_so_far = 0;
  for (const scenario::InputValues& values : scenario::draw_inputs(inputs, draws, seed)) {
    if (over && over()) break;
    ++drawn_so_far;
    const auto drawn = readings.with(values);
    if (!drawn) {
      ++results.uncertain.refused;
      continue;
    }
    for (std::size_t s = 0; s < moves.size(); ++s) moves[s].draws.push_back((*drawn)[s]);
  }
  results.uncertain.draws = drawn_so_far;
  if (drawn_so_far == 0) {  // every figure is without a range, and says why
    for (StrategyResult& strategy : results.strategies) {
      for (Metric& metric : strategy.metrics) metric.range_model = no_time_for_ranges;
    }
  }
  if (results.uncertain.refused == drawn_so_far) return;
  add_ends(readings, inputs, over, moves);
  for (std::size_t s = 0; s < moves.size(); ++s) {
    for (Metric& metric : results.strategies[s].metrics) {
      add_range(readings.place(s), moves[s], inputs, metric);
    }
  }
}

}  // namespace models::fleet
