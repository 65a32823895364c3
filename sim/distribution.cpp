#include "sim/distribution.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/contract.h"
#include "sim/distribution_kind.h"

namespace sim {

double Distribution::Kind::gained(double age, double r) const {
  // Below this share of the age the difference of two H would lose three digits and more; the
  // integral of the rate over so short a span is exact to the last digit with four points
  // (Gauss-Legendre, Abramowitz and Stegun 1964, table 25.4).
  constexpr double short_span = 1e-3;
  if (r > short_span * age) return hazard(age + r) - hazard(age);
  constexpr double inner = 0.339981043584856;
  constexpr double outer = 0.861136311594053;
  constexpr double inner_weight = 0.652145154862546;
  constexpr double outer_weight = 0.347854845137454;
  const double half = 0.5 * r;
  const double middle = age + half;
  return half * (inner_weight * (rate(middle - inner * half) + rate(middle + inner * half)) +
                 outer_weight * (rate(middle - outer * half) + rate(middle + outer * half)));
}

double solve_residual(const Distribution::Kind& kind, double age, double hazard, double low,
                      double high) {
  constexpr int most_steps = 200;  // bisection alone takes fewer on the whole range of a double
  constexpr double last_digit = 4e-16;
  double r = high < std::numeric_limits<double>::infinity() ? high : low;
  for (int step = 0; step < most_steps && low < high; ++step) {
    const double have = kind.gained(age, r);
    if (have == hazard) return r;
    (have > hazard ? high : low) = r;
    const double slope = kind.rate(age + r) * r / have;
    double next = r * std::exp(std::log(hazard / have) / slope);
    if (!(next > low && next < high)) {
      if (std::abs(next - r) <= last_digit * r) return r;
      // Halve the exponent while the ends are decades apart.
      next = low > 0.0 && high > 4.0 * low ? std::sqrt(low) * std::sqrt(high) : 0.5 * (low + high);
      if (next <= low || next >= high) return high;
    }
    if (std::abs(next - r) <= last_digit * r) return next;
    r = next;
  }
  return r;
}

std::string number_text(double value) {
  std::array<char, 32> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 4);
  return {text.data(), end.ptr};
}

std::string time_text(double seconds) {
  struct Unit {
    Seconds length;
    const char* name;
  };
  constexpr std::array units{Unit{year, "year"}, Unit{day, "day"}, Unit{hour, "hour"},
                             Unit{minute, "minute"}, Unit{{1.0}, "second"}};
  const auto* unit = std::find_if(units.begin(), units.end(),
                                  [&](const Unit& u) { return seconds >= u.length.value; });
  if (unit == units.end()) --unit;
  const std::string count = number_text(seconds / unit->length.value);
  return count + " " + unit->name + (count == "1" ? "" : "s");
}

Distribution::Distribution(std::shared_ptr<const Kind> kind) : kind_(std::move(kind)) {}

Distribution Distribution::exponential(Seconds mean) {
  EXPECTS(mean.value > 0.0);
  return Distribution{make_exponential(mean.value)};
}

Distribution Distribution::weibull(double shape, Seconds scale, Seconds location) {
  EXPECTS(shape > 0.0 && scale.value > 0.0 && location.value >= 0.0);
  if (shape == 1.0 && location.value == 0.0) return exponential(scale);
  return Distribution{make_weibull(shape, scale.value, location.value)};
}

Distribution Distribution::competing(std::vector<Distribution> parts) {
  EXPECTS(!parts.empty());
  if (parts.size() == 1) return parts.front();
  std::vector<KindPointer> kinds;
  kinds.reserve(parts.size());
  for (Distribution& part : parts) kinds.push_back(std::move(part.kind_));
  return Distribution{make_competing(std::move(kinds))};
}

Distribution Distribution::lognormal(Seconds median, double sigma) {
  EXPECTS(median.value > 0.0 && sigma > 0.0);
  return Distribution{make_lognormal(median.value, sigma)};
}

Distribution Distribution::gamma(double shape, Seconds scale) {
  EXPECTS(shape > 0.0 && scale.value > 0.0);
  if (shape == 1.0) return exponential(scale);
  return Distribution{make_gamma(shape, scale.value)};
}

Distribution Distribution::uniform(Seconds from, Seconds to) {
  EXPECTS(from.value >= 0.0 && to >= from);
  if (from == to) return fixed(from);
  return Distribution{make_uniform(from.value, to.value)};
}

Distribution Distribution::fixed(Seconds time) {
  EXPECTS(time.value >= 0.0);
  return Distribution{make_fixed(time.value)};
}

Distribution Distribution::empirical(const std::vector<Seconds>& observed) {
  EXPECTS(!observed.empty());
  std::vector<double> times;
  times.reserve(observed.size());
  for (const Seconds time : observed) times.push_back(time.value);
  return Distribution{make_empirical(std::move(times))};
}

Seconds Distribution::sample(Stream& stream) const {
  return {kind_->residual(0.0, stream.exponential())};
}

Seconds Distribution::sample_residual(Seconds age, Stream& stream) const {
  return {kind_->residual(age.value, stream.exponential())};
}

double Distribution::cumulative_hazard(Seconds t) const {
  return t.value <= 0.0 ? 0.0 : kind_->hazard(t.value);
}

Seconds Distribution::time_at_hazard(double hazard) const { return {kind_->residual(0.0, hazard)}; }

double Distribution::hazard_rate(Seconds t) const {
  return t.value < 0.0 ? 0.0 : kind_->rate(t.value);
}

double Distribution::survival(Seconds t) const { return std::exp(-cumulative_hazard(t)); }

double Distribution::probability_by(Seconds t) const { return -std::expm1(-cumulative_hazard(t)); }

Seconds Distribution::mean() const { return {kind_->mean()}; }

bool Distribution::memoryless() const { return kind_->memoryless(); }

bool Distribution::has_hazard() const { return kind_->has_hazard(); }

std::string Distribution::describe() const { return kind_->describe(); }

}  // namespace sim
