#include "models/fleet/judge_figure.h"
#include "models/scenario/metrics.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace models::fleet {

namespace {

/// "direct simulation: 0.2007 h/TB [0.1997, 0.2017]".
std::string measured(const sim::Estimate& estimate, std::string_view unit) {
  const sim::Interval& ends = estimate.ci95;
  const std::string by = method_words(estimate.method);
  if (estimate.replicates == 0 && !estimate.value) return fmt::format("{}: {}", by, estimate.note);
  if (estimate.value) {
    const bool exact = ends.low == *estimate.value && ends.high == *estimate.value;
    return fmt::format("{}: {:.4g} {}", by, *estimate.value, unit) +
           (exact ? "" : fmt::format(" [{:.4g}, {:.4g}]", ends.low, ends.high));
  }
  const std::string bound = std::isfinite(ends.high)
                                ? fmt::format("at most {:.4g} {}", ends.high, unit)
                                : fmt::format("at least {:.4g} {}", ends.low, unit);
  return fmt::format("{}: never seen, so {} (95 % bound)", by, bound);
}

/// What the limits of the inputs do to a claim that holds, or does not, for the figure.
/// @return true if it comes out the same over the whole range
bool judge_inputs(const Metric& metric, std::string_view op, double claimed, bool figure_holds,
                  ClaimResult& result) {
  if (!metric.estimate.input_range) {
    if (!metric.range_model.empty()) result.why += "; doubt about the inputs is not in it";
    return true;
  }
  const sim::Interval& range = *metric.estimate.input_range;
  const auto flips = [&](double figure) { return holds(figure, op, claimed) != figure_holds; };
  if (!flips(range.low) && !flips(range.high)) return true;
  result.why += fmt::format("; over the uncertain inputs: {:.4g} to {:.4g}", range.low, range.high);
  std::string names;
  bool alone = false;
  for (const Swing& swing : metric.swings) {
    names += (names.empty() ? "" : ", ") + swing.input;
    for (const auto& [figure, value] :
         {std::pair{swing.at_low, &swing.low}, std::pair{swing.at_high, &swing.high}}) {
      if (!flips(figure)) continue;
      alone = true;
      result.flips_when.push_back(
          fmt::format("{} if {} is {}", verdict_words(!figure_holds), swing.input, *value));
    }
  }
  if (!alone) {
    result.flips_when.push_back(fmt::format("{} if several uncertain inputs are off together: {}",
                                            verdict_words(!figure_holds), names));
  }
  return false;
}

}  // namespace

bool holds(double value, std::string_view op, double threshold) {
  if (op == ">=") return value >= threshold;
  if (op == ">") return value > threshold;
  if (op == "<=") return value <= threshold;
  return value < threshold;
}

std::string_view verdict_words(bool supported) { return supported ? "supported" : "refuted"; }

std::string method_words(sim::Method method) {
  if (method == sim::Method::analytic) return "textbook chain";
  return method == sim::Method::arithmetic ? "arithmetic" : to_string(method) + " simulation";
}

void judge_figure(const Metric& metric, std::string_view op, double claimed, ClaimResult& result) {
  const sim::Estimate& estimate = metric.estimate;
  const scenario::MetricInfo* info = scenario::find_metric(metric.id);
  const bool low = holds(estimate.ci95.low, op, claimed);
  const bool high = holds(estimate.ci95.high, op, claimed);
  const std::string_view unit = info != nullptr ? info->unit : "";
  result.why =
      fmt::format("claimed: {} {:.6g} {}; {}", op, claimed, unit, measured(estimate, unit));
  // The textbook figure rests on independence, so alone it decides nothing.
  const bool textbook_alone = estimate.method == sim::Method::analytic;
  // Nor does a value that is not published; a bound is one.
  const bool reliable = estimate.converged || (!estimate.value && estimate.replicates > 0);
  const bool sure = judge_inputs(
      metric, op, claimed,
      low == high ? low : holds(estimate.value.value_or(estimate.ci95.low), op, claimed), result);
  if (low == high && reliable && sure && !textbook_alone) {
    result.verdict = low ? Verdict::supported : Verdict::refuted;
    return;
  }
  const sim::Estimate* textbook = metric.analytic  ? &*metric.analytic
                                  : textbook_alone ? &estimate
                                                   : nullptr;
  if (textbook == nullptr || !textbook->value) return;
  if (!textbook_alone) {
    result.why += fmt::format("; textbook chain: {:.4g}", *textbook->value);
  }
  result.flips_when.push_back(
      fmt::format("{} if failures are independent and repair is exponential (textbook chain)",
                  verdict_words(holds(*textbook->value, op, claimed))));
}

}  // namespace models::fleet
