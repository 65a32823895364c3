#include "cli/shipped.h"

#include <algorithm>
#include <system_error>

#include "holdfast_version.h"

namespace cli {

namespace fs = std::filesystem;

fs::path shipped_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path beside = program.parent_path().parent_path() / "share/holdfast/scenarios";
  for (const fs::path& folder : {beside, fs::path{holdfast::scenario_dir}}) {
    if (fs::is_directory(folder, error)) return folder;
  }
  return holdfast::installed_scenario_dir;
}

std::vector<fs::path> shipped_scenarios() {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry{shipped_folder(), error}, end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() == ".json") files.push_back(entry->path());
  }
  std::ranges::sort(files);
  return files;
}

std::vector<std::string> example_names() {
  std::vector<std::string> names;
  for (const fs::path& file : shipped_scenarios()) names.push_back(file.stem().string());
  return names;
}

}  // namespace cli
