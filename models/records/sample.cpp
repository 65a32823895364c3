#include "models/records/sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/records/sample_parts.h"

namespace models::records {
namespace {

/// An option that the record has no use for must not be passed over.
void refuse_unused(const Trace& trace, const Watched& watched, TraceFaults& faults) {
  const bool log = trace.layout == Layout::failures || trace.layout == Layout::alpine;
  const auto refuse = [&](bool given, std::string_view option, std::string_view why) {
    if (given) faults.add(trace.file, 0, fmt::format("{}: {}", option, why));
  };
  const std::string has =
      fmt::format("a {} says by itself which units there are, and when", to_string(trace.layout));
  if (!log) {
    refuse(watched.population.has_value(), "--population", has);
    refuse(watched.inventory.has_value(), "--units", has);
    refuse(watched.installed.has_value(), "--installed", has);
    refuse(watched.from.has_value() || watched.until.has_value(), "--from, --until", has);
    return;
  }
  if (!watched.inventory) return;
  const std::string listed = "the list of --units says it";
  refuse(watched.population.has_value(), "--population", listed);
  refuse(watched.installed.has_value(), "--installed", listed);
}

}  // namespace

Window window_of(const FailureLog& log, const Watched& watched, Sample& sample) {
  const Day first = day_of(log.failures.front().at);
  const Day last = day_of(log.failures.back().at);
  Window window{start_of(watched.from.value_or(first)), start_of(watched.until.value_or(last) + 1)};
  if (!watched.from || !watched.until) {
    sample.assumptions.push_back(fmt::format(
        "failures were written down from {} to {}{}", date_text(watched.from.value_or(first)),
        date_text(watched.until.value_or(last)),
        watched.from || watched.until ? "" : ", the days of the first and the last one"));
  }
  sample.from = window.from;
  sample.until = window.until;
  return window;
}

Seconds moment_of(const FailureLog& log, const Failure& failure) {
  return failure.at + 0.5 * log.resolution;
}

void add_exposure(Sample& sample, Seconds from, Seconds until, double units) {
  if (!(from < until)) return;
  const int last = year_of(day_of(until));
  for (int year = year_of(day_of(from)); year <= last; ++year) {
    const Seconds begin = std::max(from, start_of(first_day_of(year)));
    const Seconds end = std::min(until, start_of(first_day_of(year + 1)));
    if (begin < end) sample.by_year[year].unit_years += units * sim::in_years(end - begin);
  }
  sample.all.unit_years += units * sim::in_years(until - from);
}

void add_failure(const Failure& failure, const Place& place, Seconds at, Sample& sample) {
  sample.by_year[year_of(day_of(at))].failures += 1;
  sample.all.failures += 1;
  const PlaceNumbers numbers = numbers_of(place, sample);
  sample.happenings.push_back({failure.at, failure.unit, numbers.rack, numbers.machine});
}

PlaceNumbers numbers_of(const Place& place, Sample& sample) {
  PlaceNumbers numbers;
  if (!place.rack.empty()) numbers.rack = sample.racks.number(place.rack);
  // A machine is told by its rack too: "enclosure 1" is in every rack.
  if (!place.machine.empty()) {
    numbers.machine = sample.machines.number(place.rack + "/" + place.machine);
  }
  return numbers;
}

scenario::Checked<Sample> make_sample(const Trace& trace, const Watched& watched) {
  Sample sample;
  TraceFaults faults;
  refuse_unused(trace, watched, faults);
  if (faults.any()) return std::move(faults).take();
  switch (trace.layout) {
    case Layout::failures:
    case Layout::alpine:
      (watched.inventory ? sample_inventory : sample_places)(trace, watched, sample, faults);
      break;
    case Layout::drive_days:
      sample_drive_days(trace, watched, sample, faults);
      break;
    case Layout::model_table:
      sample_table(trace, watched, sample, faults);
      break;
  }
  if (!faults.any() && !(sample.all.unit_years > 0)) {
    faults.add(trace.file, 0, "no unit was watched for any time under these options");
  }
  if (faults.any()) return std::move(faults).take();
  return sample;
}

}  // namespace models::records
