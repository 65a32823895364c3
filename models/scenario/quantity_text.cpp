#include "models/scenario/quantity_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>
#include <span>
#include <system_error>
#include <utility>

#include "models/scenario/nearest_name.h"
#include "sim/quantity.h"

namespace models::scenario {
namespace {

// Value in base units = number * multiply / divide: dividing keeps "0.4 %" the double next to
// 0.004.
struct Unit {
  std::string_view name;
  double multiply{1};
  double divide{1};
  bool printed{true};  // false: another unit of the same size is printed instead
};

// SI prefixes (ISO 80000-1) and binary prefixes (IEC 80000-13).
constexpr double kib = 1024.0;
constexpr double mib = kib * kib;
constexpr double gib = mib * kib;
constexpr double tib = gib * kib;
constexpr double pib = tib * kib;
constexpr double eib = pib * kib;
constexpr double year = sim::year.value;
constexpr double week = 7 * sim::day.value;

constexpr std::array<Unit, 13> byte_units{{{"B"},
                                           {"kB", 1e3},
                                           {"MB", 1e6},
                                           {"GB", 1e9},
                                           {"TB", 1e12},
                                           {"PB", 1e15},
                                           {"EB", 1e18},
                                           {"KiB", kib},
                                           {"MiB", mib},
                                           {"GiB", gib},
                                           {"TiB", tib},
                                           {"PiB", pib},
                                           {"EiB", eib}}};
constexpr std::array<Unit, 14> byte_rate_units{{{"B/s"},
                                                {"kB/s", 1e3},
                                                {"MB/s", 1e6},
                                                {"GB/s", 1e9},
                                                {"TB/s", 1e12},
                                                {"KiB/s", kib},
                                                {"MiB/s", mib},
                                                {"GiB/s", gib},
                                                {"TiB/s", tib},
                                                {"bit/s", 1, 8, false},
                                                {"kbit/s", 1e3, 8, false},
                                                {"Mbit/s", 1e6, 8, false},
                                                {"Gbit/s", 1e9, 8, false},
                                                {"Tbit/s", 1e12, 8, false}}};
constexpr std::array<Unit, 12> time_units{{{"s"},
                                           {"ms", 1, 1e3, false},
                                           {"min", 60},
                                           {"h", 3600},
                                           {"hour", 3600, 1, false},
                                           {"hours", 3600, 1, false},
                                           {"day", 86400, 1, false},
                                           {"days", 86400},
                                           {"week", week, 1, false},
                                           {"weeks", week, 1, false},
                                           {"year", year, 1, false},
                                           {"years", year}}};
constexpr std::array<Unit, 14> rate_units{{{"/s"},
                                           {"/min", 1, 60, false},
                                           {"/h", 1, 3600},
                                           {"/hour", 1, 3600, false},
                                           {"/day", 1, 86400},
                                           {"/week", 1, week, false},
                                           {"/year", 1, year},
                                           {"%/s", 1, 100, false},
                                           {"%/min", 1, 6e3, false},
                                           {"%/h", 1, 3.6e5, false},
                                           {"%/hour", 1, 3.6e5, false},
                                           {"%/day", 1, 8.64e6, false},
                                           {"%/week", 1, 100 * week, false},
                                           {"%/year", 1, 100 * year}}};
constexpr std::array<Unit, 1> fraction_units{{{"%", 1, 100}}};

std::span<const Unit> units(QuantityKind kind) {
  switch (kind) {
    case QuantityKind::bytes:
      return byte_units;
    case QuantityKind::byte_rate:
      return byte_rate_units;
    case QuantityKind::time:
      return time_units;
    case QuantityKind::rate:
      return rate_units;
    case QuantityKind::fraction:
      return fraction_units;
  }
  return {};
}

// Units that people write and that have two readings, or none.
struct Ambiguous {
  QuantityKind kind;
  std::string_view unit;
  std::string_view remedy;
};
constexpr std::array<Ambiguous, 24> ambiguous{{
    {QuantityKind::bytes, "KB", "write kB (1000 bytes) or KiB (1024 bytes)"},
    {QuantityKind::bytes, "K", "write kB (1000 bytes) or KiB (1024 bytes)"},
    {QuantityKind::bytes, "k", "write kB (1000 bytes) or KiB (1024 bytes)"},
    {QuantityKind::bytes, "m", "write MB (10^6 bytes) or MiB (2^20 bytes)"},
    {QuantityKind::bytes, "M", "write MB (10^6 bytes) or MiB (2^20 bytes)"},
    {QuantityKind::bytes, "G", "write GB (10^9 bytes) or GiB (2^30 bytes)"},
    {QuantityKind::bytes, "T", "write TB (10^12 bytes) or TiB (2^40 bytes)"},
    {QuantityKind::bytes, "Mb", "write MB; an amount of bits has to be given in bytes"},
    {QuantityKind::bytes, "Gb", "write GB; an amount of bits has to be given in bytes"},
    {QuantityKind::bytes, "Tb", "write TB; an amount of bits has to be given in bytes"},
    {QuantityKind::byte_rate, "KB/s", "write kB/s (1000 bytes) or KiB/s (1024 bytes)"},
    {QuantityKind::byte_rate, "M/s", "write MB/s (10^6 bytes) or MiB/s (2^20 bytes)"},
    {QuantityKind::byte_rate, "Mb/s", "write Mbit/s for bits or MB/s for bytes"},
    {QuantityKind::byte_rate, "Gb/s", "write Gbit/s for bits or GB/s for bytes"},
    {QuantityKind::byte_rate, "Mbps", "write Mbit/s for bits or MB/s for bytes"},
    {QuantityKind::byte_rate, "Gbps", "write Gbit/s for bits or GB/s for bytes"},
    {QuantityKind::byte_rate, "MBps", "write MB/s"},
    {QuantityKind::time, "m", "write min for minutes; a month has no fixed length: write days"},
    {QuantityKind::time, "month", "a month has no fixed length: write days or years"},
    {QuantityKind::time, "months", "a month has no fixed length: write days or years"},
    {QuantityKind::rate, "/m", "write /min for minutes; a month has no fixed length: write /day"},
    {QuantityKind::rate, "/month", "a month has no fixed length: write /day or /year"},
    {QuantityKind::rate, "%/month", "a month has no fixed length: write %/day or %/year"},
    {QuantityKind::fraction, "%/year", "a share has no time: write %"},
}};

std::string wrong_unit(QuantityKind kind, std::string_view unit) {
  const auto* const found = std::ranges::find_if(ambiguous, [kind, unit](const Ambiguous& line) {
    return line.kind == kind && line.unit == unit;
  });
  if (found != ambiguous.end()) {
    return fmt::format("the unit '{}' is ambiguous: {}", unit, found->remedy);
  }
  if (unit.empty()) {
    return fmt::format("a unit is missing; write it as in \"{}\"", example_of(kind));
  }
  return fmt::format("there is no unit '{}' here; {}; an example is \"{}\"", unit,
                     name_advice(unit, units_of(kind)), example_of(kind));
}

// number * 10^shift, rounded once: a division would miss some doubles, so that not every share
// could be printed.
double shifted(std::string_view digits, int shift) {
  const std::size_t mark = std::min(digits.find_first_of("eE"), digits.size());
  int exponent = 0;
  if (mark < digits.size()) {
    std::string_view tail = digits.substr(mark + 1);
    if (tail.starts_with('+')) tail.remove_prefix(1);
    std::from_chars(tail.data(), tail.data() + tail.size(), exponent);
  }
  const std::string text = fmt::format("{}e{}", digits.substr(0, mark), exponent + shift);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string without_spaces(std::string_view text) {
  std::string result;
  std::ranges::copy_if(text, std::back_inserter(result), [](char c) { return c != ' '; });
  return result;
}

bool starts_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.front() >= '0' && text.front() <= '9';
}

// The digits of the share itself with the decimal point moved by two: always reads back.
std::string print_percent(double share) {
  std::array<char, 40> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), share, std::chars_format::scientific);
  const std::string digits(text.data(), end.ptr);
  const std::size_t mark = digits.find('e');
  int exponent = 0;
  const char* from = digits.data() + mark + (digits[mark + 1] == '+' ? 2 : 1);
  std::from_chars(from, digits.data() + digits.size(), exponent);
  return fmt::format("{}e{} %", digits.substr(0, mark), exponent + 2);
}

}  // namespace

ParsedQuantity parse_quantity(QuantityKind kind, std::string_view text) {
  const std::string_view whole = text;
  while (text.starts_with(' ')) text.remove_prefix(1);
  const auto refuse = [](std::string why) { return ParsedQuantity{0, std::move(why)}; };
  if (!starts_number(text)) {  // from_chars alone would take "inf" and "nan"
    return refuse(fmt::format("must be a number with a unit as in \"{}\", got \"{}\"",
                              example_of(kind), whole.substr(0, 80)));
  }
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return refuse("the number is too large or too small");
  const std::string unit =
      without_spaces(text.substr(static_cast<std::size_t>(end - text.data()), 80));
  if (unit.starts_with(',')) {
    return refuse("write the number with a decimal point and without thousands separators");
  }
  const auto known = units(kind);
  const auto found = std::ranges::find(known, unit, &Unit::name);
  if (found == known.end()) return refuse(wrong_unit(kind, unit));
  const std::string_view digits(text.data(), static_cast<std::size_t>(end - text.data()));
  const double value = kind == QuantityKind::fraction ? shifted(digits, -2)
                                                      : number * found->multiply / found->divide;
  if (!std::isfinite(value)) return refuse("the number is too large");
  return {value, {}};
}

std::string print_number(double value) {
  // Whole numbers as people write them, as far as they are easy to read; else the shortest text.
  constexpr double readable = 1e9;
  std::array<char, 40> text{};
  char* const last = text.data() + text.size();
  const bool plain = value == std::trunc(value) && std::abs(value) <= readable;
  const auto end = plain ? std::to_chars(text.data(), last, value, std::chars_format::fixed)
                         : std::to_chars(text.data(), last, value);
  return {text.data(), end.ptr};
}

std::string print_quantity(QuantityKind kind, double value) {
  std::string best;
  std::string_view best_unit;
  for (const Unit& unit : units(kind)) {
    if (!unit.printed) continue;
    // Rounding in the conversion can cost the last digit: the neighbours are tried too.
    const double middle = value * unit.divide / unit.multiply;
    const double infinite = std::numeric_limits<double>::infinity();
    for (const double number :
         {middle, std::nextafter(middle, -infinite), std::nextafter(middle, infinite)}) {
      if (!std::isfinite(number)) continue;
      std::string digits = print_number(number);
      const ParsedQuantity back = parse_quantity(kind, fmt::format("{} {}", digits, unit.name));
      if (!back || back.value != value) continue;
      if (!best.empty() && (digits.size() > best.size() || value == 0)) continue;
      best = std::move(digits);
      best_unit = unit.name;
    }
  }
  if (best.empty()) return print_percent(value);
  if (best == "1" && (best_unit == "days" || best_unit == "years")) best_unit.remove_suffix(1);
  return fmt::format("{} {}", best, best_unit);
}

std::string_view example_of(QuantityKind kind) {
  switch (kind) {
    case QuantityKind::bytes:
      return "16 TB";
    case QuantityKind::byte_rate:
      return "30 MB/s";
    case QuantityKind::time:
      return "24 h";
    case QuantityKind::rate:
      return "0.4 %/year";
    case QuantityKind::fraction:
      return "85 %";
  }
  return "";
}

std::vector<std::string_view> units_of(QuantityKind kind) {
  std::vector<std::string_view> names;
  names.reserve(units(kind).size());
  for (const Unit& unit : units(kind)) names.push_back(unit.name);
  return names;
}

}  // namespace models::scenario
