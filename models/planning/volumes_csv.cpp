#include "models/planning/volumes_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

namespace models::planning {
namespace {

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(by);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  if (!whole || !std::isfinite(value) || value < 0) return std::nullopt;
  return value;
}

/// Months since year 0 of "2025-01".
std::optional<int> month_of(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5));
  if (!year || !month || *month < 1 || *month > 12) return std::nullopt;
  return static_cast<int>(*year) * 12 + static_cast<int>(*month) - 1;
}

struct Month {
  int month{};
  double objects{};
  double bytes{};
};

Volumes faulty(std::size_t line, std::string_view what) {
  Volumes volumes;
  volumes.fault = fmt::format("line {}: {}", line, what);
  return volumes;
}

}  // namespace

Volumes read_volumes(std::string_view csv) {
  if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);
  std::vector<Month> months;
  std::size_t line = 0;
  std::size_t columns = 0;
  for (std::string_view row : split(csv, '\n')) {
    ++line;
    if (row.ends_with('\r')) row.remove_suffix(1);
    if (row.empty()) continue;
    const auto cells = split(row, ',');
    if (columns == 0) {
      const bool known = row == "month,objects" || row == "month,objects,bytes";
      if (!known) return faulty(line, "must be 'month,objects' or 'month,objects,bytes'");
      columns = cells.size();
      continue;
    }
    if (cells.size() != columns) return faulty(line, fmt::format("must have {} cells", columns));
    const auto month = month_of(cells[0]);
    const auto objects = number(cells[1]);
    const auto bytes = columns == 3 ? number(cells[2]) : std::optional(0.0);
    if (!month) return faulty(line, "the month must be like 2025-01");
    if (!objects || !bytes) return faulty(line, "must be plain numbers, not negative");
    if (!months.empty() && *month != months.back().month + 1) {
      return faulty(line, "months must follow one another");
    }
    months.push_back({*month, *objects, *bytes});
  }
  if (months.empty()) return faulty(line, "has no month");
  const std::size_t last = std::min<std::size_t>(12, months.size());
  Volumes volumes{
      .objects_per_year = 0, .size = {}, .months = static_cast<int>(months.size()), .fault = {}};
  double bytes = 0;
  for (std::size_t i = months.size() - last; i < months.size(); ++i) {
    volumes.objects_per_year += months[i].objects;
    bytes += months[i].bytes;
  }
  if (bytes > 0 && volumes.objects_per_year > 0) volumes.size = {bytes / volumes.objects_per_year};
  volumes.objects_per_year *= 12.0 / static_cast<double>(last);
  return volumes;
}

}  // namespace models::planning
