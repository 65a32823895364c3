#include "reports/doubt_table.h"

#include <fmt/format.h>

#include <array>
#include <string>

#include "models/input/draw_inputs.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

using models::fleet::Metric;
using models::fleet::Results;
using models::fleet::StrategyResult;
using models::scenario::UncertainInput;

struct Doubted {
  std::string_view metric;
  std::string_view title;
  Form form{};
};
constexpr std::array<Doubted, 4> doubted{
    {{"durability_nines", "nines", Form::nines},
     {"annual_loss_probability", "any loss", Form::probability},
     {"data_unavailability", "out of reach", Form::year_share},
     {"cost_per_usable_tb_year", "cost/TB yr", Form::money}}};

std::string input_line(const UncertainInput& input) {
  const auto text = [&](double value) { return models::scenario::input_text(input, value); };
  if (input.kind == UncertainInput::Kind::gamma) {
    return fmt::format("{}: {} ({:.0f} failures in {:.4g} drive-days)", input.path,
                       text(input.value), input.failures, sim::in_days(input.exposure));
  }
  return fmt::format("{}: {}, from {} to {}", input.path, text(input.value), text(input.low),
                     text(input.high));
}

/// "nines 8.12 to 9.40".
std::string figure(const Doubted& column, const Metric& metric) {
  const sim::Interval& range = *metric.estimate.input_range;
  const std::string low = value_text(range.low, column.form);
  const std::string high = value_text(range.high, column.form);
  if (low == high) return fmt::format("{} {}", column.title, low);
  return fmt::format("{} {} to {}", column.title, low, high);
}

std::string figures(const StrategyResult& strategy) {
  std::string line;
  for (const Doubted& column : doubted) {
    const Metric* metric = strategy.find(column.metric);
    if (metric == nullptr || !metric->estimate.input_range) continue;
    line += (line.empty() ? "" : "; ") + figure(column, *metric);
  }
  return line.empty() ? "no figure that follows the inputs" : line;
}

}  // namespace

void doubt_table(Page& page, const Results& results) {
  const models::fleet::UncertainInputs& uncertain = results.uncertain;
  if (uncertain.inputs.empty()) return;
  page.heading("Doubt about the inputs");
  for (const UncertainInput& input : uncertain.inputs) page.item("  - ", input_line(input));
  for (const StrategyResult& strategy : results.strategies) {
    page.paragraph(strategy.name, Tone::strong);
    page.item("  - ", figures(strategy));
  }
  page.paragraph(
      "From 2.5 % to 97.5 % of " + grouped(uncertain.draws) +
          " draws of these inputs. Simulated figures are moved as the textbook chain moves, or the "
          "arithmetic of rebuilds; --json names for each figure the inputs that move it.",
      Tone::faint);
  if (uncertain.refused > 0) {
    page.paragraph(fmt::format("{} draws gave no scenario that can be built, and are left out.",
                               grouped(uncertain.refused)),
                   Tone::doubtful);
  }
}

}  // namespace reports
