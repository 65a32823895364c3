#pragma once

#include <cstdint>
#include <string>

#include "models/scenario/diagnostic.h"

namespace models::records {

/// The faults of the files of one record, each with its line: the first `most` of rows, how many
/// more, and what ended the reading.
class TraceFaults {
 public:
  static constexpr std::size_t most = 20;

  /// Of a row: it is left out.
  void add(const std::string& file, std::uint64_t line, std::string message);
  /// Of the file as such: there is no record.
  void fatal(const std::string& file, std::uint64_t line, std::string message);
  bool any() const { return count_ > 0; }
  bool any_fatal() const { return fatal_; }
  /// They end the reading: any of them where it is strict, else those of most of so many rows.
  bool too_many(std::uint64_t rows, bool strict) const {
    return any() && (strict || 2 * rows_ > rows);
  }
  std::uint64_t count() const { return count_; }
  std::uint64_t rows() const { return rows_; }  ///< with one or more of them
  scenario::Diagnostics take() &&;

 private:
  void show(const std::string& file, std::uint64_t line, std::string message);
  scenario::Diagnostics shown_;
  std::uint64_t count_{};
  std::uint64_t rows_{};
  std::uint64_t last_line_{};
  std::string last_file_;
  bool fatal_{};
};

}  // namespace models::records
