#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/quantity.h"

/// Calendar of records: proleptic Gregorian, UTC, without leap seconds.
namespace models::records {

using sim::Seconds;

/// Days since 1970-01-01.
using Day = int;

/// "2019-01-04". Years 1900 to 2200; empty for anything else.
std::optional<Day> parse_day(std::string_view text);

/// Seconds since 1970-01-01T00:00Z of "2019-01-04", "2019-01-04T14:41:12", with a blank for the T,
/// a fraction of the second, and Z, +hh, +hhmm or +hh:mm behind it (ISO 8601). Without a zone it is
/// UTC. Empty for anything else, such as hour 24 or 30 February.
std::optional<Seconds> parse_time(std::string_view text);

Day day_of(Seconds since_1970);
Seconds start_of(Day day);
int year_of(Day day);
/// 1 January of the year.
Day first_day_of(int year);
/// "2019-01-04".
std::string date_text(Day day);
/// "2019-01-04 19:41", UTC.
std::string time_text(Seconds since_1970);

}  // namespace models::records
