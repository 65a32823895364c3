#include "models/repair/calendar.h"

#include <cmath>

namespace models::repair {

namespace {

constexpr Seconds day = sim::days(1);
constexpr int week = 7;

/// Whole days before `at`. A time that rounding has put a hair before an hour counts as that hour:
/// events are pushed at these hours and must find them changed.
double days_before(Seconds at) { return std::floor((at.value + 1e-3) / day.value); }

}  // namespace

double share_left(const scenario::BusyHours& busy, Seconds now) {
  const double hour = sim::in_hours(now + Seconds{1e-3} - days_before(now) * day);
  return hour >= busy.from && hour < busy.to ? busy.leaves : 1.0;
}

Seconds next_change(const scenario::BusyHours& busy, Seconds now) {
  const Seconds midnight = days_before(now) * day;
  const Seconds just_after = now + Seconds{1e-3};
  for (const double hour : {busy.from, busy.to}) {
    if (midnight + sim::hours(hour) > just_after) return midnight + sim::hours(hour);
  }
  return midnight + day + sim::hours(busy.from);
}

Seconds next_at_work(const scenario::WorkingHours& hours, Seconds at) {
  double number = days_before(at);
  while (true) {
    const Seconds opens = number * day + sim::hours(hours.from);
    const bool works = std::fmod(number, week) < hours.days;
    if (works && at <= opens) return opens;
    if (works && at < number * day + sim::hours(hours.to)) return at;
    ++number;
  }
}

}  // namespace models::repair
