#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/records/civil_time.h"
#include "models/records/reading.h"

namespace models::records {

/// Reads the times of a column: ISO 8601 (civil_time.h), also 2019/01/04 and 20190104; 1/4/2019 and
/// 01/04/2019 2:41:12 PM with the month or the day first; 04.01.2019; seconds, milliseconds, micro-
/// or nanoseconds since 1970. Without a zone they are UTC.
class DateReader {
 public:
  explicit DateReader(DateForm form = DateForm::automatic) : form_(form) {}

  /// Years 1980 to 2100: before it there was no disk of a record, and 1970 is a clock that was
  /// never set. Empty for anything else; why() says it.
  std::optional<Seconds> read(std::string_view text);
  const std::string& why() const { return why_; }

 private:
  std::optional<Seconds> no(std::string reason);
  std::optional<Seconds> in_order(std::string_view text);
  std::optional<Seconds> number(std::string_view text);
  DateForm form_;
  std::string why_;
};

/// Which of day and month comes first in dates such as 3/4/2019: looks at them one by one.
class DateOrder {
 public:
  /// Whether more of them may be wanted.
  bool look(std::string_view text);
  bool any() const { return !first_.empty(); }
  /// The one that every date allows; empty, with both readings in why(), if there is no such one.
  std::optional<DateForm> form() const;
  std::string why() const;

 private:
  std::string first_;        ///< of two readings
  std::string month_, day_;  ///< dates that have the month, and the day, first and no other way
  bool alike_{true};         ///< day and month are one number in all of `first_`'s kind
};

}  // namespace models::records
