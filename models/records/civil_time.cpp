#include "models/records/civil_time.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>

namespace models::records {
namespace {

constexpr int first_year = 1900;
constexpr int last_year = 2200;

/// Takes text apart from the left.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool done() const { return text_.empty(); }
  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  /// Exactly so many digits.
  std::optional<int> digits(std::size_t count) {
    if (text_.size() < count) return std::nullopt;
    int value = 0;
    for (const char c : text_.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    text_.remove_prefix(count);
    return value;
  }
  /// What stands behind a point, as a part of one.
  std::optional<double> fraction() {
    double value = 0;
    double unit = 0.1;
    std::size_t count = 0;
    while (count < text_.size() && text_[count] >= '0' && text_[count] <= '9') {
      value += unit * (text_[count] - '0');
      unit /= 10;
      ++count;
    }
    text_.remove_prefix(count);
    if (count == 0) return std::nullopt;
    return value;
  }

 private:
  std::string_view text_;
};

Day count_of(const std::chrono::year_month_day& date) {
  return static_cast<Day>(std::chrono::sys_days{date}.time_since_epoch().count());
}

std::optional<Day> read_day(Reader& reader) {
  const auto year = reader.digits(4);
  if (!year || !reader.take('-')) return std::nullopt;
  const auto month = reader.digits(2);
  if (!month || !reader.take('-')) return std::nullopt;
  const auto day = reader.digits(2);
  if (!day || *year < first_year || *year > last_year) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return count_of(date);
}

/// "14:41:12", "14:41" or "14:41:12.5", in seconds.
std::optional<double> read_clock(Reader& reader) {
  const auto hours = reader.digits(2);
  if (!hours || *hours > 23 || !reader.take(':')) return std::nullopt;
  const auto minutes = reader.digits(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  double seconds = 3600.0 * *hours + 60.0 * *minutes;
  if (!reader.take(':')) return seconds;
  const auto whole = reader.digits(2);
  if (!whole || *whole > 59) return std::nullopt;
  seconds += *whole;
  if (!reader.take('.')) return seconds;
  const auto part = reader.fraction();
  if (!part) return std::nullopt;
  return seconds + *part;
}

/// Seconds that the local clock is ahead of UTC.
std::optional<double> read_zone(Reader& reader) {
  if (reader.done() || reader.take('Z')) return 0;
  double sign = 1;
  if (reader.take('-')) {
    sign = -1;
  } else if (!reader.take('+')) {
    return std::nullopt;
  }
  const auto hours = reader.digits(2);
  if (!hours || *hours > 14) return std::nullopt;
  if (reader.done()) return sign * 3600.0 * *hours;
  reader.take(':');
  const auto minutes = reader.digits(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return sign * (3600.0 * *hours + 60.0 * *minutes);
}

std::chrono::year_month_day civil(Day day) {
  return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{day}}};
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
  Reader reader(text);
  const auto day = read_day(reader);
  return reader.done() ? day : std::nullopt;
}

std::optional<Seconds> parse_time(std::string_view text) {
  Reader reader(text);
  const auto day = read_day(reader);
  if (!day) return std::nullopt;
  if (reader.done()) return start_of(*day);
  if (!reader.take('T') && !reader.take(' ')) return std::nullopt;
  const auto clock = read_clock(reader);
  if (!clock) return std::nullopt;
  const auto ahead = read_zone(reader);
  if (!ahead || !reader.done()) return std::nullopt;
  return start_of(*day) + Seconds{*clock - *ahead};
}

Day day_of(Seconds since_1970) { return static_cast<Day>(std::floor(since_1970 / sim::day)); }

Seconds start_of(Day day) { return sim::days(day); }

int year_of(Day day) { return static_cast<int>(civil(day).year()); }

Day first_day_of(int year) {
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::January,
                                         std::chrono::day{1}};
  return count_of(date);
}

std::string date_text(Day day) {
  const auto date = civil(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string time_text(Seconds since_1970) {
  const Day day = day_of(since_1970);
  const auto minutes = static_cast<int>((since_1970 - start_of(day)) / sim::minute);
  return fmt::format("{} {:02}:{:02}", date_text(day), minutes / 60, minutes % 60);
}

}  // namespace models::records
