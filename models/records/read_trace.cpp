#include "models/records/read_trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "models/records/date_reader.h"
#include "models/records/layouts.h"
#include "models/records/sources.h"

namespace models::records {
namespace {

struct Reader {
  Layout layout;
  bool (*is)(TraceFile&);
  void (*read)(TraceFile&, DateForm, Trace&);
};

bool has(TraceFile& file, Role role) {
  const auto found = file.header().find(role, file.reading());
  return !found.columns.empty() || !found.fault.empty();  // a doubt is told by who reads it
}

/// The published numbering of Alpine; who names its columns means something else.
bool is_alpine(TraceFile& file) {
  constexpr std::array<std::string_view, 7> columns{
      "timestamp", "cluster", "building_block", "enclosure", "slot", "rack", "rack_unit"};
  const bool named = std::ranges::any_of(file.reading().columns,
                                         [](const auto& column) { return column.has_value(); });
  return !named && std::ranges::all_of(columns, [&](std::string_view name) {
    return file.header().find(name).has_value();
  });
}

bool is_drive_days(TraceFile& file) {
  // A log of failures may well have a column that says which failure it was.
  const bool log = file.header().find("timestamp") && file.header().find("unit");
  const bool named = file.reading().columns[static_cast<std::size_t>(Role::failure)].has_value();
  return (named || !log) && has(file, Role::time) && has(file, Role::unit) &&
         has(file, Role::failure);
}

bool is_table(TraceFile& file) {
  return !has(file, Role::time) && has(file, Role::model) && has(file, Role::drive_days) &&
         has(file, Role::failures);
}

bool is_log(TraceFile& file) {
  return has(file, Role::time) && (has(file, Role::unit) || has(file, Role::slot));
}

/// The whole table. The first layout whose columns are there is meant.
constexpr std::array<Reader, 4> readers{{{Layout::alpine, is_alpine, read_alpine},
                                         {Layout::drive_days, is_drive_days, read_drive_days},
                                         {Layout::model_table, is_table, read_model_table},
                                         {Layout::failures, is_log, read_failures}}};

const Reader* reader_of(TraceFile& file) {
  const auto* found =
      std::ranges::find_if(readers, [&](const Reader& reader) { return reader.is(file); });
  if (found != readers.end()) return found;
  file.fatal(fmt::format(
      "names no columns of a record: a log of failures has a time and a unit (timestamp,unit, and "
      "rack,machine,slot); days of drives date,serial_number,model,failure; a table "
      "model,drive_days,failures. There are {}; --columns unit=NAME,time=NAME says which is which",
      file.header().list()));
  return nullptr;
}

void read_file(const SourceName& source, DateForm dates, const Reading& reading, Trace& trace,
               TraceFaults& faults) {
  if (trace.files.empty() || trace.files.back() != source.path) {
    trace.files.push_back(source.path);
  }
  trace.sources.push_back(source.shown());
  TraceFile file(source, reading, faults);
  if (!file.read_header()) return;
  const Reader* reader = reader_of(file);
  if (reader == nullptr) return;
  if (trace.sources.size() > 1 && reader->layout != trace.layout) {
    file.fatal(fmt::format("is a {}, and {} a {}; a record holds one kind",
                           to_string(reader->layout), trace.sources.front(),
                           to_string(trace.layout)));
    return;
  }
  trace.layout = reader->layout;
  reader->read(file, dates, trace);
  trace.lines += file.line();
  trace.rows += file.rows();
  trace.rows_left_out += file.rows_left_out();
}

/// Whether the month or the day comes first in dates such as 3/4/2019, by all dates of the record.
/// Files of other dates are read no further than their first one.
DateForm date_form_of(const std::vector<SourceName>& sources, const Reading& reading,
                      TraceFaults& faults) {
  if (reading.dates != DateForm::automatic) return reading.dates;
  DateOrder order;
  bool more = true;
  for (const SourceName& source : sources) {
    if (!more) break;
    TraceFaults ignored;  // told when the file is read
    TraceFile file(source, reading, ignored);
    if (!file.read_header()) break;
    const Columns time = file.columns(Role::time);
    if (time.empty()) break;
    file.need_asked_columns();
    while (more && file.next()) more = order.look(file.field(time, ' '));
  }
  if (!order.any()) return DateForm::automatic;
  if (const auto form = order.form()) return *form;
  faults.fatal(sources.front().path, 0, order.why());
  return DateForm::automatic;
}

/// Values that no drive can have.
void tell_impossible(Trace& trace, const Reading& reading, TraceFaults& faults) {
  const DriveDays& drives = trace.drives;
  if (drives.impossible_ages == 0) return;
  std::string words =
      fmt::format("{} drives have an impossible age, which is taken as not known; {}",
                  drives.impossible_ages, drives.first_impossible_age);
  if (reading.strict) {
    faults.fatal(trace.file, 0, std::move(words));
  } else {
    trace.warnings.push_back(std::move(words));
  }
}

/// A record without a single failure or drive says nothing.
void expect_content(const Trace& trace, TraceFaults& faults) {
  if (faults.any_fatal()) return;
  const bool empty =
      trace.log.failures.empty() && trace.drives.drives.empty() && trace.models.empty();
  if (!empty) return;
  faults.fatal(trace.file, 0,
               trace.rows_left_out > 0 ? "holds no row that --where takes"
               : faults.any()          ? "holds no sound row"
                                       : "holds no rows behind its first line");
}

}  // namespace

scenario::Checked<Trace> read_trace(const std::string& path, const Reading& reading) {
  Trace trace;
  trace.file = path;
  TraceFaults faults;
  const std::vector<SourceName> sources = sources_of(path, faults);
  const DateForm dates = date_form_of(sources, reading, faults);
  if (faults.any_fatal()) return std::move(faults).take();
  for (const SourceName& source : sources) {
    read_file(source, dates, reading, trace, faults);
    if (faults.any_fatal()) break;  // a part of a record is none
  }
  finish_failures(trace, faults);
  expect_content(trace, faults);
  tell_impossible(trace, reading, faults);
  trace.rows_faulty = faults.rows();
  if (faults.any_fatal() || faults.too_many(trace.rows, reading.strict)) {
    return std::move(faults).take();
  }
  trace.faults = std::move(faults).take();
  return trace;
}

scenario::FilesRead files_of(const Trace& trace) {
  scenario::FilesRead files;
  for (const std::string& file : trace.files) files.push_back({"record of failures", file, {}});
  return files;
}

}  // namespace models::records
