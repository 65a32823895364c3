#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/records/csv_row.h"
#include "models/records/header.h"
#include "models/records/line_reader.h"
#include "models/records/reading.h"
#include "models/records/trace_faults.h"

namespace models::records {

/// One CSV file of a record: its first line names the columns, every further line is a row. What is
/// wrong with a line as such is told here. The separator is the one that the first line has most
/// of: a comma, a semicolon, a tab or a bar.
class TraceFile {
 public:
  TraceFile(const SourceName& source, const Reading& reading, TraceFaults& faults);

  /// False, with a fault, if there is no first line to be had, or no column of --where.
  bool read_header();
  const Header& header() const { return header_; }
  /// The columns of a role; a fault if two could be meant, or the one that is named is not there.
  Columns columns(Role role);
  std::optional<std::size_t> column(std::string_view name);
  /// Columns that no reader asked for, as they are written.
  std::vector<std::string> unused_columns() const;
  /// Only the fields that were asked for are looked at from now on.
  void need_asked_columns();

  /// The next row that is sound and that --where takes; false at the end.
  bool next();
  /// Without blanks around it.
  std::string_view operator[](std::size_t column) const;
  std::string_view field(const std::optional<std::size_t>& column) const {
    return column ? (*this)[*column] : std::string_view{};
  }
  /// Fields joined by '/', or by `joint`; empty without columns. Good until the next call.
  std::string_view field(const Columns& columns, char joint = '/');

  std::uint64_t line() const { return reader_.number(); }
  std::uint64_t rows() const { return rows_; }
  std::uint64_t rows_left_out() const { return rows_left_out_; }
  const std::string& path() const { return path_; }
  const Reading& reading() const { return reading_; }
  void fault(std::string message) { faults_.add(path_, line(), std::move(message)); }
  void fatal(std::string message) { faults_.fatal(path_, line(), std::move(message)); }
  bool any_fatal() const { return faults_.any_fatal(); }

 private:
  struct Wanted {
    std::size_t column;
    const Condition* condition;
  };
  bool is_wanted() const;
  bool is_sound(std::string_view line);

  std::string path_;
  const Reading& reading_;
  TraceFaults& faults_;
  LineReader reader_;
  CsvRow row_;
  char separator_{','};
  Header header_;
  std::vector<bool> asked_;
  std::vector<Wanted> where_;
  std::size_t needed_{};
  std::string joined_;
  std::uint64_t rows_{};
  std::uint64_t rows_left_out_{};
};

/// A name as it is printed in a message: cut, without control characters.
std::string in_quotes(std::string_view text);

/// What keeps a text from being a name: more than 256 bytes, or bytes that are no UTF-8; empty if
/// nothing does.
std::string against_name(std::string_view text);

/// A plain decimal number from 0 on; empty for anything else.
std::optional<double> parse_count(std::string_view text);

}  // namespace models::records
