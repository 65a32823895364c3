#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/load_scenario.h"

namespace cli {

int validate(const Arguments& arguments, const Options& /*options*/) {
  const auto scenario = load_scenario(arguments);
  if (!scenario) return bad_input;
  std::string text = fmt::format("{}: valid, {} strategies, {} disks\n", scenario->file,
                                 scenario->strategies.size(), scenario->hardware.disks());
  for (const auto& section : scenario->not_modelled) {
    text += fmt::format("  not modelled yet: {}\n", section.name);
  }
  return print(text) ? done : failure;
}

}  // namespace cli
