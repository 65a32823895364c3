#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace sim {

/// A closed interval; for a one-sided bound the other end is the end of the quantity's range.
struct Interval {
  double low{};
  double high{};
  bool contains(double x) const { return low <= x && x <= high; }
  bool operator==(const Interval&) const = default;
};

/// How a figure was made. The order is the order of `--method`.
enum class Method { analytic, direct, compensator, exposure, splitting, arithmetic };

/// "analytic", "direct", ...: the words used by --method and in result documents.
std::string to_string(Method method);

/// A figure that is never naked: value, 95 % sampling interval, how and under which model.
/// `value` is empty where only a bound is known (no loss seen): then ci95 is that bound.
/// ci95 covers sampling error alone; `input_range` carries the stated uncertainty of the inputs.
struct Estimate {
  std::optional<double> value;
  Interval ci95;
  std::optional<Interval> input_range;
  Method method{Method::direct};
  std::string model;
  bool converged{true};
  std::uint64_t replicates{};
  /// What `replicates` counts: independent missions, or what was observed within them.
  std::string counted{"missions"};
  /// Why it is not converged, or what to know when reading it; empty if nothing.
  std::string note;

  /// A figure that carries no sampling error: closed form, chain, arithmetic on inputs.
  static Estimate exact(double value, Method method, std::string model);
};

}  // namespace sim
