#include "models/records/sources.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace models::records {

namespace fs = std::filesystem;

std::vector<SourceName> sources_of(const std::string& path, TraceFaults& faults) {
  std::vector<std::string> files;
  std::error_code error;
  const bool folder = fs::is_directory(path, error);
  if (!folder) files.push_back(path);
  for (fs::directory_iterator entry(path, error), end; folder && !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    const bool zip = name.ends_with(".zip") && !name.starts_with('.') && !name.starts_with('_');
    if (is_record_name(name) || zip) files.push_back(entry->path().string());
  }
  if (folder && error) {
    faults.fatal(path, 0, "cannot be read: " + error.message());
  } else if (files.empty()) {
    faults.fatal(path, 0,
                 "holds no file whose name ends in .csv, .tsv, .txt (also .gz, .xz, .zst) "
                 "or .zip");
  }
  std::sort(files.begin(), files.end());
  std::vector<SourceName> sources;
  for (const std::string& file : files) {
    Sources within = sources_in(file);
    if (!within.fault.empty()) faults.fatal(file, 0, std::move(within.fault));
    for (SourceName& name : within.names) sources.push_back(std::move(name));
  }
  return sources;
}

}  // namespace models::records
