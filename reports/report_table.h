#pragma once

#include <optional>
#include <string>
#include <vector>

namespace reports {

enum class Language { english, chinese };

/// A text in the two languages of reports.
struct Words {
  std::string en;
  std::string zh;
  /// English where there is no Chinese.
  const std::string& in(Language language) const {
    return language == Language::chinese && !zh.empty() ? zh : en;
  }
};

/// A cell: what people read, and the number behind it where there is one.
struct ReportCell {
  Words text;
  std::optional<double> value{};
};
/// Names and sentences; in Chinese where chinese.h has them.
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
  std::vector<std::vector<ReportCell>> rows;  ///< a cell for each column
  Words note{};
};

/// All tables in one file, RFC 4180: table, row, column, unit, value, text.
std::string tables_csv(const std::vector<ReportTable>& tables);

/// One table as it stands, RFC 4180: a line of column ids, then the rows; numbers with all digits.
std::string table_csv(const ReportTable& table);

}  // namespace reports
