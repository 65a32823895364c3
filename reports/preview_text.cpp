#include "reports/preview_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "reports/words/display_width.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

struct Column {
  std::string_view metric;
  std::string_view title;
  Form form;
  std::size_t width;
};

// With the name they make 79 columns: in the 80th, some terminals go to the next line.
constexpr std::size_t name_width = 25;
constexpr std::array<Column, 4> columns{
    {{"durability_nines", "nines", Form::nines, 8},
     {"annual_loss_probability", "loss, chance/year", Form::probability, 19},
     {"rebuild_hours_per_tb.arithmetic", "rebuild h/TB", Form::hours, 14},
     {"cost_per_usable_tb_year", "cost/TB-year", Form::money, 13}}};

std::string row(const models::fleet::StrategyResult& strategy) {
  std::string line = pad_right(strategy.name, name_width);
  for (const Column& column : columns) {
    const models::fleet::Metric* metric = strategy.find(column.metric);
    const bool known = metric != nullptr && metric->estimate.value;
    line += pad_left(known ? value_text(*metric->estimate.value, column.form) : "-", column.width);
  }
  return line + "\n";
}

}  // namespace

std::string preview_text(const models::fleet::Results& textbook, std::size_t most) {
  std::string text = pad_right("By the textbook:", name_width);
  for (const Column& column : columns) text += pad_left(column.title, column.width);
  text += "\n";
  const auto& strategies = textbook.strategies;
  const std::size_t shown = strategies.size() <= most ? strategies.size() : most - 1;
  for (std::size_t i = 0; i < shown; ++i) text += row(strategies[i]);
  if (shown < strategies.size()) {
    text += fmt::format("and {} more\n", strategies.size() - shown);
  }
  return text;
}

}  // namespace reports
