#include "models/records/reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace models::records {
namespace {

constexpr std::array<std::string_view, roles> role_names{
    "time",  "unit",       "rack",  "machine", "slot",       "model",   "failure",
    "hours", "datacenter", "vault", "pod",     "drive_days", "failures"};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string_view to_string(Role role) { return role_names[static_cast<std::size_t>(role)]; }

std::string read_columns(std::string_view text, Reading& reading) {
  for (bool more = true; more;) {
    const std::size_t comma = text.find(',');
    const std::string_view pair = text.substr(0, comma);
    more = comma != std::string_view::npos;
    if (more) text.remove_prefix(comma + 1);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) {
      return fmt::format("ROLE=COLUMN is needed, such as unit=Server/Slot,time=Date, got '{}'",
                         pair);
    }
    const std::string_view name = trimmed(pair.substr(0, equals));
    const auto* role = std::ranges::find(role_names, name);
    if (role == role_names.end()) {
      return fmt::format("'{}' is no role of a column; there are {}", name,
                         fmt::join(role_names, ", "));
    }
    auto& column = reading.columns[static_cast<std::size_t>(role - role_names.begin())];
    if (column) return fmt::format("{} is named twice", name);
    column = std::string{trimmed(pair.substr(equals + 1))};
  }
  return {};
}

std::string read_where(std::string_view text, Reading& reading) {
  const std::size_t equals = text.find('=');
  Condition condition;
  if (equals != std::string_view::npos && equals > 0) {
    condition.differs = text[equals - 1] == '!';
    condition.column = trimmed(text.substr(0, condition.differs ? equals - 1 : equals));
  }
  if (condition.column.empty()) {
    return fmt::format("COLUMN=VALUE is needed, such as Action=replacement, got '{}'", text);
  }
  text.remove_prefix(equals + 1);
  for (;;) {
    const std::size_t bar = text.find('|');
    condition.values.emplace_back(trimmed(text.substr(0, bar)));
    if (bar == std::string_view::npos) break;
    text.remove_prefix(bar + 1);
  }
  reading.where.push_back(std::move(condition));
  return {};
}

std::string read_dates(std::string_view text, Reading& reading) {
  constexpr std::array<std::pair<std::string_view, DateForm>, 5> forms{
      {{"auto", DateForm::automatic},
       {"iso", DateForm::iso},
       {"us", DateForm::month_first},
       {"eu", DateForm::day_first},
       {"epoch", DateForm::epoch}}};
  for (const auto& [name, form] : forms) {
    if (name != text) continue;
    reading.dates = form;
    return {};
  }
  return fmt::format("auto, iso, us (month first), eu (day first) or epoch is needed, got '{}'",
                     text);
}

}  // namespace models::records
