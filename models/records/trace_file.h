#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/records/csv_row.h"
#include "models/records/line_reader.h"
#include "models/records/trace_faults.h"

namespace models::records {

/// One CSV file of a record: its first line names the columns, every further line is a row. What is
/// wrong with a line as such is told here.
class TraceFile {
 public:
  TraceFile(const std::string& path, TraceFaults& faults);

  /// False, with a fault, if there is no first line to be had.
  bool read_header();
  std::optional<std::size_t> column(std::string_view name) const;
  const std::vector<std::string>& columns() const { return columns_; }
  /// Columns that no reader asked for by name.
  std::vector<std::string> unused_columns() const;
  /// Only the first so many fields of a row are looked at from now on.
  void need_columns(std::size_t count) { needed_ = count; }

  /// The next row that is sound; false at the end.
  bool next();
  std::string_view operator[](std::size_t column) const { return row_[column]; }
  std::string_view field(const std::optional<std::size_t>& column) const {
    return column ? row_[*column] : std::string_view{};
  }
  std::uint64_t line() const { return reader_.number(); }
  const std::string& path() const { return path_; }
  void fault(std::string message) { faults_.add(path_, line(), std::move(message)); }

 private:
  std::string path_;
  TraceFaults& faults_;
  LineReader reader_;
  CsvRow row_;
  std::vector<std::string> columns_;
  mutable std::vector<bool> asked_;
  std::size_t needed_{};
};

/// A name as it is printed in a message: cut, without control characters.
std::string in_quotes(std::string_view text);

/// A plain decimal number from 0 on; empty for anything else.
std::optional<double> parse_count(std::string_view text);

}  // namespace models::records
