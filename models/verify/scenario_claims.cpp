#include "models/verify/scenario_claims.h"
#include "models/scenario/metrics.h"

#include <fmt/format.h>

#include <algorithm>

namespace models::verify {

namespace {

Verdict as_verdict(fleet::Verdict verdict) {
  switch (verdict) {
    case fleet::Verdict::supported:
      return Verdict::supported;
    case fleet::Verdict::refuted:
      return Verdict::refuted;
    case fleet::Verdict::undecided:
      break;
  }
  return Verdict::undecided;
}

/// The threshold and the figure that it was held against, where the claim is about a metric.
void add_figures(const scenario::Claim& claim, const fleet::ClaimResult& judged,
                 const fleet::Results& results, Outcome& outcome) {
  const scenario::MetricInfo* info = scenario::find_metric(claim.metric);
  if (info == nullptr) return;
  outcome.unit = info->unit;
  outcome.published = claim.value;
  outcome.published_text = fmt::format("{} {:.6g}", claim.op, claim.value);
  const auto strategy =
      std::ranges::find(results.strategies, judged.strategy, &fleet::StrategyResult::name);
  if (strategy == results.strategies.end()) return;
  if (const fleet::Metric* metric = strategy->find(claim.metric)) outcome.ours = metric->estimate;
}

}  // namespace

std::vector<Outcome> judged_claims(const scenario::Scenario& scenario,
                                   const fleet::Results& results) {
  std::vector<Outcome> outcomes;
  for (const fleet::ClaimResult& judged : results.claims) {
    Outcome outcome;
    outcome.id = judged.id;
    outcome.title = judged.text;
    if (!judged.strategy.empty()) outcome.title += " [" + judged.strategy + "]";
    outcome.verdict = as_verdict(judged.verdict);
    outcome.why = judged.why;
    for (const std::string& flip : judged.flips_when) outcome.why += "; would flip: " + flip;
    const auto claim = std::ranges::find(scenario.claims, judged.id, &scenario::Claim::id);
    if (claim != scenario.claims.end()) {
      outcome.source = claim->source;
      add_figures(*claim, judged, results, outcome);
    }
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

}  // namespace models::verify
