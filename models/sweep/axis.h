#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace models::sweep {

/// Most values of one axis, and most points of a grid.
inline constexpr std::size_t max_points = 100'000;

/// One input that varies: a path as `--set` has it, and its values as a scenario would write them.
struct Axis {
  std::string path;
  std::vector<std::string> values;
};

/// An axis, or what is wrong with its words and what would be right (then `fault` is not empty).
struct ParsedAxis {
  Axis axis;
  std::string fault;
};

/// "path=a:b:n" has n values evenly spaced from a to b, "path=a:b:n:log" evenly in the logarithm,
/// "path=v1,v2,v3" those listed; commas and colons within quotes or brackets belong to a value. The
/// ends of a range are plain numbers or quantities of one kind; the values get the unit of a and at
/// most twelve digits.
ParsedAxis parse_axis(std::string_view words);

}  // namespace models::sweep
