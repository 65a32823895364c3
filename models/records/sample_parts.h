#pragma once

#include "models/records/sample.h"
#include "models/records/trace_faults.h"

/// One sample per kind of record: the inside of make_sample().
namespace models::records {

void sample_places(const Trace& trace, const Watched& watched, Sample& sample, TraceFaults& faults);
void sample_inventory(const Trace& trace, const Watched& watched, Sample& sample,
                      TraceFaults& faults);
void sample_drive_days(const Trace& trace, const Watched& watched, Sample& sample,
                       TraceFaults& faults);
void sample_table(const Trace& trace, const Watched& watched, Sample& sample, TraceFaults& faults);

/// First instant, and the one after the last, in which failures of a log are looked at.
struct Window {
  Seconds from{};
  Seconds until{};
};
Window window_of(const FailureLog& log, const Watched& watched, Sample& sample);

/// When a failure was, as far as its step of time tells: the middle of it.
Seconds moment_of(const FailureLog& log, const Failure& failure);

/// Numbers of a place among the racks and machines of a sample, which grow by it.
struct PlaceNumbers {
  std::uint32_t rack{no_place};
  std::uint32_t machine{no_place};
};
PlaceNumbers numbers_of(const Place& place, Sample& sample);

/// Adds unit-years to the calendar years that they fall in.
void add_exposure(Sample& sample, Seconds from, Seconds until, double units);
/// Counts a failure, and keeps it for the tests of clustering.
void add_failure(const Failure& failure, const Place& place, Seconds at, Sample& sample);

}  // namespace models::records
