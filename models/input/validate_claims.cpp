#include "models/input/validate_claims.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "models/scenario/claim_kinds.h"
#include "models/scenario/metrics.h"

namespace models::scenario {
namespace {

std::string names_of(const std::vector<Strategy>& strategies) {
  std::string names;
  for (const Strategy& strategy : strategies) {
    names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", strategy.name);
  }
  return names;
}

void check_metric_claim(const std::string& pointer, const Claim& claim, FaultList& faults) {
  if (find_metric(claim.metric) == nullptr) {
    std::string known;
    for (const MetricInfo& metric : all_metrics()) {
      known += fmt::format("{}{}", known.empty() ? "" : ", ", metric.id);
    }
    faults.error(pointer + "/metric",
                 fmt::format("there is no metric \"{}\"; use one of {}", claim.metric, known));
  }
  if (std::ranges::find(claim_ops, claim.op) == claim_ops.end()) {
    faults.error(pointer + "/op", fmt::format("must be >=, <=, > or <, got \"{}\"", claim.op));
  }
  if (!std::isfinite(claim.value)) faults.error(pointer + "/value", "must be a finite number");
}

bool among(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string listed(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) {
    text += fmt::format("{}\"{}\"", text.empty() ? "" : ", ", name);
  }
  return text;
}

void check_survival_claim(const std::string& pointer, const Claim& claim, FaultList& faults) {
  if (!among(claim_units(), claim.unit)) {
    faults.error(pointer + "/unit", fmt::format("there is no unit \"{}\"; use one of {}",
                                                claim.unit, listed(claim_units())));
  }
  if (claim.count < 1 || claim.count > most_claim_count) {
    faults.error(pointer + "/count",
                 fmt::format("must be 1 to {}, got {}", most_claim_count, claim.count));
  }
  if (!among(claim_restores(), claim.restores)) {
    faults.error(pointer + "/restores", fmt::format("must be one of {}, got \"{}\"",
                                                    listed(claim_restores()), claim.restores));
  }
}

void check_rebuild_claim(const std::string& pointer, const Claim& claim, FaultList& faults) {
  faults.expect_positive(pointer + "/amount", claim.amount.value, text_of(claim.amount));
  faults.expect_positive(pointer + "/within", claim.within.value,
                         fmt::format("{:.4g} s", claim.within.value));
}

void check_recovery_claim(const std::string& pointer, const Claim& claim, FaultList& faults) {
  if (!claim.unit.empty() && !among(claim_units(), claim.unit)) {
    faults.error(pointer + "/unit", fmt::format("there is no unit \"{}\"; use one of {}",
                                                claim.unit, listed(claim_units())));
  }
  if (std::isfinite(claim.within.value) && claim.within.value >= 0) return;
  faults.error(pointer + "/within", "must be zero or more");
}

void check_nothing(const std::string& /*pointer*/, const Claim& /*claim*/, FaultList& /*faults*/) {}

struct KindCheck {
  std::string_view kind;
  void (*check)(const std::string&, const Claim&, FaultList&);
};
constexpr std::array<KindCheck, 11> kind_checks{{{"metric", check_metric_claim},
                                                 {"survives", check_survival_claim},
                                                 {"rebuild", check_rebuild_claim},
                                                 {"rpo", check_recovery_claim},
                                                 {"rto", check_recovery_claim},
                                                 {"no_spof", check_nothing},
                                                 {"service", check_nothing},
                                                 {"logical_faults", check_nothing},
                                                 {"migration", check_nothing},
                                                 {"backup", check_nothing},
                                                 {"qualitative", check_nothing}}};

void check_what_it_says(const std::string& pointer, const Claim& claim, FaultList& faults) {
  const auto* found = std::ranges::find(kind_checks, claim.kind, &KindCheck::kind);
  if (found != kind_checks.end()) return found->check(pointer, claim, faults);
  faults.error(pointer + "/kind", fmt::format("there is no kind of claim \"{}\"", claim.kind));
}

}  // namespace

void check_claims(const Scenario& scenario, FaultList& faults) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < scenario.claims.size(); ++i) {
    const Claim& claim = scenario.claims[i];
    const std::string pointer = fmt::format("/claims/{}", i);
    faults.expect_name(pointer + "/id", claim.id);
    if (!seen.insert(claim.id).second) {
      faults.error(pointer + "/id",
                   fmt::format("two claims have the id \"{}\"; rename one", claim.id));
    }
    const bool known = std::ranges::any_of(
        scenario.strategies, [&](const Strategy& s) { return s.name == claim.strategy; });
    if (!claim.strategy.empty() && !known) {
      faults.error(pointer + "/strategy",
                   fmt::format("there is no strategy \"{}\"; the scenario has {}, or leave it out "
                               "to judge all",
                               claim.strategy, names_of(scenario.strategies)));
    }
    check_what_it_says(pointer, claim, faults);
  }
}

}  // namespace models::scenario
