#include "models/records/csv_row.h"

#include <algorithm>

namespace models::records {

bool CsvRow::split(std::string_view line, std::size_t most, char separator) {
  fields_.clear();
  unquoted_.clear();
  while (fields_.size() < most) {
    if (line.starts_with('"')) {
      if (!quoted(line, separator)) return false;
    } else {
      const std::size_t length = std::min(line.find(separator), line.size());
      fields_.push_back(line.substr(0, length));
      line.remove_prefix(length);
    }
    if (line.empty()) return true;
    line.remove_prefix(1);  // the separator
  }
  return true;
}

bool CsvRow::quoted(std::string_view& rest, char separator) {
  std::string& text = unquoted_.emplace_back();
  rest.remove_prefix(1);
  for (;;) {
    const std::size_t quote = rest.find('"');
    if (quote == std::string_view::npos) return false;
    text.append(rest.substr(0, quote));
    rest.remove_prefix(quote + 1);
    if (!rest.starts_with('"')) break;
    text += '"';
    rest.remove_prefix(1);
  }
  fields_.push_back(text);
  return rest.empty() || rest.front() == separator;
}

}  // namespace models::records
