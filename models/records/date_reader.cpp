#include "models/records/date_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "models/scenario/trimmed.h"

namespace models::records {
namespace {

using scenario::trimmed;

constexpr int first_year = 1980;
constexpr int last_year = 2100;

std::string shown(std::string_view text) { return "'" + std::string{text.substr(0, 40)} + "'"; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// One or two digits from the left.
std::optional<int> take_number(std::string_view& text) {
  std::size_t count = 0;
  int value = 0;
  while (count < text.size() && count < 2 && is_digit(text[count])) {
    value = value * 10 + (text[count++] - '0');
  }
  if (count == 0) return std::nullopt;
  text.remove_prefix(count);
  return value;
}

/// "3/4/2019" with either separator, and what stands behind it.
struct Numbers {
  int first{};
  int second{};
  int year{};
  char separator{};
  std::string_view rest;
};
std::optional<Numbers> numbers_of(std::string_view text) {
  Numbers result;
  const auto first = take_number(text);
  if (!first || text.empty() || (text[0] != '/' && text[0] != '.' && text[0] != '-')) {
    return std::nullopt;
  }
  result.separator = text[0];
  text.remove_prefix(1);
  const auto second = take_number(text);
  if (!second || text.size() < 5 || text[0] != result.separator) return std::nullopt;
  text.remove_prefix(1);
  if (!std::all_of(text.begin(), text.begin() + 4, is_digit)) return std::nullopt;
  std::from_chars(text.data(), text.data() + 4, result.year);
  text.remove_prefix(4);
  if (!text.empty() && is_digit(text[0])) return std::nullopt;
  result.first = *first;
  result.second = *second;
  result.rest = text;
  return result;
}

bool has_two_readings(const Numbers& numbers) { return numbers.separator != '.'; }

/// "2:41:12 PM" or "9:05" as ISO has it: "14:41:12", "09:05". Anything else stays.
std::string clock_of(std::string_view text) {
  int add = 0;
  bool half_day = false;
  for (const auto& [word, hours] : std::array<std::pair<std::string_view, int>, 8>{{{" PM", 12},
                                                                                    {" pm", 12},
                                                                                    {"PM", 12},
                                                                                    {"pm", 12},
                                                                                    {" AM", 0},
                                                                                    {" am", 0},
                                                                                    {"AM", 0},
                                                                                    {"am", 0}}}) {
    if (!text.ends_with(word)) continue;
    text.remove_suffix(word.size());
    half_day = true;
    add = hours;
    break;
  }
  std::string_view rest = text;
  const auto hour = take_number(rest);
  if (!hour || (half_day && (*hour < 1 || *hour > 12))) return std::string{text} + "?";
  return fmt::format("{:02}{}", half_day ? *hour % 12 + add : *hour, rest);
}

/// Words for UTC at the end, as ISO has it.
std::string with_zone(std::string_view text) {
  for (const std::string_view word : {" UTC", " GMT", "UTC", " Z"}) {
    if (text.ends_with(word)) return std::string{text.substr(0, text.size() - word.size())} + "Z";
  }
  // "2019-01-04 14:41:12 -0500"
  if (const std::size_t blank = text.rfind(' ');
      blank != std::string_view::npos && blank > 10 &&
      (text.substr(blank + 1).starts_with('+') || text.substr(blank + 1).starts_with('-'))) {
    return std::string{text.substr(0, blank)} + std::string{text.substr(blank + 1)};
  }
  return std::string{text};
}

std::optional<Seconds> civil(int year, int month, int day, std::string_view rest) {
  std::string text = fmt::format("{:04}-{:02}-{:02}", year, month, day);
  rest = trimmed(rest.starts_with('T') || rest.starts_with(',') ? rest.substr(1) : rest);
  if (!rest.empty()) text += " " + clock_of(rest);
  return parse_time(with_zone(text));
}

/// ISO 8601 with its liberties: slashes, no separators, words for the zone.
std::optional<Seconds> iso(std::string_view text) {
  if (const auto plain = parse_time(text)) return plain;
  std::string form = with_zone(text);
  if (form.size() >= 10 && form[4] == '/' && form[7] == '/') form[4] = form[7] = '-';
  const bool compact = form.size() >= 8 && std::all_of(form.begin(), form.begin() + 8, is_digit) &&
                       (form.size() == 8 || form[8] == 'T' || form[8] == ' ');
  if (compact) {
    form = form.substr(0, 4) + "-" + form.substr(4, 2) + "-" + form.substr(6);
    const bool clock =
        form.size() >= 17 && std::all_of(form.begin() + 11, form.begin() + 17, is_digit);
    if (clock) form = form.substr(0, 13) + ":" + form.substr(13, 2) + ":" + form.substr(15);
  }
  return parse_time(form);
}

bool is_number(std::string_view text) {
  return !text.empty() && is_digit(text[0]) && std::ranges::count(text, '.') <= 1 &&
         std::ranges::all_of(text, [](char c) { return is_digit(c) || c == '.'; });
}

bool is_plausible(Seconds at) {
  const int year = year_of(day_of(at));
  return year >= first_year && year <= last_year;
}

}  // namespace

std::optional<Seconds> DateReader::no(std::string reason) {
  why_ = std::move(reason);
  return std::nullopt;
}

/// Seconds since 1970, or a thousandth, millionth, ... of them: whichever gives a year of a record.
std::optional<Seconds> DateReader::number(std::string_view text) {
  double value{};
  std::from_chars(text.data(), text.data() + text.size(), value);
  for (const double unit : {1.0, 1e3, 1e6, 1e9}) {
    constexpr double longest = 1e11;  // seconds since 1970 as a count of days: year 5138
    if (value / unit < longest && is_plausible(Seconds{value / unit})) return Seconds{value / unit};
  }
  return no(fmt::format(
      "{} is no time of a record: as seconds since 1970 it is not in the years {} to {}",
      shown(text), first_year, last_year));
}

std::optional<Seconds> DateReader::in_order(std::string_view text) {
  const auto numbers = numbers_of(text);
  if (!numbers) {
    return no(
        fmt::format("{} is no time; it must be as 2019-01-04T14:41:12-0500 or 2019-01-04 "
                    "(ISO 8601), 1/4/2019 2:41 PM, or seconds since 1970",
                    shown(text)));
  }
  const bool dotted = !has_two_readings(*numbers);
  if (form_ == DateForm::automatic && !dotted) {
    DateOrder order;
    order.look(text);
    const bool neither = numbers->first > 12 && numbers->second > 12;
    const auto form = neither ? DateForm::month_first : order.form();
    if (!form) return no(order.why());
    DateReader reader{*form};
    const auto at = reader.in_order(text);
    why_ = reader.why();
    return at;
  }
  const bool day_first = dotted || form_ == DateForm::day_first;
  const auto at = day_first ? civil(numbers->year, numbers->second, numbers->first, numbers->rest)
                            : civil(numbers->year, numbers->first, numbers->second, numbers->rest);
  if (at) return at;
  return no(
      fmt::format("{} is no time with the {} first", shown(text), day_first ? "day" : "month"));
}

std::optional<Seconds> DateReader::read(std::string_view text) {
  text = trimmed(text);
  std::optional<Seconds> at = form_ == DateForm::epoch ? std::nullopt : iso(text);
  if (!at && is_number(text) && form_ != DateForm::iso) return number(text);
  if (!at && form_ == DateForm::epoch) {
    return no(fmt::format("{} is no count of seconds since 1970", shown(text)));
  }
  if (!at && form_ != DateForm::iso) at = in_order(text);
  if (!at) {
    if (form_ == DateForm::iso) why_ = fmt::format("{} is no time of ISO 8601", shown(text));
    return std::nullopt;
  }
  if (is_plausible(*at)) return at;
  return no(
      fmt::format("{} is no time of a record: years {} to {} are; a clock that was not set "
                  "says 1970",
                  shown(text), first_year, last_year));
}

bool DateOrder::look(std::string_view text) {
  const auto numbers = numbers_of(trimmed(text));
  if (!numbers || !has_two_readings(*numbers)) return !any() && !text.empty() ? false : true;
  if (first_.empty()) first_ = trimmed(text);
  if (numbers->first > 12) day_ = trimmed(text);
  if (numbers->second > 12) month_ = trimmed(text);
  const bool same = numbers->first == numbers->second;
  if (!same && alike_) {
    alike_ = false;
    first_ = trimmed(text);
  }
  return day_.empty() || month_.empty();
}

std::optional<DateForm> DateOrder::form() const {
  if (!day_.empty() && !month_.empty()) return std::nullopt;
  if (!day_.empty()) return DateForm::day_first;
  if (!month_.empty() || alike_) return DateForm::month_first;
  return std::nullopt;
}

std::string DateOrder::why() const {
  constexpr std::string_view remedy = "; --dates us says month first, --dates eu day first";
  if (!day_.empty() && !month_.empty()) {
    return fmt::format("{} has the month first and {} the day{}", shown(month_), shown(day_),
                       remedy);
  }
  const auto numbers = numbers_of(first_);
  if (!numbers) return {};
  return fmt::format(
      "{} has two readings, {:04}-{:02}-{:02} (month first) and "
      "{:04}-{:02}-{:02} (day first){}",
      shown(first_), numbers->year, numbers->first, numbers->second, numbers->year, numbers->second,
      numbers->first, remedy);
}

}  // namespace models::records
