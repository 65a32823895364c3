#include <cmath>
#include <nlohmann/json.hpp>

#include "holdfast_version.h"
#include "reports/verify_text.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;
using models::verify::Outcome;

Json finite(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

Json interval_of(const std::optional<sim::Estimate>& ours) {
  if (!ours || (ours->value && ours->ci95.low == ours->ci95.high)) return nullptr;
  return Json::array({finite(ours->ci95.low), finite(ours->ci95.high)});
}

Json case_json(const Outcome& outcome) {
  const auto& ours = outcome.ours;
  Json json;
  json["id"] = outcome.id;
  json["title"] = outcome.title;
  json["source"] = outcome.source;
  json["unit"] = outcome.unit;
  json["published"] = finite(outcome.published);
  json["ours"] = ours ? finite(ours->value) : Json(nullptr);
  json["ci95"] = interval_of(ours);
  json["verdict"] = models::verify::to_string(outcome.verdict);
  json["why"] = outcome.why;
  json["method"] = ours ? Json(sim::to_string(ours->method)) : Json(nullptr);
  json["model"] = ours ? Json(ours->model) : Json(nullptr);
  json["replicates"] = ours ? ours->replicates : 0;
  return json;
}

Json assumptions_json() {
  Json json = Json::array();
  for (const auto& assumption : models::verify::all_assumptions()) {
    json.push_back({{"id", assumption.id},
                    {"words", assumption.words},
                    {"modelled", assumption.apply != nullptr}});
  }
  return json;
}

Json claim_json(const models::verify::ClaimUnder& claim) {
  Json json;
  json["claim"] = claim.id;
  json["strategy"] = claim.strategy;
  json["as_it_stands"] = to_string(claim.as_it_stands);
  const auto assumptions = models::verify::all_assumptions();
  for (std::size_t i = 0; i < assumptions.size(); ++i) {
    const auto& cell = claim.under[i];
    Json& under = json["under"][std::string(assumptions[i].id)];
    under["verdict"] = cell.verdict ? Json(to_string(*cell.verdict)) : Json(nullptr);
    under["changes"] = cell.changes;
    under["why"] = cell.why;
  }
  return json;
}

}  // namespace

std::string verify_json(const Verification& verification) {
  Json json;
  json["schema"] = "holdfast/verify/1";
  json["version"] = holdfast::version;
  json["commit"] = holdfast::commit;
  json["command"] = "verify";
  json["seed"] = verification.seed;
  json["cases"] = Json::array();
  for (const Outcome& outcome : verification.cases) json["cases"].push_back(case_json(outcome));
  if (!verification.claims.empty()) {
    json["assumptions"] = assumptions_json();
    json["claims_under"] = Json::array();
    for (const auto& claim : verification.claims) json["claims_under"].push_back(claim_json(claim));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace reports
