// Samples of days of drives, and of tables of them.
#include <fmt/format.h>

#include <algorithm>

#include "models/records/sample_parts.h"
#include "models/records/trace_file.h"

namespace models::records {
namespace {

constexpr double days_per_year = sim::year / sim::day;

/// Age at which a drive began to be watched; empty if nobody knows it.
std::optional<Seconds> entry_of(const Drive& drive, const DriveDays& drives) {
  if (drive.age_days >= 0) return sim::days(static_cast<double>(drive.age_days));
  // One that appears in the midst of a record has just been put in.
  if (drive.first > drives.first) return Seconds{0};
  return std::nullopt;
}

std::optional<std::uint32_t> chosen_model(const Trace& trace, const Watched& watched,
                                          TraceFaults& faults) {
  if (watched.model.empty()) return std::nullopt;
  const auto model = trace.drives.models.find(watched.model);
  if (!model) {
    faults.add(trace.file, 0, fmt::format("--model: there is no {}", in_quotes(watched.model)));
  }
  return model;
}

void add_drive(const Drive& drive, std::uint32_t number, const DriveDays& drives, Sample& sample) {
  const double unit_years = drive.days / days_per_year;
  if (const auto entry = entry_of(drive, drives)) {
    const Seconds watched = sim::days(drive.last - drive.first + 1);
    sample.lives.push_back({*entry, *entry + watched, drive.failed, 1,
                            start_of(drive.first) - *entry, number, drive.place});
  } else {
    sample.without_age.unit_years += unit_years;
    if (drive.failed) sample.without_age.failures += 1;
  }
  if (!drive.failed) return;
  sample.happenings.push_back({start_of(drive.last), number, no_place, drive.place});
}

}  // namespace

void sample_drive_days(const Trace& trace, const Watched& watched, Sample& sample,
                       TraceFaults& faults) {
  const DriveDays& drives = trace.drives;
  const auto model = chosen_model(trace, watched, faults);
  if (faults.any()) return;
  for (const auto& [key, count] : drives.by_model_and_year) {
    if (model && key.first != *model) continue;
    const double unit_years = count.days / days_per_year;
    for (Count* sum :
         {&sample.by_year[key.second], &sample.by_model[drives.models[key.first]], &sample.all}) {
      sum->unit_years += unit_years;
      sum->failures += count.failures;
    }
  }
  for (std::uint32_t number = 0; number < drives.drives.size(); ++number) {
    const Drive& drive = drives.drives[number];
    if (!model || drive.model == *model) add_drive(drive, number, drives, sample);
  }
  std::ranges::stable_sort(sample.happenings, {}, &Happening::at);
  sample.resolution = sim::day;
  for (std::uint32_t place = 0; place < drives.places.size(); ++place) {
    sample.machines.number(drives.places[place]);
  }
  sample.from = start_of(drives.first);
  sample.until = start_of(drives.last + 1);
  sample.assumptions.emplace_back(
      "a drive's age is its own count of hours (SMART 9); one without it that appears later than "
      "the record begins was new");
  sample.assumptions.emplace_back("a drive that is seen no more was taken out in good health");
  if (drives.rows_after_failure > 0) {
    sample.assumptions.push_back(
        fmt::format("{} days of drives that had been written down as failed are left out",
                    drives.rows_after_failure));
  }
}

void sample_table(const Trace& trace, const Watched& watched, Sample& sample, TraceFaults& faults) {
  for (const ModelRow& row : trace.models) {
    if (!watched.model.empty() && row.model != watched.model) continue;
    const Count count{row.drive_days / days_per_year, row.failures};
    sample.by_model[row.model] = count;
    sample.all.unit_years += count.unit_years;
    sample.all.failures += count.failures;
  }
  if (sample.by_model.empty()) {
    faults.add(trace.file, 0, fmt::format("--model: there is no {}", in_quotes(watched.model)));
  }
  sample.without_age = sample.all;
}

}  // namespace models::records
