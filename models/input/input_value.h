#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace models::scenario {

/// A plain value that a scenario has, apart from its unit; or why there is none to search over, and
/// what would be right (then `fault` is not empty).
struct InputValue {
  double number{};
  std::string unit;  ///< "min"; empty for a plain number
  bool whole{};      ///< a plain whole number
  std::string fault;
};

/// What stands at `path` ("a.b.0.c" or a JSON pointer) of a scenario's text after the overrides.
InputValue input_value(std::string_view text, const std::string& file,
                       const std::vector<std::string>& overrides, std::string_view path);

/// "15 min" apart. A text that is no number, with or without a unit, is a fault.
InputValue split_quantity(std::string_view text);

}  // namespace models::scenario
