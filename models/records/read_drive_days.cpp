// Drive statistics as daily snapshots, in the layout that Backblaze publishes: a row for every
// drive and day. Rows are added up as they come; memory grows with the drives, not with the days.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "models/records/date_reader.h"
#include "models/records/layouts.h"

namespace models::records {
namespace {

/// The columns of one file: they differ from year to year.
struct Known {
  explicit Known(TraceFile& file)
      : date(file.columns(Role::time)),
        serial(file.columns(Role::unit)),
        model(file.columns(Role::model)),
        failure(file.columns(Role::failure)),
        rack(file.columns(Role::rack)),
        machine(file.columns(Role::machine)),
        datacenter(file.columns(Role::datacenter)),
        vault(file.columns(Role::vault)),
        pod(file.columns(Role::pod)),
        hours(file.columns(Role::hours)) {}

  Columns date, serial, model, failure;
  Columns rack, machine;  ///< or, as Backblaze has it:
  Columns datacenter, vault, pod;
  Columns hours;  ///< that the drive has been on
};

/// A fleet of more is none that is known.
constexpr std::size_t most_drives = 4'000'000;
constexpr std::uint64_t most_name_bytes = std::uint64_t{256} << 20U;

std::optional<bool> failed_of(std::string_view text) {
  constexpr std::array<std::string_view, 6> no{"0", "false", "False", "FALSE", "no", "0.0"};
  constexpr std::array<std::string_view, 6> yes{"1", "true", "True", "TRUE", "yes", "1.0"};
  if (std::ranges::find(no, text) != no.end()) return false;
  if (std::ranges::find(yes, text) != yes.end()) return true;
  return std::nullopt;
}

class DriveDayReader {
 public:
  DriveDayReader(TraceFile& file, DateForm dates, Trace& trace)
      : file_(file), dates_(dates), drives_(trace.drives), columns_(file) {}

  void read() {
    if (file_.any_fatal()) return;
    file_.need_asked_columns();
    while (file_.next() && has_room()) read_row();
  }

 private:
  std::optional<Day> day_of_row() {
    const std::string_view text = file_.field(columns_.date);
    if (text == last_date_) return last_day_;  // a file holds one day, or days in a row
    const auto at = dates_.read(text);
    if (!at) {
      file_.fault(dates_.why());
      return std::nullopt;
    }
    last_date_ = text;
    last_day_ = records::day_of(*at);
    return last_day_;
  }

  bool has_room() {
    if (drives_.drives.size() < most_drives && drives_.serials.bytes() < most_name_bytes &&
        drives_.models.bytes() + drives_.places.bytes() < most_name_bytes) {
      return true;
    }
    file_.fatal(
        fmt::format("holds more than {} drives, or names of more than {} MiB: are they days "
                    "of drives?",
                    most_drives, most_name_bytes >> 20U));
    return false;
  }

  void read_row() {
    const auto day = day_of_row();
    std::string_view serial = file_.field(columns_.serial);
    if (columns_.serial.size() > 1)
      serial = serial_ = serial;  // the next joined field takes its place
    if (serial.empty()) file_.fault("names no serial number");
    const std::string_view failure = file_.field(columns_.failure);
    const auto failed = failed_of(failure);
    if (!failed) {
      file_.fault(fmt::format("failure must be 0 or 1, got {}", in_quotes(failure)));
      return;
    }
    if (day && !serial.empty()) add(*day, serial, *failed);
  }

  /// True if a drive that was not seen before may be taken up.
  bool are_names(std::string_view serial) {
    for (const std::string_view name : {serial, file_.field(columns_.model)}) {
      const std::string why = against_name(name);
      if (why.empty()) continue;
      file_.fault(fmt::format("{} {}", in_quotes(name), why));
      return false;
    }
    return true;
  }

  void add(Day day, std::string_view serial, bool failed) {
    if (!drives_.serials.find(serial) && !are_names(serial)) return;
    const bool very_first = drives_.rows++ == 0;
    drives_.first = very_first ? day : std::min(drives_.first, day);
    drives_.last = very_first ? day : std::max(drives_.last, day);
    const std::uint32_t number = drives_.serials.number(serial);
    if (number == drives_.drives.size()) {
      drives_.drives.push_back(first_seen(day));
    } else if (!seen_again(drives_.drives[number], day, serial)) {
      return;
    }
    Drive& drive = drives_.drives[number];
    if (failed && day < drive.last) {
      file_.fault(fmt::format("drive {} fails on {}, and a later day of it came before",
                              in_quotes(serial), date_text(day)));
      return;
    }
    drive.failed = drive.failed || failed;
    ++drive.days;
    auto& count = drives_.by_model_and_year[{drive.model, year(day)}];
    ++count.days;
    if (failed) ++count.failures;
  }

  Drive first_seen(Day day) {
    Drive drive;
    drive.first = drive.last = day;
    drive.model = drives_.models.number(file_.field(columns_.model));
    drive.place = place();
    drive.age_days = static_cast<float>(age(day));
    return drive;
  }

  /// Brings a known drive up to `day`; false if the row does not count.
  bool seen_again(Drive& drive, Day day, std::string_view serial) {
    if (day == drive.last || day == drive.first) {
      file_.fault(fmt::format("duplicate: drive {} is there on {} already", in_quotes(serial),
                              date_text(day)));
      return false;
    }
    if (drive.failed && day > drive.last) {
      ++drives_.rows_after_failure;
      return false;
    }
    if (day < drive.first) {
      drive.first = day;
      drive.age_days = static_cast<float>(age(day));
    }
    drive.last = std::max(drive.last, day);
    return true;
  }

  /// Age in days by the drive's own count of hours; negative if it gives none, or one that no drive
  /// can have.
  double age(Day day) {
    const std::string_view text = file_.field(columns_.hours);
    const auto hours = parse_count(text);
    if (!hours) return -1;
    const double days = *hours / 24;
    if (days <= most_days_of_life) return days;
    if (drives_.impossible_ages++ == 0) {
      drives_.first_impossible_age =
          fmt::format("{}:{}: drive {} has been on for {} hours, {:.0f} years, on {}", file_.path(),
                      file_.line(), in_quotes(file_.field(columns_.serial)), text,
                      days * sim::day / sim::year, date_text(day));
    }
    return -1;
  }

  std::uint32_t place() {
    const Columns& within = columns_.pod.empty() ? columns_.machine : columns_.pod;
    const std::string name{file_.field(within)};
    if (name.empty() || !against_name(name).empty()) return no_place;
    if (columns_.pod.empty()) {
      return drives_.places.number(fmt::format("{}/{}", file_.field(columns_.rack), name));
    }
    const std::string center{file_.field(columns_.datacenter)};
    return drives_.places.number(
        fmt::format("{}/{}/{}", center, file_.field(columns_.vault), name));
  }

  int year(Day day) {
    if (day != year_day_) {
      year_day_ = day;
      year_ = year_of(day);
    }
    return year_;
  }

  TraceFile& file_;
  DateReader dates_;
  DriveDays& drives_;
  Known columns_;
  std::string serial_;
  std::string last_date_;
  std::optional<Day> last_day_;
  Day year_day_{-1};
  int year_{1969};
};

}  // namespace

void read_drive_days(TraceFile& file, DateForm dates, Trace& trace) {
  DriveDayReader(file, dates, trace).read();
}

void read_model_table(TraceFile& file, DateForm /*dates*/, Trace& trace) {
  const Columns model = file.columns(Role::model);
  const Columns days = file.columns(Role::drive_days);
  const Columns failures = file.columns(Role::failures);
  constexpr std::size_t most_models = 10'000;
  while (file.next()) {
    if (trace.models.size() >= most_models) {
      file.fatal(fmt::format("lists more than {} models", most_models));
      return;
    }
    ModelRow row{std::string(file.field(model)), 0, 0, file.line()};
    const auto seen = parse_count(file.field(days));
    const auto failed = parse_count(file.field(failures));
    if (row.model.empty()) file.fault("names no model");
    const std::string why = against_name(row.model);
    if (!why.empty()) file.fault(fmt::format("{} {}", in_quotes(row.model), why));
    if (!seen || !(*seen > 0)) {
      file.fault(
          fmt::format("drive_days must be a number above 0, got {}", in_quotes(file.field(days))));
    }
    if (!failed) {
      file.fault(fmt::format("failures must be a number from 0 on, got {}",
                             in_quotes(file.field(failures))));
    }
    if (row.model.empty() || !why.empty() || !seen || !(*seen > 0) || !failed) continue;
    row.drive_days = *seen;
    row.failures = *failed;
    const auto before = std::ranges::find(trace.models, row.model, &ModelRow::model);
    if (before != trace.models.end()) {
      file.fault(fmt::format("duplicate: model {} is on line {} already", in_quotes(row.model),
                             before->line));
      continue;
    }
    trace.models.push_back(std::move(row));
  }
}

}  // namespace models::records
