#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cli {

/// The script that completes commands, options, their values and file names; empty for a shell that
/// is none of bash, zsh and fish.
std::optional<std::string> completion_script(std::string_view shell);

}  // namespace cli
