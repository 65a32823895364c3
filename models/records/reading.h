#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace models::records {

/// What a column of a record says.
enum class Role {
  time,
  unit,
  rack,
  machine,
  slot,
  model,
  failure,     ///< 1 on the day on which a drive failed
  hours,       ///< that a drive has been on (SMART 9)
  datacenter,  ///< of a drive: with vault and pod, its place
  vault,
  pod,
  drive_days,  ///< of a model
  failures,    ///< of a model
  installed,   ///< when a listed unit was put in
  removed,     ///< when it was taken out
};
inline constexpr std::size_t roles = 15;
std::string_view to_string(Role role);

/// How dates are written that several readings fit. Automatic: only what has one reading is read.
enum class DateForm { automatic, iso, month_first, day_first, epoch };

/// Only rows whose column holds one of these values, or none of them.
struct Condition {
  std::string column;
  std::vector<std::string> values;
  bool differs{};
};

/// By role: the column's name, or several joined by '/'; "" for none. Unset: by its synonyms.
using NamedColumns = std::array<std::optional<std::string>, roles>;

/// How a record is to be read, where its first line does not say it.
struct Reading {
  NamedColumns columns;
  NamedColumns list_columns;          ///< of the list of units alone
  std::vector<Condition> where;       ///< of the record
  std::vector<Condition> list_where;  ///< of the list of units
  DateForm dates{DateForm::automatic};
  bool strict{};  ///< one faulty row, and there is no record
};

/// How the list of units is to be read: by its own columns; by those of the record where the list
/// names none of its own. It has conditions of its own only.
Reading reading_of_list(const Reading& reading);

/// Adds "unit=Server/Enclosure/Slot,time=Timestamp"; what is wrong with it, or nothing. "list."
/// before a role means the list of units alone, as it does before the column of a condition.
std::string read_columns(std::string_view text, Reading& reading);
/// Adds "Action=replacement", "Action=replacement|removal" or "Action!=test"; likewise.
std::string read_where(std::string_view text, Reading& reading);
/// "auto", "iso", "us" (month first), "eu" (day first) or "epoch"; likewise.
std::string read_dates(std::string_view text, Reading& reading);

}  // namespace models::records
