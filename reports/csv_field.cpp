#include "reports/csv_field.h"

#include "reports/words/number_text.h"

namespace reports {

std::string csv_field(std::string_view text) {
  std::string result{text};
  if (!result.empty() && std::string_view{"=+-@\t\r"}.find(result[0]) != std::string_view::npos) {
    result.insert(0, "'");
  }
  if (result.find_first_of(",\"\r\n") == std::string::npos) return result;
  for (std::size_t at = 0; (at = result.find('"', at)) != std::string::npos; at += 2) {
    result.insert(at, "\"");
  }
  return "\"" + result + "\"";
}

std::string csv_number(const std::optional<double>& value) {
  return value ? exact_text(*value) : "";
}

std::string csv_line(const std::vector<std::string>& fields) {
  std::string line;
  bool first = true;
  for (const std::string& text : fields) {
    if (!first) line += ',';
    line += text;
    first = false;
  }
  return line + "\n";
}

}  // namespace reports
