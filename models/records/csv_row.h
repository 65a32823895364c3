#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace models::records {

/// The fields of one line of a CSV file (RFC 4180, fields within one line), or of one that has
/// another separator.
class CsvRow {
 public:
  /// False if a quote does not end, or text stands behind one. Fields beyond `most` are left out.
  bool split(std::string_view line, std::size_t most, char separator = ',');
  std::size_t size() const { return fields_.size(); }
  /// Empty if the row has no such field. Good until the next split() and as long as the line.
  std::string_view operator[](std::size_t index) const {
    return index < fields_.size() ? fields_[index] : std::string_view{};
  }

 private:
  bool quoted(std::string_view& rest, char separator);

  std::vector<std::string_view> fields_;
  std::deque<std::string> unquoted_;  ///< what is not a piece of the line as it stands
};

}  // namespace models::records
