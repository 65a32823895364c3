// Drive statistics as daily snapshots, in the layout that Backblaze publishes: a row for every
// drive and day. Rows are added up as they come; memory grows with the drives, not with the days.
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "models/records/layouts.h"

namespace models::records {
namespace {

/// The columns of one file: they differ from year to year.
struct Columns {
  explicit Columns(const TraceFile& file)
      : date(file.column("date")),
        serial(file.column("serial_number")),
        model(file.column("model")),
        failure(file.column("failure")),
        datacenter(file.column("datacenter")),
        vault(file.column("vault_id")),
        pod(file.column("pod_id")),
        hours(file.column("smart_9_raw")) {}

  std::size_t needed() const {
    std::size_t most = 0;
    for (const auto& column : {date, serial, model, failure, datacenter, vault, pod, hours}) {
      if (column) most = std::max(most, *column + 1);
    }
    return most;
  }

  std::optional<std::size_t> date, serial, model, failure;
  std::optional<std::size_t> datacenter, vault, pod;
  std::optional<std::size_t> hours;  ///< that the drive has been on
};

/// No drive of the record is older: what lies beyond is a broken counter.
constexpr double most_days_of_life = 30 * 365.25;

class DriveDayReader {
 public:
  DriveDayReader(TraceFile& file, Trace& trace)
      : file_(file), drives_(trace.drives), columns_(file) {}

  void read() {
    file_.need_columns(columns_.needed());
    while (file_.next()) read_row();
  }

 private:
  std::optional<Day> day_of_row() {
    const std::string_view text = file_.field(columns_.date);
    if (text == last_date_) return last_day_;  // a file holds one day, or days in a row
    const auto day = parse_day(text);
    if (day) {
      last_date_ = text;
      last_day_ = day;
    }
    return day;
  }

  void read_row() {
    const auto day = day_of_row();
    if (!day) {
      file_.fault(fmt::format("{} is no date; it must be as 2024-05-31",
                              in_quotes(file_.field(columns_.date))));
    }
    const std::string_view serial = file_.field(columns_.serial);
    if (serial.empty()) file_.fault("names no serial number");
    const std::string_view failure = file_.field(columns_.failure);
    const bool failed = failure == "1";
    if (!failed && failure != "0") {
      file_.fault(fmt::format("failure must be 0 or 1, got {}", in_quotes(failure)));
      return;
    }
    if (day && !serial.empty()) add(*day, serial, failed);
  }

  void add(Day day, std::string_view serial, bool failed) {
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
    drive.age_days = static_cast<float>(age());
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
      drive.age_days = static_cast<float>(age());
    }
    drive.last = std::max(drive.last, day);
    return true;
  }

  /// Age in days by the drive's own count of hours; negative if it gives none.
  double age() const {
    const auto hours = parse_count(file_.field(columns_.hours));
    if (!hours || *hours / 24 > most_days_of_life) return -1;
    return *hours / 24;
  }

  std::uint32_t place() {
    if (!columns_.pod || file_.field(columns_.pod).empty()) return no_place;
    return drives_.places.number(fmt::format("{}/{}/{}", file_.field(columns_.datacenter),
                                             file_.field(columns_.vault),
                                             file_.field(columns_.pod)));
  }

  int year(Day day) {
    if (day != year_day_) {
      year_day_ = day;
      year_ = year_of(day);
    }
    return year_;
  }

  TraceFile& file_;
  DriveDays& drives_;
  Columns columns_;
  std::string last_date_;
  std::optional<Day> last_day_;
  Day year_day_{-1};
  int year_{1969};
};

}  // namespace

void read_drive_days(TraceFile& file, Trace& trace) { DriveDayReader(file, trace).read(); }

void read_model_table(TraceFile& file, Trace& trace) {
  const auto model = file.column("model");
  const auto days = file.column("drive_days");
  const auto failures = file.column("failures");
  while (file.next()) {
    ModelRow row{std::string(file.field(model)), 0, 0, file.line()};
    const auto seen = parse_count(file.field(days));
    const auto failed = parse_count(file.field(failures));
    if (row.model.empty()) file.fault("names no model");
    if (!seen || !(*seen > 0)) {
      file.fault(
          fmt::format("drive_days must be a number above 0, got {}", in_quotes(file.field(days))));
    }
    if (!failed) {
      file.fault(fmt::format("failures must be a number from 0 on, got {}",
                             in_quotes(file.field(failures))));
    }
    if (row.model.empty() || !seen || !(*seen > 0) || !failed) continue;
    row.drive_days = *seen;
    row.failures = *failed;
    const auto before = std::ranges::find(trace.rows, row.model, &ModelRow::model);
    if (before != trace.rows.end()) {
      file.fault(fmt::format("duplicate: model {} is on line {} already", in_quotes(row.model),
                             before->line));
      continue;
    }
    trace.rows.push_back(std::move(row));
  }
}

}  // namespace models::records
