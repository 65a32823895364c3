#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace cli {

/// Where the shipped scenarios lie: beside the program where it is installed, wherever that is;
/// else in the source tree; else where the build was told that they would be installed.
std::filesystem::path shipped_folder();

/// The scenarios in it, by name.
std::vector<std::filesystem::path> shipped_scenarios();

/// "regional_imaging_cloud", ...
std::vector<std::string> example_names();

}  // namespace cli
