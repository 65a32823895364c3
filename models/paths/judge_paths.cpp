// Verdicts on claims about the way from hosts to arrays, each with what would flip it.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

#include "models/paths/path_results.h"
#include "models/paths/structure.h"

namespace models::paths {
namespace {

using fleet::ClaimResult;
using fleet::Verdict;

struct Evidence {
  const scenario::Paths& spec;
  const StrategyPaths& figures;
};

std::string words_of(double seconds) {
  if (std::isinf(seconds)) return "without end";
  if (seconds < 120) return fmt::format("{:.3g} s", seconds);
  if (seconds < 7200) return fmt::format("{:.3g} min", seconds / 60);
  return fmt::format("{:.3g} h", seconds / 3600);
}

void judge_no_spof(const scenario::Claim& /*claim*/, const Evidence& evidence,
                   ClaimResult& result) {
  std::set<std::string> points;
  for (const ServiceResult& service : evidence.figures.services) {
    points.insert(service.single_points.begin(), service.single_points.end());
  }
  const bool software = points.contains("gateway software");
  std::string names;
  for (const std::string& point : points) names += (names.empty() ? "" : ", ") + point;
  if (points.empty()) {
    result.verdict = Verdict::supported;
    result.why = "every part was taken away once, and every service went on";
    return;
  }
  if (points.size() == 1 && software && !evidence.figures.software_has_rate) {
    result.why =
        "no part of the hardware is one, but all engines run one program, and the scenario does "
        "not say how often it fails";
    result.flips_when.push_back("refuted once the program fails at all");
    return;
  }
  result.verdict = Verdict::refuted;
  result.why = "without it no path is left: " + names;
  if (software) {
    result.flips_when.push_back(
        points.size() == 1 ? "supported if only hardware counts: all engines run one program"
                           : "the program of the engines counts as a part");
  }
  if (points.contains("power")) {
    result.flips_when.push_back("the power of the one machine room: two sites, or a second supply");
  }
}

/// Incidents that a claim with this unit is about; without one, all.
bool concerns(std::string_view unit, std::string_view incident) {
  struct Pair {
    std::string_view unit, incident;
  };
  static constexpr std::array pairs{Pair{"rack", "array head"},
                                    Pair{"gateway", "first engine"},
                                    Pair{"gateway", "other engine"},
                                    Pair{"core switch", "fabric"},
                                    Pair{"controller", "array controller"},
                                    Pair{"machine", "array head"},
                                    Pair{"machine", "shelf"},
                                    Pair{"site", "power"},
                                    Pair{"power domain", "power"}};
  return unit.empty() || std::ranges::any_of(pairs, [&](const Pair& pair) {
           return pair.unit == unit && pair.incident == incident;
         });
}

/// The incidents beyond the limit, the worst first; how many were looked at.
struct Beyond {
  std::vector<std::pair<double, std::string>> worst;
  int looked_at{};
};
Beyond beyond(const scenario::Claim& claim, const Evidence& evidence, Spread Incident::*spread) {
  Beyond found;
  for (const Incident& incident : evidence.figures.incidents) {
    if (!concerns(claim.unit, incident.kind)) continue;
    ++found.looked_at;
    const double most = (incident.*spread).most;
    if (most > claim.within.value) found.worst.emplace_back(most, incident.kind);
  }
  std::ranges::stable_sort(found.worst, std::ranges::greater{},
                           &std::pair<double, std::string>::first);
  return found;
}

std::string list_of(const Beyond& found) {
  std::string text;
  for (const auto& [most, kind] : found.worst) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", kind, words_of(most));
  }
  return text;
}

/// True if the verdict is found: nothing was beyond the limit.
bool within_limit(const scenario::Claim& claim, const Evidence& evidence, const Beyond& found,
                  std::string_view what, ClaimResult& result) {
  if (found.looked_at == 0) {
    result.why = "the system has no such part";
    return true;
  }
  if (!found.worst.empty()) {
    result.verdict = Verdict::refuted;
    result.why = fmt::format("claimed: at most {}; {} at most: {}", words_of(claim.within.value),
                             what, list_of(found));
    return false;
  }
  if (claim.unit.empty() && !evidence.figures.software_has_rate) {
    result.why = "within the limit, but the scenario does not say how the software fails";
    return true;
  }
  result.verdict = Verdict::supported;
  result.why =
      fmt::format("{} at most {} in {} kind{} of incident", what, words_of(claim.within.value),
                  found.looked_at, found.looked_at == 1 ? "" : "s");
  return true;
}

void judge_recovery_time(const scenario::Claim& claim, const Evidence& evidence,
                         ClaimResult& result) {
  const Beyond found = beyond(claim, evidence, &Incident::rto);
  if (within_limit(claim, evidence, found, "not served for", result)) return;
  double patience = std::numeric_limits<double>::infinity();
  for (const auto& service : evidence.spec.services) {
    patience = std::min(patience, service.patience.value);
  }
  if (found.worst.front().first <= patience) {
    result.flips_when.push_back(
        fmt::format("supported if a pause that every application outlives ({}) is no interruption",
                    words_of(patience)));
  } else {
    result.flips_when.push_back(
        "no time of switching over makes it zero: a path that is gone "
        "has first to be found out");
  }
}

void judge_recovery_point(const scenario::Claim& claim, const Evidence& evidence,
                          ClaimResult& result) {
  const Beyond found = beyond(claim, evidence, &Incident::rpo);
  if (within_limit(claim, evidence, found, "writing lost", result)) {
    if (result.verdict == Verdict::supported) {
      result.flips_when.push_back(
          "refuted if writes are acknowledged before both arrays have "
          "them, or without a tie-breaker at a third place");
    }
    return;
  }
  const bool host = std::ranges::any_of(
      found.worst, [](const auto& one) { return one.second.ends_with(" host"); });
  const bool logical = std::ranges::any_of(
      found.worst, [](const auto& one) { return one.second == "logical fault"; });
  if (host) result.flips_when.push_back("the hosts' own caches write through");
  if (logical) result.flips_when.push_back("only physical faults are meant");
  if (!evidence.spec.third_place) result.flips_when.push_back("a tie-breaker at a third place");
}

void judge_logical_faults(const scenario::Claim& /*claim*/, const Evidence& evidence,
                          ClaimResult& result) {
  result.verdict = Verdict::refuted;
  result.why =
      "a mirror copies what is written: a wrong write, a deletion, an encryption by malware are on "
      "both arrays at once";
  const auto& logical = evidence.spec.logical;
  if (logical && logical->snapshots_every.value > 0) {
    const auto found =
        std::ranges::find(evidence.figures.incidents, "logical fault", &Incident::kind);
    result.why += fmt::format("; from snapshots half of them are rolled back by more than {}",
                              words_of(found->rpo.p50));
    return;
  }
  result.flips_when.push_back(
      "snapshots that hosts cannot delete (paths.logical.snapshots_every) would bring an older "
      "state back; none are described");
}

void judge_backup(const scenario::Claim& /*claim*/, const Evidence& evidence, ClaimResult& result) {
  const auto& logical = evidence.spec.logical;
  const bool snapshots = logical && logical->snapshots_every.value > 0;
  result.verdict = snapshots ? Verdict::supported : Verdict::refuted;
  result.why =
      snapshots ? "snapshots keep older states" : "a mirror has one state only, the present one";
  result.flips_when.push_back(snapshots ? "refuted without the snapshots"
                                        : "supported with snapshots or copies of older states");
}

std::string rate_words(double bytes_per_second) {
  return fmt::format("{:.3g} GB/s", bytes_per_second / 1e9);
}

void judge_migration(const scenario::Claim& /*claim*/, const Evidence& evidence,
                     ClaimResult& result) {
  const auto& migration = evidence.spec.migration;
  if (!migration) {
    result.why = "the scenario does not say what is moved, nor what the hosts need meanwhile";
    return;
  }
  const double wanted = (migration->demand + migration->rate).value;
  const std::string time = words_of((migration->amount / migration->rate).value);
  const auto left = [](const BandwidthRow& row) { return std::min(row.left.read, row.left.write); };
  const BandwidthRow* tightest = nullptr;
  for (const BandwidthRow& row : evidence.figures.bandwidth) {
    // Without any path nothing moves, migration or not.
    if (!(left(row) > 0)) continue;
    if (tightest == nullptr || left(row) < left(*tightest)) tightest = &row;
  }
  const bool fits = tightest != nullptr && left(*tightest) >= wanted;
  result.verdict = fits ? Verdict::supported : Verdict::refuted;
  result.why =
      fmt::format("hosts and migration want {} for {}; without {}, the tightest, {} are left",
                  rate_words(wanted), time, tightest == nullptr ? "anything" : tightest->lost,
                  rate_words(tightest == nullptr ? 0 : left(*tightest)));
  result.flips_when.push_back(
      "it is about moves between arrays behind the gateways: putting the gateways in between "
      "changes every host's paths once, and that is no part of it");
}

void judge_metric(const scenario::Claim& claim, const Evidence& evidence, ClaimResult& result) {
  const auto holds = [&](double value) {
    return claim.op == "<=" ? value <= claim.value : value < claim.value;
  };
  const ServiceResult* worst = nullptr;
  for (const ServiceResult& service : evidence.figures.services) {
    if (worst == nullptr || service.unavailability.ci95.high > worst->unavailability.ci95.high) {
      worst = &service;
    }
  }
  const sim::Estimate& share = worst->unavailability;
  result.why = fmt::format(
      "claimed: {} {:.3g} of the time; {} is not served for {:.3g} of it "
      "[{:.3g}, {:.3g}] (direct simulation of paths)",
      claim.op, claim.value, worst->name, share.value.value_or(0), share.ci95.low, share.ci95.high);
  if (!holds(share.ci95.low) || (share.value && !holds(*share.value) && claim.value <= 0)) {
    result.verdict = Verdict::refuted;
  } else if (holds(share.ci95.high) && evidence.figures.software_has_rate) {
    result.verdict = Verdict::supported;
  }
  if (!evidence.figures.software_has_rate) {
    result.why += "; the scenario does not say how often the software fails";
  }
  if (!worst->causes.empty()) {
    result.flips_when.push_back(
        fmt::format("most of it begins with: {}", to_string(worst->causes.front().kind)));
  }
}

struct Judge {
  std::string_view kind;
  void (*decide)(const scenario::Claim&, const Evidence&, ClaimResult&);
};
constexpr std::array judges{
    Judge{"no_spof", judge_no_spof},    Judge{"rto", judge_recovery_time},
    Judge{"rpo", judge_recovery_point}, Judge{"logical_faults", judge_logical_faults},
    Judge{"backup", judge_backup},      Judge{"migration", judge_migration},
    Judge{"metric", judge_metric}};

bool is_ours(const scenario::Claim& claim) {
  if (claim.kind != "metric") return true;
  return claim.metric.starts_with("service_unavailability.") && claim.op.starts_with('<');
}

}  // namespace

std::vector<ClaimResult> judge_paths(const scenario::Scenario& scenario,
                                     const std::vector<StrategyPaths>& strategies) {
  std::vector<ClaimResult> results;
  for (const scenario::Claim& claim : scenario.claims) {
    const auto* judge = std::ranges::find(judges, claim.kind, &Judge::kind);
    if (judge == judges.end() || !is_ours(claim)) continue;
    for (const StrategyPaths& strategy : strategies) {
      if (!claim.strategy.empty() && claim.strategy != strategy.name) continue;
      ClaimResult result;
      result.id = claim.id;
      const auto english = claim.text.find("en");
      result.text = english == claim.text.end() ? claim.id : english->second;
      result.strategy = strategy.name;
      judge->decide(claim, {*scenario.paths, strategy}, result);
      results.push_back(std::move(result));
    }
  }
  return results;
}

}  // namespace models::paths
