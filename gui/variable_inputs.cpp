#include "gui/variable_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "gui/editor_rows.h"
#include "models/scenario/quantity_text.h"

namespace gui {
namespace {

using models::scenario::UncertainInput;

/// Where the unit of "16 TB" begins; npos if there is no number.
std::size_t unit_of(const std::string& text) {
  const std::size_t end = text.find_first_not_of("0123456789.+-eE");
  return end == 0 ? std::string::npos : std::min(end, text.size());
}

enum class Towards { zero, infinity, nearest };

/// Three digits are enough for what is tried; the unit stays.
std::string rounded(const std::string& text, Towards towards = Towards::nearest) {
  const std::size_t unit = unit_of(text);
  const double value = std::stod(text.substr(0, unit));
  if (value == 0) return text;
  constexpr int digits = 3;
  const double step = std::pow(10.0, std::floor(std::log10(std::abs(value))) - digits + 1);
  const double steps = value / step;
  const double whole = towards == Towards::zero       ? std::floor(steps)
                       : towards == Towards::infinity ? std::ceil(steps)
                                                      : std::round(steps);
  // Shortest decimals: 3 * 0.1 is 0.30000000000000004.
  const double kept = std::stod(fmt::format("{:.6g}", whole * step));
  return fmt::format("{}", kept) + text.substr(unit);
}

/// "32 TB" for twice "16 TB"; whole numbers stay whole, shares within 100 %.
std::string times(const std::string& text, double factor) {
  const std::size_t unit = unit_of(text);
  const std::string number = text.substr(0, unit);
  double value = std::stod(number) * factor;
  const bool whole = number.find_first_of(".eE") == std::string::npos && unit == text.size();
  if (whole) value = std::max(1.0, std::round(value));
  constexpr double all = 100;
  if (text.ends_with(" %")) value = std::min(value, all);
  return rounded(models::scenario::print_number(value) + text.substr(unit));
}

bool variable(const EditorRow& row) {
  if (row.pointer == "/version" || !row.given || !row.editable || row.allowed.empty() ||
      row.value.empty())
    return false;
  const bool digit = row.value.front() >= '0' && row.value.front() <= '9';
  return digit && unit_of(row.value) != std::string::npos;
}

void collect(const std::vector<EditorRow>& rows, std::vector<VariableInput>& inputs) {
  for (const EditorRow& row : rows) {
    if (variable(row)) {
      const VariableInput input{row.pointer, row.value, times(row.value, 0.5), times(row.value, 2),
                                false};
      if (input.low != input.high) inputs.push_back(input);
    }
    collect(row.rows, inputs);
  }
}

/// Rounded inwards: the scenario takes no value beyond its limits.
void take_limits(const UncertainInput& doubt, VariableInput& input) {
  input.uncertain = true;
  if (doubt.kind != UncertainInput::Kind::range || !doubt.price.empty()) return;
  input.low = rounded(models::scenario::print_quantity(doubt.unit, doubt.low), Towards::infinity);
  input.high = rounded(models::scenario::print_quantity(doubt.unit, doubt.high), Towards::zero);
}

}  // namespace

std::vector<VariableInput> variable_inputs(const std::string& text, const Reading& reading) {
  std::vector<VariableInput> inputs;
  collect(editor_rows(text), inputs);
  if (!reading.scenario) return inputs;
  for (const UncertainInput& doubt : reading.scenario->uncertain) {
    const auto known = std::ranges::find(inputs, doubt.path, &VariableInput::path);
    if (known != inputs.end()) {
      take_limits(doubt, *known);
    } else if (!doubt.path.empty() && doubt.price.empty()) {
      const std::string stated = rounded(models::scenario::print_quantity(doubt.unit, doubt.value));
      inputs.push_back({doubt.path, stated, times(stated, 0.5), times(stated, 2), true});
      take_limits(doubt, inputs.back());
    }
  }
  std::ranges::stable_partition(inputs, &VariableInput::uncertain);
  return inputs;
}

std::string shell_word(const std::string& word) {
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return quoted + "'";
}

}  // namespace gui
