#include "models/fleet/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "models/fleet/judge_figure.h"
#include "models/fleet/judge_recovery.h"
#include "models/fleet/survival.h"
#include "models/scenario/claim_kinds.h"
#include "models/scenario/quantity_text.h"
#include "sim/contract.h"

namespace models::fleet {

namespace {

/// What a verdict may look at. The fleet of a strategy is compiled once, by the first to ask.
struct Evidence {
  const scenario::Scenario& scenario;
  const scenario::Strategy& strategy;
  const StrategyResult& figures;
  std::uint64_t seed{};
  bool ranges_cut{};  ///< there was no time for a range over the uncertain inputs
  std::shared_ptr<const Fleet>& compiled;
  sim::Limit& limit;

  const Fleet& fleet() const {
    if (compiled == nullptr) compiled = compile(scenario, strategy, seed);
    return *compiled;
  }
};

/// Stopped before all was looked at that a verdict needs.
bool cut(const Evidence& evidence, ClaimResult& result) {
  if (!evidence.limit.passed()) return false;
  result.verdict = Verdict::undecided;
  result.why = "not judged: stopped before everything was looked at";
  return true;
}

/// A rebuild claim is usually arithmetic: what everything at its limits would do.
void add_arithmetic(std::string_view op, double claimed, const StrategyResult& figures,
                    ClaimResult& result) {
  const Metric* arithmetic = figures.find("rebuild_hours_per_tb.arithmetic");
  if (arithmetic == nullptr) return;
  const double value = arithmetic->estimate.value.value_or(0);
  const bool supported = holds(value, op, claimed);
  if (supported == (result.verdict == Verdict::supported)) return;
  result.flips_when.push_back(fmt::format(
      "{} by arithmetic alone ({:.4g} h/TB): one loss at a time, shared evenly by all machines",
      verdict_words(supported), value));
}

/// A figure alone decides nothing where the inputs are uncertain.
void need_range(const Evidence& evidence, ClaimResult& result) {
  if (!evidence.ranges_cut) return;
  result.verdict = Verdict::undecided;
  result.why += "; stopped before its range over the uncertain inputs was known";
}

void judge_metric(const scenario::Claim& claim, const Evidence& evidence, ClaimResult& result) {
  const Metric* metric = evidence.figures.find(claim.metric);
  if (metric == nullptr) {
    const bool service = claim.metric.starts_with("service_unavailability");
    result.why = fmt::format("{} was not measured in this run{}", claim.metric,
                             service ? ": it needs simulated missions, and a failure rate of "
                                       "software or front ends in the scenario"
                                     : "");
  } else {
    judge_figure(*metric, claim.op, claim.value, result);
    need_range(evidence, result);
  }
  if (claim.metric.starts_with("rebuild_hours_per_tb.")) {
    add_arithmetic(claim.op, claim.value, evidence.figures, result);
  }
}

void judge_rebuild(const scenario::Claim& claim, const Evidence& evidence, ClaimResult& result) {
  const double claimed = sim::in_hours(claim.within) / (claim.amount / terabyte);
  if (const Metric* median = evidence.figures.find("rebuild_hours_per_tb.p50")) {
    judge_figure(*median, "<=", claimed, result);
    result.why += "; half of all rebuilds take longer";
    need_range(evidence, result);
  } else {
    result.why = fmt::format("claimed: <= {:.4g} h/TB; no rebuild was simulated", claimed);
  }
  add_arithmetic("<=", claimed, evidence.figures, result);
}

std::string grouped_share(const Exception& exception, std::string_view what) {
  return fmt::format("{} of {} {}", exception.hit, exception.of, what);
}

/// Why the data would not be there, in words.
std::string unreadable_words(const LossUnit& unit, const Exception& exception) {
  return fmt::format("{} {}: {} then {} too few shards to be read{}",
                     unit.destroys ? "the loss of" : "without", names_of(unit, exception.units),
                     grouped_share(exception, "placement groups"),
                     exception.hit == 1 ? "has" : "have",
                     unit.destroys ? "" : " until it is back; nothing is lost");
}

void add_redundancy(const scenario::Claim& claim, const LossUnit& unit, const Evidence& evidence,
                    ClaimResult& result) {
  const Rehoming homes =
      homeless_after(evidence.fleet(), unit, claim.count, evidence.seed, &evidence.limit);
  if (homes.exception) {
    result.verdict = Verdict::refuted;
    result.why = fmt::format(
        "the data are kept, but after the loss of {} {} find no new home within the limits per "
        "rack and machine before new hardware stands there",
        names_of(unit, homes.exception->units), grouped_share(*homes.exception, "lost shards"));
    return;
  }
  if (cut(evidence, result)) return;
  result.why += "; the rebuild planner finds a new home for every shard";
  if (homes.looked_at < homes.sets) {
    result.why +=
        fmt::format(" (tried on {} of {} cases, evenly spread)", homes.looked_at, homes.sets);
  }
  if (!unit.destroys) {
    result.why += ". In the simulation an outage starts no rebuild: it destroys nothing";
  }
}

void judge_survival(const scenario::Claim& claim, const Evidence& evidence, ClaimResult& result) {
  if (evidence.limit.look() && cut(evidence, result)) return;
  const LossUnit& unit = find_loss_unit(claim.unit);
  const Fleet& fleet = evidence.fleet();
  const std::uint32_t there_are = unit.count(fleet.topology());
  if (there_are < static_cast<std::uint32_t>(claim.count)) {
    result.why = fmt::format("the hardware has only {} {}", there_are, unit.name);
    return;
  }
  if (const auto exception = unreadable_after(fleet, unit, claim.count, &evidence.limit)) {
    result.verdict = Verdict::refuted;
    result.why = unreadable_words(unit, *exception);
    return;
  }
  if (cut(evidence, result)) return;
  result.verdict = Verdict::supported;
  result.why = fmt::format("any {} of {} {} can be {}: every placement group can still be read",
                           claim.count, there_are, there_are == 1 ? unit.name : unit.plural,
                           unit.destroys ? "lost" : "away");
  if (claim.restores == "redundancy") add_redundancy(claim, unit, evidence, result);
}

/// Decided where a modelled part is one; else open, for much of a system is not modelled.
void judge_no_spof(const scenario::Claim& /*claim*/, const Evidence& evidence,
                   ClaimResult& result) {
  std::string fine;
  for (const LossUnit& unit : all_loss_units()) {
    if (evidence.limit.look() && cut(evidence, result)) return;
    if (const auto exception = unreadable_after(evidence.fleet(), unit, 1, &evidence.limit)) {
      result.verdict = Verdict::refuted;
      result.why = unreadable_words(unit, *exception);
      return;
    }
    if (cut(evidence, result)) return;
    if (unit.count(evidence.fleet().topology()) == 0) continue;
    fine += fmt::format("{}{}", fine.empty() ? "" : ", ", unit.name);
  }
  result.why = fmt::format(
      "no single {} takes the data away, but software, and parts that the scenario does not have, "
      "may be such a point",
      fine);
}

void judge_service(const scenario::Claim& /*claim*/, const Evidence& evidence,
                   ClaimResult& result) {
  const Metric* read = evidence.figures.find("service_unavailability.read");
  if (read != nullptr && read->estimate.value) {
    result.why = fmt::format(
        "said without a threshold; no client can read for {:.2g} of the time ({}). A claim on the "
        "metric service_unavailability.read is judged",
        *read->estimate.value, method_words(read->estimate.method));
    return;
  }
  result.why =
      "users reach the data through front ends, software and changes to them, and the scenario "
      "gives no failure rate for these";
  const Metric* out = evidence.figures.find("data_unavailability");
  if (out == nullptr || !out->estimate.value) return;
  result.why += fmt::format(
      "; what is modelled, data out of reach, is {:.2g} of the time ({}): a part of the whole, not "
      "the whole",
      *out->estimate.value, method_words(out->estimate.method));
}

std::string words_of(Seconds time) {
  return scenario::print_quantity(scenario::QuantityKind::time, time.value);
}

/// Disks alone do not decide it; where the scenario describes the hosts' way, another command does.
void judge_by_paths(const scenario::Claim& /*claim*/, const Evidence& evidence,
                    ClaimResult& result) {
  result.why = evidence.scenario.paths
                   ? "disks and their repair do not decide it: 'holdfast paths' judges it"
                   : "disks and their repair do not decide it, and the scenario has no 'paths'";
}

void judge_recovery_point(const scenario::Claim& claim, const Evidence& evidence,
                          ClaimResult& result) {
  if (evidence.limit.look() && cut(evidence, result)) return;
  if (judge_recovery(evidence.scenario, claim, Recovery::point, evidence.seed, evidence.limit,
                     result)) {
    cut(evidence, result);
    return;
  }
  if (evidence.scenario.paths) return judge_by_paths(claim, evidence, result);
  result.why = fmt::format(
      "claimed: at most {} of writing lost{}; what an incident leaves depends on copies "
      "taken "
      "by a schedule or a mirror, and section lifecycle names no such incident",
      words_of(claim.within), claim.after.empty() ? "" : " after " + claim.after);
}

void judge_recovery_time(const scenario::Claim& claim, const Evidence& evidence,
                         ClaimResult& result) {
  if (evidence.limit.look() && cut(evidence, result)) return;
  if (judge_recovery(evidence.scenario, claim, Recovery::time, evidence.seed, evidence.limit,
                     result)) {
    cut(evidence, result);
    return;
  }
  if (evidence.scenario.paths) return judge_by_paths(claim, evidence, result);
  result.why = fmt::format(
      "claimed: back within {}{}; the time to detect, switch over or restore a service is "
      "modelled for incidents of section lifecycle, and it names no such one; rebuild times of "
      "data are "
      "another figure",
      words_of(claim.within), claim.after.empty() ? "" : " after " + claim.after);
}

void judge_quality(const scenario::Claim& /*claim*/, const Evidence& /*evidence*/,
                   ClaimResult& result) {
  result.why =
      "a statement on how the system is built: no figure measures it, and none here rests on it; "
      "to "
      "be settled by inspection";
}

enum class Asked { of_each_strategy, once };

struct Judge {
  std::string_view kind;
  Asked asked;
  void (*decide)(const scenario::Claim&, const Evidence&, ClaimResult&);
};
constexpr std::array<Judge, 11> judges{{{"metric", Asked::of_each_strategy, judge_metric},
                                        {"survives", Asked::of_each_strategy, judge_survival},
                                        {"rebuild", Asked::of_each_strategy, judge_rebuild},
                                        {"no_spof", Asked::of_each_strategy, judge_no_spof},
                                        {"service", Asked::of_each_strategy, judge_service},
                                        {"rpo", Asked::once, judge_recovery_point},
                                        {"rto", Asked::once, judge_recovery_time},
                                        {"logical_faults", Asked::once, judge_by_paths},
                                        {"migration", Asked::once, judge_by_paths},
                                        {"backup", Asked::once, judge_by_paths},
                                        {"qualitative", Asked::once, judge_quality}}};

const Judge& judge_of(const scenario::Claim& claim) {
  const auto* found = std::ranges::find(judges, claim.kind, &Judge::kind);
  EXPECTS(found != judges.end());
  return *found;
}

std::string text_of(const scenario::Claim& claim) {
  if (const auto english = claim.text.find("en"); english != claim.text.end()) {
    return english->second;
  }
  return claim.text.empty() ? claim.id : claim.text.begin()->second;
}

const scenario::Strategy& strategy_of(const scenario::Scenario& scenario, const std::string& name) {
  const auto found = std::ranges::find(scenario.strategies, name, &scenario::Strategy::name);
  EXPECTS(found != scenario.strategies.end());
  return *found;
}

}  // namespace

std::vector<ClaimResult> judge(const scenario::Scenario& scenario, const Results& results,
                               sim::Limit& limit) {
  const std::vector<StrategyResult>& strategies = results.strategies;
  std::vector<std::shared_ptr<const Fleet>> compiled(strategies.size());
  const bool ranges_cut = !results.uncertain.inputs.empty() && results.uncertain.draws == 0;
  std::vector<ClaimResult> claims;
  for (const scenario::Claim& claim : scenario.claims) {
    const Judge& kind = judge_of(claim);
    for (std::size_t i = 0; i < strategies.size(); ++i) {
      if (!claim.strategy.empty() && claim.strategy != strategies[i].name) continue;
      ClaimResult result;
      result.id = claim.id;
      result.text = text_of(claim);
      result.strategy = kind.asked == Asked::once ? claim.strategy : strategies[i].name;
      kind.decide(claim,
                  {scenario, strategy_of(scenario, strategies[i].name), strategies[i], results.seed,
                   ranges_cut, compiled[i], limit},
                  result);
      claims.push_back(std::move(result));
      if (kind.asked == Asked::once) break;
    }
  }
  return claims;
}

}  // namespace models::fleet
