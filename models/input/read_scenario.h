#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "models/input/fields.h"
#include "models/input/file_bytes.h"
#include "models/input/schema.h"
#include "models/scenario/diagnostic.h"
#include "models/scenario/scenario.h"

namespace models::scenario {

/// Reads and validates a scenario file after applying `overrides` ("path=value"): the scenario, or
/// every fault of it with its place. `warnings` gets what is valid but doubtful,
/// `files` every file that was read, whether or not there are faults.
Checked<Scenario> read_scenario(const std::filesystem::path& file,
                                const std::vector<std::string>& overrides = {},
                                Diagnostics* warnings = nullptr, FilesRead* files = nullptr);

/// The same for a text at hand; files that it names are looked for beside `file_name`.
Checked<Scenario> read_scenario_text(std::string_view text, std::string file_name,
                                     const std::vector<std::string>& overrides = {},
                                     Diagnostics* warnings = nullptr, FilesRead* files = nullptr);

}  // namespace models::scenario
