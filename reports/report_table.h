#pragma once

#include <optional>
#include <string>
#include <vector>

namespace reports {

/// A text in the two languages of reports.
struct Words {
  std::string en;
  std::string zh;
};

/// A cell: what people read, and the number behind it where there is one.
struct ReportCell {
  Words text;
  std::optional<double> value{};
};
ReportCell word_cell(std::string text);

struct ReportColumn {
  std::string id;  ///< for files
  Words title;
  std::string unit{};
};

/// A table that text, CSV, JSON and HTML are written from: none of them computes.
struct ReportTable {
  std::string id;
  Words title;
  std::vector<ReportColumn> columns;
  std::vector<std::vector<ReportCell>> rows;
  Words note{};
};

/// All tables in one file, RFC 4180: table, row, column, unit, value, text.
std::string tables_csv(const std::vector<ReportTable>& tables);

}  // namespace reports
