#include "cli/completion.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"

namespace cli {
namespace {

std::vector<const Command*> built_commands() {
  std::vector<const Command*> built;
  for (const Command& command : all_commands()) {
    if (command.run != nullptr) built.push_back(&command);
  }
  return built;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

bool takes_file(const OptionLine& line) {
  constexpr std::array<std::string_view, 5> files{"FILE", "DIR", "SCENARIO", "TRACE", "RESULT"};
  return std::ranges::find(files, line.input ? line.name : line.value) != files.end();
}

/// In single quotes, as the three shells read them.
std::string in_single_quotes(std::string_view text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return result + "'";
}

std::string heading(std::string_view shell) {
  return fmt::format("# Completions of {0} for holdfast, written by 'holdfast completion {0}'.\n",
                     shell);
}

// --- bash ---------------------------------------------------------------------------------------

/// What bash does where a value of this line is due.
std::string bash_value(const OptionLine& line) {
  if (!line.choices.empty()) return "words=" + in_single_quotes(joined(line.choices));
  return takes_file(line) ? "files=1" : ":";
}

std::string bash_command(const Command& command) {
  std::string options;
  std::string cases;
  std::string input = ":";
  for (const OptionLine& line : options_of(command)) {
    if (line.input) {
      input = bash_value(line);
      continue;
    }
    options += (options.empty() ? "" : " ") + line.name;
    if (!line.value.empty())
      cases += fmt::format("        {}) {} ;;\n", line.name, bash_value(line));
  }
  cases +=
      fmt::format("        *)\n          if [[ $word == -* ]]; then words={}; else {}; fi ;;\n",
                  in_single_quotes(options), input);
  return fmt::format("    {})\n      case $before in\n{}      esac ;;\n", command.name, cases);
}

std::string bash_script() {
  std::vector<std::string> names;
  std::string cases;
  for (const Command* command : built_commands()) {
    names.emplace_back(command->name);
    cases += bash_command(*command);
  }
  return heading("bash") + fmt::format(R"(_holdfast() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before= words= files=
  COMPREPLY=()
  if [ "$COMP_CWORD" -le 1 ]; then
    words='{} --help --version'
  else
    before=${{COMP_WORDS[COMP_CWORD-1]}}
    case ${{COMP_WORDS[1]}} in
{}    esac
  fi
  if [ -n "$files" ]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  elif [ -n "$words" ]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  fi
}}
complete -F _holdfast holdfast
)",
                                       joined(names), cases);
}

// --- zsh ----------------------------------------------------------------------------------------

/// Brackets and colons end a description.
std::string zsh_text(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

std::string zsh_value(const OptionLine& line) {
  if (!line.choices.empty()) return "(" + joined(line.choices) + ")";
  return takes_file(line) ? "_files" : " ";
}

std::string zsh_command(const Command& command) {
  std::string text = fmt::format("    {})\n      _arguments", command.name);
  for (const OptionLine& line : options_of(command)) {
    std::string spec = line.repeatable ? "*" : "";
    if (line.input) {
      spec = fmt::format("{}:{}:{}", line.repeatable ? "*" : "1", line.name, zsh_value(line));
    } else {
      spec += fmt::format("{}[{}]", line.name, zsh_text(line.about));
      if (!line.value.empty()) spec += fmt::format(":{}:{}", zsh_text(line.value), zsh_value(line));
    }
    text += " \\\n        " + in_single_quotes(spec);
  }
  return text + " ;;\n";
}

std::string zsh_script() {
  std::string names;
  std::string cases;
  for (const Command* command : built_commands()) {
    names +=
        "    " + in_single_quotes(fmt::format("{}:{}", command->name, command->purpose)) + "\n";
    cases += zsh_command(*command);
  }
  return "#compdef holdfast\n" + heading("zsh") +
         fmt::format(R"(_holdfast() {{
  local -a commands
  commands=(
{}  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
{}  esac
}}
# Sourced or called: by 'compdef' the function alone is wanted, from $fpath its result.
if [ "$funcstack[1]" = _holdfast ]; then _holdfast "$@"; else compdef _holdfast holdfast; fi
)",
                     names, cases);
}

// --- fish ---------------------------------------------------------------------------------------

/// fish reads a backslash in single quotes too.
std::string fish_text(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result + "'";
}

std::string fish_value(const OptionLine& line) {
  if (!line.choices.empty()) return " -x -a " + fish_text(joined(line.choices));
  return takes_file(line) ? " -r -F" : " -x";
}

std::string fish_script() {
  std::string text = heading("fish") + "complete -c holdfast -f\n";
  for (const Command* command : built_commands()) {
    text += fmt::format("complete -c holdfast -n __fish_use_subcommand -a {} -d {}\n",
                        command->name, fish_text(command->purpose));
    const std::string start =
        fmt::format("complete -c holdfast -n '__fish_seen_subcommand_from {}'", command->name);
    for (const OptionLine& line : options_of(*command)) {
      std::string value = line.input || !line.value.empty() ? fish_value(line) : "";
      if (line.input) {
        if (value == " -x") continue;
        text += start + (line.choices.empty() ? " -F" : " -a " + fish_text(joined(line.choices)));
      } else {
        text += fmt::format("{} -l {}{} -d {}", start, line.name.substr(2), value,
                            fish_text(line.about));
      }
      text += "\n";
    }
  }
  return text;
}

}  // namespace

std::optional<std::string> completion_script(std::string_view shell) {
  if (shell == "bash") return bash_script();
  if (shell == "zsh") return zsh_script();
  if (shell == "fish") return fish_script();
  return std::nullopt;
}

int completion(const Arguments& arguments, const Options& /*options*/) {
  const auto script = completion_script(arguments.scenario);
  if (script) return print(*script) ? done : failure;
  complain("there are completions for bash, zsh and fish, not for '" + arguments.scenario + "'");
  return usage;
}

}  // namespace cli
