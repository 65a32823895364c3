#include "models/records/reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/scenario/trimmed.h"

namespace models::records {
namespace {

using scenario::trimmed;

constexpr std::array<std::string_view, roles> role_names{
    "time",       "unit",  "rack", "machine",    "slot",     "model",     "failure", "hours",
    "datacenter", "vault", "pod",  "drive_days", "failures", "installed", "removed"};
/// Of what is said of the list of units alone.
constexpr std::string_view of_list = "list.";

bool take_prefix(std::string_view& name) {
  const bool there = name.starts_with(of_list);
  if (there) name.remove_prefix(of_list.size());
  return there;
}

}  // namespace

std::string_view to_string(Role role) { return role_names[static_cast<std::size_t>(role)]; }

Reading reading_of_list(const Reading& reading) {
  Reading result = reading;
  for (std::size_t role = 0; role < roles; ++role) {
    if (reading.list_columns[role]) result.columns[role] = reading.list_columns[role];
  }
  result.where = reading.list_where;
  return result;
}

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
    std::string_view name = trimmed(pair.substr(0, equals));
    const bool list = take_prefix(name);
    const auto* role = std::ranges::find(role_names, name);
    if (role == role_names.end()) {
      return fmt::format("'{}' is no role of a column; there are {}", name,
                         fmt::join(role_names, ", "));
    }
    auto& columns = list ? reading.list_columns : reading.columns;
    auto& column = columns[static_cast<std::size_t>(role - role_names.begin())];
    if (column) return fmt::format("{} is named twice", name);
    column = std::string{trimmed(pair.substr(equals + 1))};
  }
  return {};
}

std::string read_where(std::string_view text, Reading& reading) {
  const std::size_t equals = text.find('=');
  Condition condition;
  bool list = false;
  if (equals != std::string_view::npos && equals > 0) {
    condition.differs = text[equals - 1] == '!';
    std::string_view name = trimmed(text.substr(0, condition.differs ? equals - 1 : equals));
    list = take_prefix(name);
    condition.column = name;
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
  (list ? reading.list_where : reading.where).push_back(std::move(condition));
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
