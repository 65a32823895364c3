#pragma once

#include <string>
#include <vector>

#include "gui/scenario_text.h"

namespace gui {

/// A number of the scenario that may be varied, with what to try first.
struct VariableInput {
  std::string path;    ///< JSON pointer, as --set and --vary take it
  std::string stated;  ///< as the file has it
  std::string low;
  std::string high;
  bool uncertain{};  ///< the scenario itself says within which limits
};

/// The numbers and quantities that the file gives, those in doubt first. Where no limits are
/// stated, half and twice the value are what to try first.
std::vector<VariableInput> variable_inputs(const std::string& text, const Reading& reading);

/// A command line on which the shell changes nothing.
std::string shell_word(const std::string& word);

}  // namespace gui
