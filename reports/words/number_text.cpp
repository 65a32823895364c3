#include "reports/words/number_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

namespace reports {
namespace {

enum class Round { nearest, down, up };

struct Unit {
  double size;
  std::string_view name;
};

/// `value` rounded to `digits` significant ones; a value that is there already stays.
double rounded(double value, int digits, Round round) {
  if (round == Round::nearest || value == 0 || !std::isfinite(value)) return value;
  // A value within 1e-12 of a rounded one is that one: 0.3 must not become 0.299.
  constexpr double slack = 1e-12;
  const double exponent = digits - 1 - std::floor(std::log10(std::abs(value)));
  const double scale = std::pow(10.0, exponent);
  if (!std::isfinite(scale) || scale == 0) return value;
  const double scaled = value * scale;
  return (round == Round::down ? std::floor(scaled + std::abs(scaled) * slack)
                               : std::ceil(scaled - std::abs(scaled) * slack)) /
         scale;
}

/// Significant digits with trailing zeros, scientific below 0.001 and from a million on.
std::string significant(double value, int digits, Round round = Round::nearest) {
  const double shown = rounded(value, digits, round);
  if (shown == 0) return "0";
  std::string scientific = fmt::format("{:.{}e}", shown, digits - 1);
  // The exponent after rounding: 9.996 is 10.0.
  const int exponent = std::stoi(scientific.substr(scientific.find('e') + 1));
  if (exponent < -3 || exponent >= 6) return scientific;
  return fmt::format("{:.{}f}", shown, std::max(0, digits - 1 - exponent));
}

std::string fixed(double value, int decimals, Round round) {
  const double scale = std::pow(10.0, decimals);
  if (round == Round::down) value = std::floor(value * scale + 1e-9) / scale;
  if (round == Round::up) value = std::ceil(value * scale - 1e-9) / scale;
  return fmt::format("{:.{}f}", value, decimals);
}

constexpr double seconds_per_year = 365.25 * 86400;  // methods.md section 1

/// The unit in which a value of `form` is written; without a name where the form has none.
Unit unit_of(double value, Form form) {
  static constexpr std::array<Unit, 7> bytes{
      {{1e18, "EB"}, {1e15, "PB"}, {1e12, "TB"}, {1e9, "GB"}, {1e6, "MB"}, {1e3, "kB"}, {1, "B"}}};
  if (form != Form::bytes) return {1, {}};
  const auto* unit = std::ranges::find_if(bytes, [&](const Unit& u) { return value >= u.size; });
  return unit == bytes.end() ? bytes.back() : *unit;
}

Unit time_unit_of(double seconds) {
  // From two of a unit on, but for the small ones: "90 s", "120 min", "36 h".
  struct Step {
    double from;
    Unit unit;
  };
  static constexpr std::array<Step, 7> steps{{{172800, {86400, "days"}},
                                              {7200, {3600, "h"}},
                                              {120, {60, "min"}},
                                              {1, {1, "s"}},
                                              {1e-3, {1e-3, "ms"}},
                                              {1e-6, {1e-6, "µs"}},
                                              {0, {1, "s"}}}};
  return std::ranges::find_if(steps, [&](const Step& step) { return seconds >= step.from; })->unit;
}

std::string time_text(double seconds, int digits, Round round) {
  const Unit unit = time_unit_of(seconds);
  const int shown = seconds < 1e-6 ? std::min(digits, 2) : digits;
  return significant(seconds / unit.size, shown, round) + " " + std::string{unit.name};
}

std::string bytes_text(double value, int digits, Round round) {
  const Unit unit = unit_of(value, Form::bytes);
  return significant(value / unit.size, digits, round) + " " + std::string{unit.name};
}

std::string text_of(double value, Form form, int digits, Round round) {
  if (std::isnan(value)) return "not known";
  if (std::isinf(value)) return "unlimited";
  switch (form) {
    case Form::nines:
      return fixed(value, digits - 1, round);
    case Form::year_share:
      return time_text(value * seconds_per_year, digits, round) + "/year";
    case Form::share:
      return significant(value * 100, digits, round) + " %";
    case Form::bytes:
      return bytes_text(value, digits, round);
    case Form::factor:
      return fixed(value, 2, round) + "x";
    case Form::money:
      return fixed(value, 2, round);
    case Form::probability:
    case Form::hours:
    case Form::number:
      return significant(value, digits, round);
  }
  return {};
}

bool is_exact(const sim::Estimate& estimate) {
  return estimate.ci95.low == *estimate.value && estimate.ci95.high == *estimate.value;
}

std::string percent(double share) {
  const double value = share * 100;
  // From 9.5 on one digit would be written as 1e+01.
  return value >= 9.5 ? fmt::format("{:.0f} %", value) : fmt::format("{:.1g} %", value);
}

/// "[1.2, 3.4 GB]": both ends in the unit of the upper one, which is said once.
std::string pair_text(const sim::Interval& ends, Form form) {
  const std::string high = text_of(ends.high, form, 2, Round::up);
  const std::size_t space = high.find(' ');
  if (space == std::string::npos || !std::isfinite(ends.high)) {
    return "[" + text_of(ends.low, form, 2, Round::down) + ", " + high + "]";
  }
  double size = 1;
  if (form == Form::year_share) {
    size = time_unit_of(ends.high * seconds_per_year).size / seconds_per_year;
  }
  if (form == Form::bytes) size = unit_of(ends.high, form).size;
  if (form == Form::share) size = 0.01;
  // A thousandth of the upper end is told apart from nothing by its digits alone.
  const bool nothing = ends.low < ends.high / 1000;
  return "[" + (nothing ? "0" : significant(ends.low / size, 2, Round::down)) + ", " + high + "]";
}

std::string interval_text(const sim::Estimate& estimate, Form form) {
  const double value = *estimate.value;
  const double below = value - estimate.ci95.low;
  const double above = estimate.ci95.high - value;
  const double half = (above + below) / 2;
  // A tenth of the width is less than the digits shown could tell apart.
  const bool even = std::abs(above - below) <= 0.1 * (above + below);
  if (form == Form::nines && even) return fmt::format("±{:.2g}", half);
  // Hours and bytes stand in narrow columns: one figure, the wider side. Hours beyond their own
  // size are told by both ends: "±500 %" of a time says nothing.
  const bool narrow = form == Form::hours || form == Form::bytes;
  const double side = narrow ? std::max(above, below) : half;
  const double widest = form == Form::hours ? 1 : 10;
  if ((even || narrow) && value != 0 && side < widest * std::abs(value)) {
    return "±" + percent(side / std::abs(value));
  }
  return pair_text(estimate.ci95, form);
}

EstimateText bound_text(const sim::Estimate& estimate, Form form) {
  const sim::Interval& bound = estimate.ci95;
  const int digits = form == Form::nines ? 3 : 2;
  // Upper bounds of losses and unavailability; nines and times to loss are bounded from below.
  if (std::isfinite(bound.high) && bound.high > 0 && bound.low <= 0) {
    return {.figure = "<= " + text_of(bound.high, form, digits, Round::up),
            .certainty = "95 % bound"};
  }
  if (std::isfinite(bound.low) && bound.low > 0 && !std::isfinite(bound.high)) {
    return {.figure = ">= " + text_of(bound.low, form, digits, Round::down),
            .certainty = "95 % bound"};
  }
  if (std::isfinite(bound.low) && std::isfinite(bound.high) && bound.low < bound.high) {
    return {.figure = text_of(bound.low, form, 2, Round::down) + " to " +
                      text_of(bound.high, form, 2, Round::up),
            .certainty = "95 % interval"};
  }
  return {.figure = "not known", .certainty = ""};
}

/// As many digits as the interval carries: three, or two when it is wider than 10 %.
int digits_for(const sim::Estimate& estimate, Form form) {
  const double half = (estimate.ci95.high - estimate.ci95.low) / 2;
  if (form == Form::nines) return half > 0.05 ? 2 : 3;
  return half > 0.1 * std::abs(*estimate.value) ? 2 : 3;
}

}  // namespace

std::string on_one_line(const EstimateText& text) {
  return text.certainty.empty() ? text.figure : text.figure + " (" + text.certainty + ")";
}

std::string value_text(double value, Form form) { return text_of(value, form, 3, Round::nearest); }

EstimateText estimate_text(const sim::Estimate& estimate, Form form) {
  EstimateText text;
  if (!estimate.value || !std::isfinite(*estimate.value)) {
    text = bound_text(estimate, form);
    if (estimate.value && std::isinf(*estimate.value)) text.figure = "unlimited";
  } else {
    text.figure = text_of(*estimate.value, form, digits_for(estimate, form), Round::nearest);
    if (!is_exact(estimate)) text.certainty = interval_text(estimate, form);
  }
  if (!estimate.converged && estimate.value) text.figure += " ?";
  return text;
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string duration_text(double seconds) {
  if (!std::isfinite(seconds)) return "unlimited";
  if (seconds < 10) return fmt::format("{:.1f} s", seconds);
  return time_text(seconds, 2, Round::nearest);
}

std::string exact_text(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : "";
}

}  // namespace reports
