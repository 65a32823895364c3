#include "reports/report_table.h"

#include "reports/chinese.h"
#include "reports/csv_field.h"

namespace reports {

ReportCell word_cell(std::string text) { return {in_both(std::move(text))}; }

std::string tables_csv(const std::vector<ReportTable>& tables) {
  std::string csv = csv_line({"table", "row", "name", "column", "unit", "value", "text"});
  for (const ReportTable& table : tables) {
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      const auto& row = table.rows[r];
      for (std::size_t c = 0; c < row.size(); ++c) {
        csv += csv_line({csv_field(table.id), std::to_string(r + 1), csv_field(row[0].text.en),
                         csv_field(table.columns[c].id), csv_field(table.columns[c].unit),
                         csv_number(row[c].value), csv_field(row[c].text.en)});
      }
    }
  }
  return csv;
}

std::string table_csv(const ReportTable& table) {
  std::vector<std::string> fields;
  for (const ReportColumn& column : table.columns) fields.push_back(csv_field(column.id));
  std::string csv = csv_line(fields);
  for (const auto& row : table.rows) {
    fields.clear();
    for (const ReportCell& cell : row) {
      const std::string number = csv_number(cell.value);
      fields.push_back(number.empty() ? csv_field(cell.text.en) : number);
    }
    csv += csv_line(fields);
  }
  return csv;
}

}  // namespace reports
