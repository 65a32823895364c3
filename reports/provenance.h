#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reports/html_page.h"

namespace reports {

/// Where the figures of a report come from, so that a reviewer can make them again.
struct Provenance {
  std::string command;   ///< plays the same again
  std::string sha256{};  ///< of the input file; empty where there is none
  std::uint64_t seed{};
  std::string text{};  ///< the input file itself
};

/// The last part of every report: command, version, digest and seed, the file embedded.
void place(HtmlPage& page, const Provenance& provenance);

/// Sources and confidence that a scenario or plan states, each with the places it stands for.
/// Nothing if `text` states none. @param text JSON
void place_sources(HtmlPage& page, const std::string& text);

/// A word as a POSIX shell reads it back: in quotes only where it needs them.
std::string shell_word(std::string_view word);

/// " --set PATH=VALUE" for each.
std::string set_options(const std::vector<std::string>& overrides);

}  // namespace reports
