#include "models/records/read_trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>
#include <system_error>

#include "models/records/layouts.h"

namespace models::records {
namespace {

namespace fs = std::filesystem;

struct Reader {
  Layout layout;
  std::span<const std::string_view> columns;  ///< that tell the layout
  void (*read)(TraceFile&, Trace&);
};

constexpr std::array<std::string_view, 7> alpine_columns{
    "timestamp", "cluster", "building_block", "enclosure", "slot", "rack", "rack_unit"};
constexpr std::array<std::string_view, 2> failure_columns{"timestamp", "unit"};
constexpr std::array<std::string_view, 4> drive_columns{"date", "serial_number", "model",
                                                        "failure"};
constexpr std::array<std::string_view, 3> table_columns{"model", "drive_days", "failures"};

/// The whole table. The first layout whose columns are there is meant.
constexpr std::array<Reader, 4> readers{{
    {Layout::alpine, alpine_columns, read_alpine},
    {Layout::failures, failure_columns, read_failures},
    {Layout::drive_days, drive_columns, read_drive_days},
    {Layout::model_table, table_columns, read_model_table},
}};

const Reader* reader_of(TraceFile& file) {
  for (const Reader& reader : readers) {
    const bool all = std::ranges::all_of(reader.columns, [&](std::string_view name) {
      return std::ranges::find(file.columns(), name) != file.columns().end();
    });
    if (all) return &reader;
  }
  std::string known;
  for (const Reader& reader : readers) {
    known += known.empty() ? "" : "; or ";
    known += fmt::format("{}", fmt::join(reader.columns, ","));
  }
  file.fault("names no columns of a record: " + known);
  return nullptr;
}

void read_file(const std::string& path, bool of_folder, Trace& trace, TraceFaults& faults) {
  trace.files.push_back(path);
  TraceFile file(path, faults);
  if (!file.read_header()) return;
  const Reader* reader = reader_of(file);
  if (reader == nullptr) return;
  if (of_folder && reader->layout != Layout::drive_days) {
    file.fault("is no file of drive days; a folder may hold nothing else");
    return;
  }
  trace.layout = reader->layout;
  reader->read(file, trace);
  trace.lines += file.line();
}

/// The CSV files of a folder by name: those of drive days are named by date.
std::vector<std::string> files_of(const std::string& folder, TraceFaults& faults) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    const bool hidden = name.starts_with('.') || name.starts_with('_');
    if (!hidden && (name.ends_with(".csv") || name.ends_with(".csv.gz"))) {
      files.push_back(entry->path().string());
    }
  }
  if (error) {
    faults.add(folder, 0, "cannot be read: " + error.message());
  } else if (files.empty()) {
    faults.add(folder, 0, "holds no file whose name ends in .csv or .csv.gz");
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// A record without a single failure or drive says nothing.
void expect_content(const Trace& trace, TraceFaults& faults) {
  if (faults.any()) return;
  const bool empty =
      trace.log.failures.empty() && trace.drives.drives.empty() && trace.rows.empty();
  if (empty) faults.add(trace.file, 0, "holds no rows behind its first line");
}

}  // namespace

scenario::Checked<Trace> read_trace(const std::string& path) {
  Trace trace;
  trace.file = path;
  TraceFaults faults;
  std::error_code error;
  if (fs::is_directory(path, error)) {
    for (const std::string& file : files_of(path, faults)) read_file(file, true, trace, faults);
  } else {
    read_file(path, false, trace, faults);
  }
  finish_failures(path, trace, faults);
  expect_content(trace, faults);
  if (faults.any()) return std::move(faults).take();
  return trace;
}

scenario::FilesRead files_of(const Trace& trace) {
  scenario::FilesRead files;
  for (const std::string& file : trace.files) files.push_back({"record of failures", file, {}});
  return files;
}

}  // namespace models::records
