#include "models/sweep/axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

#include "models/input/input_value.h"
#include "models/scenario/quantity_text.h"
#include "models/scenario/trimmed.h"

namespace models::sweep {

namespace {

using scenario::QuantityKind;
using scenario::trimmed;

constexpr std::string_view example =
    "such as hardware.disk.capacity='8 TB:24 TB:5', path=1:1000:4:log or path=2,3,4";

/// Parts between `mark`s that stand outside of quotes and brackets.
std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  int depth = 0;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && quoted) {
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == '{' || c == '[')) {
      ++depth;
    } else if (!quoted && (c == '}' || c == ']')) {
      --depth;
    } else if (!quoted && depth == 0 && c == mark) {
      parts.push_back(trimmed(text.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  parts.push_back(trimmed(text.substr(begin)));
  return parts;
}

/// The ends of a range in one unit.
struct Ends {
  double low{};
  double high{};
  std::string unit;  ///< " TB", or "" for plain numbers
  std::string fault;
};

Ends ends_of(std::string_view from, std::string_view to) {
  const scenario::InputValue low = scenario::split_quantity(from);
  const scenario::InputValue high = scenario::split_quantity(to);
  const auto plain = [](const scenario::InputValue& end) {
    return end.fault.empty() && end.unit.empty();
  };
  if (plain(low) && plain(high)) return {low.number, high.number, "", ""};
  constexpr std::array kinds{QuantityKind::bytes, QuantityKind::byte_rate, QuantityKind::time,
                             QuantityKind::rate, QuantityKind::fraction};
  for (const QuantityKind kind : kinds) {
    const auto first = scenario::parse_quantity(kind, from);
    const auto last = scenario::parse_quantity(kind, to);
    if (!first || !last) continue;
    const double size = scenario::parse_quantity(kind, "1 " + low.unit).value;
    return {first.value / size, last.value / size, " " + low.unit, ""};
  }
  return {0, 0, "",
          fmt::format("'{}' and '{}' are not two numbers or two quantities of one kind with their "
                      "units, {}",
                      from, to, example)};
}

enum class Spacing { linear, logarithmic };

std::string fill(const Ends& ends, std::size_t n, Spacing spacing, Axis& axis) {
  if (spacing == Spacing::logarithmic && !(ends.low > 0 && ends.high > 0)) {
    return "both ends must be above 0 for logarithmic spacing";
  }
  for (std::size_t i = 0; i < n; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(n - 1);
    const double value = spacing == Spacing::linear
                             ? ends.low + share * (ends.high - ends.low)
                             : ends.low * std::pow(ends.high / ends.low, share);
    axis.values.push_back(fmt::format("{:.12g}{}", value, ends.unit));
  }
  return {};
}

std::string read_range(const std::vector<std::string_view>& parts, Axis& axis) {
  const bool logarithmic = parts.size() == 4 && parts[3] == "log";
  if (parts.size() > 4 || (parts.size() == 4 && !logarithmic)) {
    return fmt::format("a range is from:to:number or from:to:number:log, {}", example);
  }
  std::size_t n = 0;
  const char* end = parts[2].data() + parts[2].size();
  const auto [rest, error] = std::from_chars(parts[2].data(), end, n);
  if (error != std::errc{} || rest != end || n < 2 || n > max_points) {
    return fmt::format("the number of values must be a whole number from 2 to {}, got '{}'",
                       max_points, parts[2]);
  }
  const Ends ends = ends_of(parts[0], parts[1]);
  if (!ends.fault.empty()) return ends.fault;
  return fill(ends, n, logarithmic ? Spacing::logarithmic : Spacing::linear, axis);
}

std::string read_list(std::string_view text, Axis& axis) {
  for (const std::string_view part : split(text, ',')) {
    if (part.empty()) return fmt::format("a value is empty; give values, {}", example);
    axis.values.emplace_back(part);
  }
  if (axis.values.size() <= max_points) return {};
  return fmt::format("must have at most {} values, got {}", max_points, axis.values.size());
}

}  // namespace

ParsedAxis parse_axis(std::string_view words) {
  const std::size_t equals = words.find('=');
  if (equals == std::string_view::npos || equals == 0 || equals + 1 == words.size()) {
    return {{}, fmt::format("must be path=values, {}; got '{}'", example, words)};
  }
  ParsedAxis parsed;
  parsed.axis.path = words.substr(0, equals);
  const std::string_view values = words.substr(equals + 1);
  const auto parts = split(values, ':');
  parsed.fault =
      parts.size() >= 3 ? read_range(parts, parsed.axis) : read_list(values, parsed.axis);
  if (!parsed.fault.empty()) parsed.fault = parsed.axis.path + ": " + parsed.fault;
  return parsed;
}

}  // namespace models::sweep
