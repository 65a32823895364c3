#include <cmath>
#include <nlohmann/json.hpp>

#include "holdfast_version.h"
#include "reports/plan_report.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;

Json cell_json(const ReportCell& cell) {
  if (!cell.value) return cell.text.en;
  return std::isfinite(*cell.value) ? Json(*cell.value) : Json(nullptr);
}

Json table_json(const ReportTable& table) {
  Json json{{"id", table.id}, {"title", table.title.en}, {"columns", Json::array()}};
  for (const ReportColumn& column : table.columns) {
    json["columns"].push_back(
        {{"id", column.id}, {"title", column.title.en}, {"unit", column.unit}});
  }
  json["rows"] = Json::array();
  for (const auto& row : table.rows) {
    Json cells = Json::object();
    for (std::size_t c = 0; c < row.size(); ++c) cells[table.columns[c].id] = cell_json(row[c]);
    json["rows"].push_back(std::move(cells));
  }
  json["note"] = table.note.en;
  return json;
}

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
  json["tables"] = Json::array();
  for (const ReportTable& table : plan_tables(results)) {
    json["tables"].push_back(table_json(table));
  }
  json["not_modelled"] = results.not_modelled;
  json["again"] = plan_command(results);
  json["timing"] = {{"wall_s", results.wall_s}, {"screening_s", results.search.screening_seconds}};
  return json.dump(2) + "\n";
}

}  // namespace reports
