#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "models/input/draw_inputs.h"
#include "models/input/file_bytes.h"
#include "models/planning/plan.h"
#include "models/scenario/diagnostic.h"

namespace models::planning {

/// Reads a plan file, or every reason why it is none. Overrides and files as in
/// scenario::read_scenario.
scenario::Checked<Plan> read_plan(const std::filesystem::path& file,
                                  const std::vector<std::string>& overrides,
                                  scenario::FilesRead* files = nullptr);

/// The same from text. Files that it names are looked for beside `file_name`.
scenario::Checked<Plan> read_plan_text(std::string_view text, std::string file_name,
                                       const std::vector<std::string>& overrides,
                                       scenario::FilesRead* files = nullptr);

/// The plan read again with other values of its uncertain inputs. @pre it was read from a text
scenario::Checked<Plan> with_inputs(const Plan& plan, const scenario::InputValues& values);

/// "0.32 %/year": a value of the input to three digits.
std::string input_text(const Plan& plan, const scenario::UncertainInput& input, double value);

}  // namespace models::planning
