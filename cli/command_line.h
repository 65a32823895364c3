#pragma once

#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands.h"

namespace cli {

/// An option of a command as --help, the manual and the completions of shells have it.
struct OptionLine {
  std::string name{};   ///< "--json"; of an input "SCENARIO"
  std::string value{};  ///< what it takes, "FILE"; empty: nothing
  std::string about{};
  bool input{};  ///< named by its place alone
  bool required{};
  bool repeatable{};
  std::vector<std::string> choices{};  ///< every value there is; empty: too many to name
};

/// In the order of the help, which is the last one.
std::vector<OptionLine> options_of(const Command& command);

struct Parsed {
  Arguments arguments;
  std::string help;   ///< what to print and no more, if not empty
  std::string fault;  ///< what is wrong with the words, if not empty
};

/// The words behind the command. @pre the command is built
Parsed parse(const Command& command, int count, char** words);

}  // namespace cli
