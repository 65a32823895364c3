#include <algorithm>
#include <array>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "holdfast_version.h"

namespace {

using cli::Arguments;
using cli::Command;

/// A word in place of the command that is none.
int unknown_command(const std::string& word) {
  std::vector<std::string> names;
  names.reserve(cli::all_commands().size());
  for (const Command& command : cli::all_commands()) names.emplace_back(command.name);
  std::string hint = "'holdfast --help' lists the commands";
  if (const auto guess = cli::nearest(word, names)) hint = "did you mean '" + *guess + "'?";
  if (word.ends_with(".json")) hint = "did you mean 'holdfast compare " + word + "'?";
  cli::complain("there is no command '" + word + "'; " + hint);
  return cli::usage;
}

/// Something of this run goes to standard output.
bool prints(const Arguments& arguments) {
  if (!arguments.quiet || arguments.list) return true;
  return std::ranges::any_of(std::array{arguments.json, arguments.csv, arguments.report,
                                        arguments.figure, arguments.svg, arguments.out},
                             [](const auto& file) { return file == "-"; });
}

int run_command(const Command& command, const Arguments& arguments) {
  if (!cli::stdout_is_open() && prints(arguments)) {
    cli::complain("standard output is closed; open it, or use --quiet and name a file");
    return cli::failure;
  }
  if (arguments.report && (command.takes & cli::page) == 0) {
    cli::complain("not built yet: --report of '" + std::string{command.name} +
                  "'; there are --json and --csv");
    return cli::usage;
  }
  const cli::Understood understood = cli::understand(arguments);
  if (!understood.options) {
    cli::complain(understood.fault);
    return cli::usage;
  }
  return command.run(arguments, *understood.options);
}

int parse_and_run(const Command& command, int count, char** words) {
  const cli::Parsed parsed = cli::parse(command, count, words);
  if (!parsed.help.empty()) return cli::print(parsed.help) ? cli::done : cli::failure;
  if (!parsed.fault.empty()) {
    cli::complain(parsed.fault);
    return cli::usage;
  }
  return run_command(command, parsed.arguments);
}

int start(int count, char** words) {
  cli::hold_standard_descriptors();
  cli::take_signals_as_errors();
  const std::string first = count > 1 ? words[1] : "--help";
  if (first == "--help" || first == "-h" || first == "help") {
    return cli::print(cli::overview()) ? cli::done : cli::failure;
  }
  if (first == "--version") {
    return cli::print("holdfast " + std::string{holdfast::version} + "\n") ? cli::done
                                                                           : cli::failure;
  }
  const Command* command = cli::find_command(first);
  if (command == nullptr) return unknown_command(first);
  if (command->run == nullptr) {
    cli::complain("not built yet: holdfast " + first + " (" + std::string{command->purpose} + ")");
    return cli::usage;
  }
  return parse_and_run(*command, count - 1, words + 1);
}

}  // namespace

int main(int count, char** words) {
  try {
    return start(count, words);
  } catch (const std::bad_alloc&) {
    cli::complain("out of memory");
  } catch (const std::exception& error) {
    cli::complain(error.what());
  }
  return cli::failure;
}
