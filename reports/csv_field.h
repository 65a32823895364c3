#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reports {

/// A text as a field of RFC 4180; one that a spreadsheet would run as a formula gets a quote before
/// it.
std::string csv_field(std::string_view text);

/// A number that reads back as the same double; empty if it is not known or not finite.
std::string csv_number(const std::optional<double>& value);

/// Fields that are ready, as one line with its end.
std::string csv_line(const std::vector<std::string>& fields);

}  // namespace reports
