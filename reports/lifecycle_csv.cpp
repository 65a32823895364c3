#include <string>
#include <vector>

#include "reports/csv_field.h"
#include "reports/lifecycle_text.h"

namespace reports {

std::string lifecycle_csv(const models::study::LifecycleReport& report) {
  std::string csv = csv_line({"table", "row", "column", "value", "low95", "high95", "unit",
                              "method", "model", "replicates"});
  for (const auto& table : report.tables) {
    for (const auto& row : table.rows) {
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const auto& figure = row.cells[i].figure;
        if (!figure) continue;
        csv += csv_line({csv_field(table.id), csv_field(row.name), csv_field(table.columns[i].id),
                         csv_number(figure->value), csv_number(figure->ci95.low),
                         csv_number(figure->ci95.high), csv_field(table.columns[i].unit),
                         sim::to_string(figure->method), csv_field(figure->model),
                         std::to_string(figure->replicates)});
      }
    }
  }
  return csv;
}

}  // namespace reports
