#pragma once

#include "models/scenario/scenario.h"

/// Hours of the day and days of the week. Time 0 is midnight, and the first day of a week.
namespace models::repair {

/// Share of the bandwidth that clients leave to rebuilding, (0, 1].
double share_left(const scenario::BusyHours& busy, Seconds now);
/// When that changes next; after `now`.
Seconds next_change(const scenario::BusyHours& busy, Seconds now);

/// The first time not before `at` that is within working hours.
Seconds next_at_work(const scenario::WorkingHours& hours, Seconds at);

}  // namespace models::repair
