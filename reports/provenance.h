#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/input/file_bytes.h"
#include "reports/html_page.h"

namespace reports {

/// Where the figures of a report come from, so that a reviewer can make them again.
struct Provenance {
  std::string command;   ///< plays the same again
  std::string sha256{};  ///< of the input file; empty where there is none
  std::uint64_t seed{};
  std::string text{};  ///< the input file itself
  /// Every file that the run read, with its digest; its own beside `sha256` above.
  models::scenario::FilesRead files{};
};

/// The last part of every report: command, version, digest and seed, the files that were read, the
/// input embedded.
void place(HtmlPage& page, const Provenance& provenance);

/// Sources and confidence that a scenario or plan states, each with the places it stands for.
/// Nothing if `text` states none. @param text JSON
void place_sources(HtmlPage& page, const std::string& text);

/// The command on lines of at most `width` columns as far as its words allow, each but the last
/// ended so that a shell reads on.
std::string command_lines(std::string_view command, std::string_view indent, std::size_t width);

/// A result document with "provenance": {"command", "files": [{"what", "file", "sha256"}]}.
/// @param json  an object
std::string with_provenance(const std::string& json, const Provenance& provenance);

/// A word as a POSIX shell reads it back: in quotes only where it needs them.
std::string shell_word(std::string_view word);

/// " --set PATH=VALUE" for each.
std::string set_options(const std::vector<std::string>& overrides);

}  // namespace reports
