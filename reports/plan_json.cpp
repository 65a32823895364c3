#include <nlohmann/json.hpp>

#include "holdfast_version.h"
#include "reports/plan_report.h"
#include "reports/tables_json.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string plan_json(const models::planning::PlanResults& results) {
  Json json{{"schema", "holdfast/plan/1"},
            {"version", holdfast::version},
            {"commit", holdfast::commit},
            {"command", "plan"},
            {"seed", results.seed},
            {"plan", {{"name", results.plan.name}, {"sha256", results.plan.sha256}}},
            {"interrupted", results.interrupted},
            {"candidates", results.search.screened},
            {"simulated", results.search.confirmed.size()},
            {"found", results.search.winner.has_value()},
            {"decided", results.search.winner_decided},
            {"verdict", plan_verdict(results).en},
            {"design", results.shown_name}};
  json["tables"] = Json::parse(tables_json(plan_tables(results)));
  json["not_modelled"] = results.not_modelled;
  json["again"] = plan_command(results);
  json["timing"] = {{"wall_s", results.wall_s}, {"screening_s", results.search.screening_seconds}};
  return json.dump(2) + "\n";
}

}  // namespace reports
