// Differences between strategies, and verdicts on claims.
#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "models/fleet/tally.h"
#include "sim/interval.h"

namespace models::fleet {

namespace {

/// log10(a/b) from paired missions, where both sides saw something.
bool set_paired(Difference& difference, const sim::PairedMoments& moments) {
  if (moments.x().non_zero() < 2 || moments.y().non_zero() < 2) return false;
  // ratio_interval() is of mean(y)/mean(x); x is the first strategy.
  const sim::Interval ratio = sim::ratio_interval(moments);
  difference.log10_ratio = std::log10(moments.x().mean() / moments.y().mean());
  difference.ci95 = {-std::log10(ratio.high), ratio.low > 0
                                                  ? -std::log10(ratio.low)
                                                  : std::numeric_limits<double>::infinity()};
  difference.method = sim::Method::direct;
  return true;
}

/// The same from the textbook figures, where simulation saw nothing on one side.
void set_analytic(Difference& difference, const StrategyResult& a, const StrategyResult& b) {
  const auto figure = [&](const StrategyResult& strategy) -> std::optional<double> {
    const Metric* metric = strategy.find(difference.metric);
    if (metric == nullptr) return std::nullopt;
    if (metric->analytic) return metric->analytic->value;
    return metric->estimate.value;
  };
  const auto x = figure(a);
  const auto y = figure(b);
  difference.method = sim::Method::analytic;
  if (!x || !y || !(*x > 0) || !(*y > 0)) return;
  difference.log10_ratio = std::log10(*x / *y);
  difference.ci95 = {*difference.log10_ratio, *difference.log10_ratio};
}

bool holds(double value, std::string_view op, double threshold) {
  if (op == ">=") return value >= threshold;
  if (op == ">") return value > threshold;
  if (op == "<=") return value <= threshold;
  return value < threshold;
}

void judge_metric(const scenario::Claim& claim, const Metric& metric, ClaimResult& result) {
  const sim::Estimate& estimate = metric.estimate;
  const bool low = holds(estimate.ci95.low, claim.op, claim.value);
  const bool high = holds(estimate.ci95.high, claim.op, claim.value);
  const std::string measured =
      estimate.value ? fmt::format("{} is {:.4g} [{:.4g}, {:.4g}]", claim.metric, *estimate.value,
                                   estimate.ci95.low, estimate.ci95.high)
                     : fmt::format("{} is only known to lie in [{:.4g}, {:.4g}]", claim.metric,
                                   estimate.ci95.low, estimate.ci95.high);
  const std::string against = fmt::format("{} by {}, against {} {:.6g}", measured,
                                          to_string(estimate.method), claim.op, claim.value);
  // The textbook figure rests on independence, so alone it decides nothing.
  if (low == high && estimate.method != sim::Method::analytic) {
    result.verdict = low ? Verdict::supported : Verdict::refuted;
    result.why = against;
    return;
  }
  result.why = against;
  const sim::Estimate* textbook = metric.analytic                            ? &*metric.analytic
                                  : estimate.method == sim::Method::analytic ? &estimate
                                                                             : nullptr;
  if (textbook != nullptr && textbook->value) {
    result.why += fmt::format("; the textbook chain says {:.4g}", *textbook->value);
    result.flips_when.push_back(
        fmt::format("{} if failures are independent and repair is exponential (textbook chain)",
                    holds(*textbook->value, claim.op, claim.value) ? "supported" : "refuted"));
  }
}

/// A rebuild claim is usually arithmetic: what everything at its limits would do.
void add_arithmetic(const scenario::Claim& claim, const StrategyResult& strategy,
                    ClaimResult& result) {
  const Metric* arithmetic = strategy.find("rebuild_hours_per_tb.arithmetic");
  if (!claim.metric.starts_with("rebuild_hours_per_tb.") || arithmetic == nullptr) return;
  const double value = arithmetic->estimate.value.value_or(0);
  const bool supported = holds(value, claim.op, claim.value);
  if (supported == (result.verdict == Verdict::supported)) return;
  result.flips_when.push_back(fmt::format(
      "{} by arithmetic alone ({:.4g} h/TB): one loss at a time, shared evenly by all machines",
      supported ? "supported" : "refuted", value));
}

std::string text_of(const scenario::Claim& claim) {
  if (const auto english = claim.text.find("en"); english != claim.text.end()) {
    return english->second;
  }
  return claim.text.empty() ? claim.id : claim.text.begin()->second;
}

}  // namespace

std::vector<Difference> differences(const std::vector<StrategyResult>& strategies,
                                    const Comparison* comparison) {
  std::vector<Difference> all;
  for (std::size_t i = 1; i < strategies.size(); ++i) {
    for (const char* metric : {"annual_object_loss", "data_unavailability"}) {
      Difference difference;
      difference.a = strategies[0].name;
      difference.b = strategies[i].name;
      difference.metric = metric;
      const bool loss = difference.metric == "annual_object_loss";
      const bool paired = comparison != nullptr &&
                          set_paired(difference, loss ? comparison->lost_pairs[i - 1]
                                                      : comparison->unavailable_pairs[i - 1]);
      if (!paired) set_analytic(difference, strategies[0], strategies[i]);
      all.push_back(std::move(difference));
    }
  }
  return all;
}

std::vector<ClaimResult> judge(const scenario::Scenario& scenario,
                               const std::vector<StrategyResult>& strategies) {
  std::vector<ClaimResult> results;
  for (const scenario::Claim& claim : scenario.claims) {
    for (const StrategyResult& strategy : strategies) {
      if (!claim.strategy.empty() && claim.strategy != strategy.name) continue;
      ClaimResult result;
      result.id = claim.id;
      result.text = text_of(claim);
      const Metric* metric = claim.metric.empty() ? nullptr : strategy.find(claim.metric);
      if (metric != nullptr) {
        result.strategy = strategy.name;
        judge_metric(claim, *metric, result);
        add_arithmetic(claim, strategy, result);
      } else {
        result.strategy = claim.strategy;
        result.why = fmt::format("a claim of kind \"{}\" needs a model that is still to come",
                                 claim.kind.empty() ? claim.metric : claim.kind);
      }
      results.push_back(std::move(result));
      if (metric == nullptr) break;  // one line is enough for what no strategy can show
    }
  }
  return results;
}

}  // namespace models::fleet
