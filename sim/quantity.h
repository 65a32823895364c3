#pragma once

#include <compare>

namespace sim {

/// A number with a unit that the compiler checks: Seconds + PerSecond does not compile.
/// Units are crossed only by the named conversions below and in models/units.h.
template <class Tag>
struct Quantity {
  double value{};

  constexpr auto operator<=>(const Quantity&) const = default;
  constexpr Quantity& operator+=(Quantity other) {
    value += other.value;
    return *this;
  }
  constexpr Quantity& operator-=(Quantity other) {
    value -= other.value;
    return *this;
  }
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return {a.value + b.value}; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return {a.value - b.value}; }
  friend constexpr Quantity operator*(Quantity a, double factor) { return {a.value * factor}; }
  friend constexpr Quantity operator*(double factor, Quantity a) { return {a.value * factor}; }
  friend constexpr Quantity operator/(Quantity a, double divisor) { return {a.value / divisor}; }
  /// Ratio of two like quantities: a plain number.
  friend constexpr double operator/(Quantity a, Quantity b) { return a.value / b.value; }
};

using Seconds = Quantity<struct SecondsTag>;
using PerSecond = Quantity<struct PerSecondTag>;
using PerYear = Quantity<struct PerYearTag>;

inline constexpr Seconds minute{60.0};
inline constexpr Seconds hour{3600.0};
inline constexpr Seconds day{86400.0};
/// 365.25 days, the one year of the project; a published case that uses another carries its own.
inline constexpr Seconds year{365.25 * 86400.0};

constexpr Seconds years(double count) { return count * year; }
constexpr Seconds days(double count) { return count * day; }
constexpr Seconds hours(double count) { return count * hour; }
constexpr Seconds minutes(double count) { return count * minute; }
constexpr double in_years(Seconds t) { return t / year; }
constexpr double in_days(Seconds t) { return t / day; }
constexpr double in_hours(Seconds t) { return t / hour; }

constexpr PerSecond per_second(PerYear rate) { return {rate.value / year.value}; }
constexpr PerYear per_year(PerSecond rate) { return {rate.value * year.value}; }
/// Expected count of events of `rate` within `t`.
constexpr double operator*(PerSecond rate, Seconds t) { return rate.value * t.value; }
constexpr double operator*(Seconds t, PerSecond rate) { return rate.value * t.value; }

}  // namespace sim
