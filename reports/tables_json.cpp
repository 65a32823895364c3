#include "reports/tables_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

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

std::string tables_json(const std::vector<ReportTable>& tables) {
  Json json = Json::array();
  for (const ReportTable& table : tables) json.push_back(table_json(table));
  return json.dump();
}

}  // namespace reports
