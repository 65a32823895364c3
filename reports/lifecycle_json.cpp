#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "holdfast_version.h"
#include "reports/lifecycle_text.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;
using models::study::Cell;
using models::study::Table;

Json finite(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

Json cell_json(const Cell& cell, const std::string& unit) {
  if (!cell.figure) return {{"words", cell.words}};
  const sim::Estimate& figure = *cell.figure;
  Json json{{"value", finite(figure.value)},
            {"ci95", Json::array({finite(figure.ci95.low), finite(figure.ci95.high)})},
            {"unit", unit},
            {"method", sim::to_string(figure.method)},
            {"model", figure.model},
            {"converged", figure.converged},
            {"replicates", figure.replicates}};
  if (!figure.note.empty()) json["note"] = figure.note;
  return json;
}

Json table_json(const Table& table) {
  Json json{{"id", table.id}, {"title", table.title}, {"columns", Json::array()}};
  for (const auto& column : table.columns) {
    json["columns"].push_back({{"id", column.id}, {"title", column.title}, {"unit", column.unit}});
  }
  json["rows"] = Json::array();
  for (const auto& row : table.rows) {
    Json cells = Json::object();
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      cells[table.columns[i].id] = cell_json(row.cells[i], table.columns[i].unit);
    }
    json["rows"].push_back({{"name", row.name}, {"cells", std::move(cells)}});
  }
  json["notes"] = table.notes;
  return json;
}

}  // namespace

std::string lifecycle_json(const models::study::LifecycleReport& report) {
  Json json;
  json["schema"] = "holdfast/lifecycle/1";
  json["version"] = holdfast::version;
  json["commit"] = holdfast::commit;
  json["command"] = "lifecycle";
  json["seed"] = report.seed;
  json["interrupted"] = report.interrupted;
  json["scenario"] = {{"name", report.scenario},
                      {"file", report.scenario_file},
                      {"sha256", report.scenario_sha256}};
  json["currency"] = report.currency.empty() ? Json(nullptr) : Json(report.currency);
  json["tables"] = Json::array();
  for (const Table& table : report.tables) json["tables"].push_back(table_json(table));
  json["drills"] = Json::array();
  for (const auto& drill : report.drills) {
    json["drills"].push_back({{"name", drill.name},
                              {"courses", drill.courses},
                              {"crashes", drill.crashes},
                              {"states_checked", drill.states_checked},
                              {"bytes_compared", drill.bytes_compared},
                              {"violations", drill.violation_count},
                              {"first_violations", drill.violations}});
  }
  json["passed"] = report.passed();
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace reports
