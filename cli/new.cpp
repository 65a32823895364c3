#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/output_file.h"
#include "cli/shipped.h"
#include "models/input/new_scenario.h"
#include "models/input/preset_table.h"
#include "reports/provenance.h"

namespace cli {
namespace {

using models::scenario::Diagnostics;
using models::scenario::Wish;
using models::scenario::WishPart;

constexpr std::string_view usual_file = "my_scenario.json";

/// The command that writes the same again.
std::string command_of(const Wish& wish) {
  std::string text{"holdfast new"};
  const auto add = [&text](std::string_view option, const std::string& value) {
    if (!value.empty()) text += fmt::format(" {} {}", option, reports::shell_word(value));
  };
  for (const WishPart& part : models::scenario::wish_parts()) {
    if (part.text != nullptr) {
      add(part.option, wish.*part.text);
      continue;
    }
    for (const std::string& preset : wish.presets) add("--preset", preset);
    for (const std::string& code : wish.codes) add("--code", code);
  }
  add("--racks", wish.racks);
  add("--sites", wish.sites);
  add("--name", wish.name);
  return text;
}

std::string schema_file() {
  std::error_code error;
  const auto file = shipped_folder() / "schema/scenario.schema.json";
  return std::filesystem::exists(file, error) ? file.string() : "";
}

Wish wish_of(const Arguments& arguments) {
  return {.machines = arguments.machines.value_or(""),
          .disks_per_machine = arguments.disks_per_machine.value_or(""),
          .disk = arguments.disk.value_or(""),
          .data = arguments.data.value_or(""),
          .racks = arguments.racks.value_or(""),
          .sites = arguments.sites.value_or(""),
          .name = arguments.scenario_name.value_or(""),
          .presets = arguments.presets,
          .codes = arguments.kept_codes,
          .schema = {},
          .command = {}};
}

void say(std::string_view text) { write_all(STDERR_FILENO, text); }

/// The answer of a line, the default for an empty one; false at the end of the input.
bool ask(std::string_view question, const std::string& otherwise, std::string& result) {
  say(fmt::format("{} [{}]: ", question, otherwise));
  if (!std::getline(std::cin, result)) return false;
  constexpr std::string_view blank = " \t\r";
  const std::size_t first = result.find_first_not_of(blank);
  result = first == std::string::npos
               ? otherwise
               : result.substr(first, result.find_last_not_of(blank) - first + 1);
  if (isatty(STDIN_FILENO) == 0) say(result + "\n");
  return true;
}

/// Faults of one part alone.
Diagnostics faults_about(const Wish& wish, const WishPart& part) {
  Diagnostics faults;
  for (auto& fault : models::scenario::faults_of(wish)) {
    const bool about =
        fault.file == part.option || (part.text == nullptr && fault.file == "--code");
    if (about) faults.push_back(std::move(fault));
  }
  return faults;
}

/// Asks for a part until the answer can be read; false at the end of the input.
bool ask_for(Wish& wish, const WishPart& part) {
  const bool about_data = part.option == "--data";
  const std::string otherwise =
      about_data ? models::scenario::suggested_data(wish) : std::string{part.example};
  for (;;) {
    std::string text;
    if (!ask(part.question, otherwise, text)) return false;
    models::scenario::answer(wish, part, text);
    const Diagnostics faults = faults_about(wish, part);
    if (faults.empty()) return true;
    complain(faults);
  }
}

std::string preset_list() {
  std::string text{"Presets:"};
  for (const auto name : models::scenario::PresetTable::shipped().names()) {
    const std::size_t line = text.size() - (text.rfind('\n') + 1);
    text += (line + name.size() + 1 > 78 ? "\n  " : " ") + std::string{name};
  }
  return text + "\n";
}

/// Every question that the options have not answered; false at the end of the input.
bool ask_all(Wish& wish, std::string& out) {
  say("An empty answer takes what stands in brackets.\n");
  for (const WishPart& part : models::scenario::wish_parts()) {
    if (models::scenario::said(wish, part)) continue;
    if (part.text == nullptr) say(preset_list());
    if (!ask_for(wish, part)) return false;
  }
  return !out.empty() || ask("File to write", std::string{usual_file}, out);
}

bool is_stdout(const std::string& out) { return out.empty() || out == "-"; }

/// Why nothing is to be written there.
std::optional<std::string> refusal(const std::string& out, bool force) {
  if (is_stdout(out)) return std::nullopt;
  std::error_code error;
  // A device or a pipe is there to be written to.
  const auto there = std::filesystem::status(place_of(out), error);
  if (!force && std::filesystem::exists(there) && !std::filesystem::is_other(there)) {
    return fmt::format("{} is there already; --force overwrites it, or give another --out", out);
  }
  return OutputFile{out}.refusal();
}

int finish(const models::scenario::NewScenario& scenario, const std::string& out) {
  complain(scenario.warnings);
  if (is_stdout(out)) return print(scenario.text) ? done : failure;
  if (const auto fault = OutputFile{out}.commit(scenario.text)) {
    complain(*fault);
    return failure;
  }
  return print(fmt::format("{0} is written: what was assumed stands in its comments.\nNext:\n"
                           "  holdfast compare {0} --method analytic   (at once)\n"
                           "  holdfast compare {0}                     (simulated)\n",
                           reports::shell_word(out)))
             ? done
             : failure;
}

/// The first table, if it is wanted; the end of the input says no.
int offer_figures(const std::string& file) {
  std::string text;
  if (!ask("Its figures by the analytic model now (yes, no)", "yes", text)) {
    say("\n");
    return done;
  }
  if (text.empty() || (text[0] != 'y' && text[0] != 'Y')) return done;
  Arguments arguments;
  arguments.scenario = file;
  arguments.method = "analytic";
  const Understood understood = understand(arguments);
  return compare(arguments, *understood.options);
}

}  // namespace

int new_scenario(const Arguments& arguments, const Options& /*options*/) {
  Wish wish = wish_of(arguments);
  std::string out = arguments.out.value_or("");
  const bool nothing_said = std::ranges::none_of(
      models::scenario::wish_parts(),
      [&](const WishPart& part) { return models::scenario::said(wish, part); });
  const bool asks = arguments.ask || (nothing_said && isatty(STDIN_FILENO) != 0);
  if (asks) {
    if (!ask_all(wish, out)) {
      say("\n");
      complain("standard input ended before every question was answered; nothing is written");
      return bad_input;
    }
  }
  wish.command = command_of(wish);
  // What is printed may go to another machine.
  if (!is_stdout(out)) wish.schema = schema_file();
  const auto made = models::scenario::new_scenario(wish);
  const auto fault = refusal(out, arguments.force);
  if (!made) complain(made.diagnostics());
  if (fault) complain("--out: " + *fault);
  if (!made || fault) return usage;
  const int code = finish(made.value(), out);
  return code == done && asks && !is_stdout(out) ? offer_figures(out) : code;
}

}  // namespace cli
