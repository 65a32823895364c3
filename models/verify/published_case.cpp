#include "models/verify/published_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "sim/contract.h"

namespace models::verify {

namespace {

double number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  EXPECTS(error == std::errc{} && end == text.data() + text.size());
  return value;
}

/// "2.3079e10" has its last digit at 10^6.
int place_of_last_digit(std::string_view text) {
  const std::size_t e = text.find('e');
  const std::string_view digits = text.substr(0, e);
  const std::size_t point = digits.find('.');
  const int decimals =
      point == std::string_view::npos ? 0 : static_cast<int>(digits.size() - point - 1);
  const int exponent =
      e == std::string_view::npos ? 0 : static_cast<int>(number_of(text.substr(e + 1)));
  return exponent - decimals;
}

sim::Interval range_of(const Case& one) {
  if (one.sampled) return *one.sampled;
  if (!one.published.empty()) {
    sim::Interval range = printed_range(one.published);
    const double value = number_of(one.published);
    range.low = std::min(range.low, value * (1 - one.within));
    range.high = std::max(range.high, value * (1 + one.within));
    return range;
  }
  EXPECTS(one.reference != nullptr);
  constexpr double rounding = 1e-12;  // of two ways to compute the same in double precision
  const double value = one.reference();
  return {value * (1 - rounding), value * (1 + rounding)};
}

std::string difference_text(double published, double ours, std::string_view unit) {
  if (published == 0) return {};
  if (unit == "nines") return fmt::format("{:+.2g} nines", ours - published);
  const double off = ours / published - 1;
  if (std::abs(off) < 0.5) return fmt::format("{:+.2g} % off", 100 * off);
  return fmt::format("{:.3g} times as much", ours / published);
}

std::string why_of(const Case& one, const Outcome& outcome) {
  std::string text;
  const auto add = [&text](std::string_view part) {
    if (part.empty()) return;
    if (!text.empty()) text += "; ";
    text += part;
  };
  if (outcome.verdict != Verdict::reproduced && outcome.published && outcome.ours &&
      outcome.ours->value) {
    add(difference_text(*outcome.published, *outcome.ours->value, one.unit));
  }
  add(one.reading);
  add(one.remark);
  if (outcome.ours) add(outcome.ours->note);
  return text;
}

}  // namespace

std::string_view family_of(std::string_view id) { return id.substr(0, id.find('/')); }

std::string to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::reproduced:
      return "reproduced";
    case Verdict::not_reproduced:
      return "not reproduced";
    case Verdict::supported:
      return "supported";
    case Verdict::refuted:
      return "refuted";
    case Verdict::undecided:
      return "undecided";
  }
  return {};
}

sim::Interval printed_range(std::string_view published) {
  const double value = number_of(published);
  const double last_digit = std::pow(10.0, place_of_last_digit(published));
  const double rounding = 4 * std::numeric_limits<double>::epsilon() * std::abs(value);
  return {value - last_digit - rounding, value + last_digit + rounding};
}

Verdict verdict_of(const sim::Interval& published, const sim::Estimate& ours) {
  const double half_width = (ours.ci95.high - ours.ci95.low) / 2;
  const double gap =
      std::max({0.0, published.low - ours.ci95.high, ours.ci95.low - published.high});
  if (!ours.converged || !ours.value) return Verdict::undecided;
  if (gap == 0) return Verdict::reproduced;
  return gap < half_width ? Verdict::undecided : Verdict::not_reproduced;
}

Outcome recompute(const Case& one, const Effort& effort) {
  Outcome outcome;
  outcome.id = one.id;
  outcome.title = one.title;
  outcome.source = one.source;
  outcome.unit = one.unit;
  outcome.published_text = one.published;
  if (!one.published.empty()) {
    outcome.published = number_of(one.published);
  } else if (one.reference != nullptr) {
    outcome.published = one.reference();
  }
  if (one.analytic != nullptr) {
    outcome.ours =
        sim::Estimate::exact(one.analytic(), sim::Method::analytic, std::string{one.reading});
  } else if (one.simulated != nullptr) {
    outcome.ours = one.simulated(effort);
  }
  if (outcome.ours && outcome.published) {
    outcome.verdict = verdict_of(range_of(one), *outcome.ours);
  }
  outcome.why = why_of(one, outcome);
  return outcome;
}

}  // namespace models::verify
