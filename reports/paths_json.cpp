#include <cmath>
#include <nlohmann/json.hpp>

#include "holdfast_version.h"
#include "reports/paths_text.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;
using namespace models::paths;

Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json spread_json(const Spread& spread) {
  return {{"p50", finite(spread.p50)}, {"p95", finite(spread.p95)}, {"max", finite(spread.most)}};
}

Json estimate_json(const sim::Estimate& estimate) {
  return {{"value", estimate.value ? finite(*estimate.value) : Json(nullptr)},
          {"ci95", {finite(estimate.ci95.low), finite(estimate.ci95.high)}},
          {"unit", "share of time"},
          {"method", sim::to_string(estimate.method)},
          {"model", estimate.model},
          {"converged", estimate.converged},
          {"replicates", estimate.replicates}};
}

Json service_json(const ServiceResult& service) {
  Json causes = Json::array();
  for (const auto& cause : service.causes) {
    causes.push_back({{"part", to_string(cause.kind)},
                      {"minutes_per_year", cause.minutes_per_year},
                      {"per_year", cause.per_year}});
  }
  return {{"name", service.name},
          {"unavailability", estimate_json(service.unavailability)},
          {"no_path", estimate_json(service.no_path)},
          {"no_path_exact", service.exact_no_path ? Json(*service.exact_no_path) : Json(nullptr)},
          {"by_cause", causes},
          {"single_points", service.single_points},
          {"fatal_pairs", service.pairs},
          {"pairs_tried", service.sets_of_two},
          {"smallest_cut", service.smallest_cut},
          {"next_cut", service.next_cut}};
}

Json strategy_json(const StrategyPaths& strategy) {
  Json json{{"name", strategy.name}, {"system", strategy.system}};
  for (const auto& service : strategy.services) json["services"].push_back(service_json(service));
  for (const auto& incident : strategy.incidents) {
    json["incidents"].push_back(
        {{"kind", incident.kind},
         {"per_year", incident.has_rate ? Json(incident.per_year) : Json(nullptr)},
         {"rpo_seconds", spread_json(incident.rpo)},
         {"rto_seconds", spread_json(incident.rto)},
         {"note", incident.note}});
  }
  for (const auto& row : strategy.bandwidth) {
    json["bandwidth"].push_back({{"without", row.lost},
                                 {"read_bytes_per_second", row.left.read},
                                 {"write_bytes_per_second", row.left.write}});
  }
  return json;
}

}  // namespace

std::string paths_json(const PathResults& results) {
  Json json{{"schema", "holdfast/paths/1"},
            {"version", holdfast::version},
            {"command", "paths"},
            {"scenario", results.scenario},
            {"seed", results.seed},
            {"missions", results.missions},
            {"mission_years", results.mission_years}};
  json["strategies"] = Json::array();
  for (const auto& strategy : results.strategies) {
    json["strategies"].push_back(strategy_json(strategy));
  }
  json["claims"] = Json::array();
  for (const auto& claim : results.claims) {
    json["claims"].push_back({{"id", claim.id},
                              {"text", claim.text},
                              {"strategy", claim.strategy},
                              {"verdict", to_string(claim.verdict)},
                              {"flips_when", claim.flips_when},
                              {"why", claim.why}});
  }
  json["drill"] = {{"faults", results.drill.faults()},
                   {"writes", results.drill.writes},
                   {"acknowledged", results.drill.acknowledged},
                   {"takeovers", results.drill.takeovers},
                   {"bytes_compared", results.drill.bytes_compared},
                   {"violations", results.drill.violations},
                   {"passed", results.drill.passed()}};
  return json.dump(2) + "\n";
}

}  // namespace reports
