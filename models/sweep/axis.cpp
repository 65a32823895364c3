#include "models/sweep/axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>

#include "models/scenario/quantity_text.h"

namespace models::sweep {

namespace {

using scenario::QuantityKind;

constexpr std::string_view example =
    "such as hardware.disk.capacity='8 TB:24 TB:5', path=1:1000:4:log or path=2,3,4";

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

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

std::optional<double> plain_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

/// The ends of a range in one unit.
struct Ends {
  double low{};
  double high{};
  std::string unit;  ///< " TB", or "" for plain numbers
  std::string fault;
};

std::string unit_of(std::string_view text) {
  const std::size_t digits = text.find_first_not_of("+-0123456789.eE");
  return digits == std::string_view::npos ? "" : std::string{trimmed(text.substr(digits))};
}

Ends ends_of(std::string_view from, std::string_view to) {
  const auto low = plain_number(from);
  const auto high = plain_number(to);
  if (low && high) return {*low, *high, "", ""};
  constexpr std::array kinds{QuantityKind::bytes, QuantityKind::byte_rate, QuantityKind::time,
                             QuantityKind::rate, QuantityKind::fraction};
  for (const QuantityKind kind : kinds) {
    const auto first = scenario::parse_quantity(kind, from);
    const auto last = scenario::parse_quantity(kind, to);
    if (!first || !last) continue;
    const std::string unit = unit_of(from);
    const double size = scenario::parse_quantity(kind, "1 " + unit).value;
    return {first.value / size, last.value / size, " " + unit, ""};
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
