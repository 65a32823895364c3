#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/shipped.h"
#include "models/input/read_scenario.h"
#include "reports/words/display_width.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

std::string line_of(const fs::path& file) {
  const auto scenario = models::scenario::read_scenario(file.string(), {});
  const std::string about = scenario ? scenario.value().name : "cannot be read: see validate";
  return fmt::format("{} {}\n", reports::pad_right(file.stem().string(), 26),
                     reports::cut(about, 53));
}

int list() {
  const std::vector<fs::path> files = shipped_scenarios();
  if (files.empty()) {
    complain("no scenarios in " + shipped_folder().string());
    return failure;
  }
  std::string text;
  for (const fs::path& file : files) text += line_of(file);
  text += fmt::format("\nin {}; 'holdfast examples NAME' prints one\n", shipped_folder().string());
  return print(text) ? done : failure;
}

}  // namespace

int examples(const Arguments& arguments, const Options& /*options*/) {
  if (arguments.scenario.empty()) return list();
  std::vector<std::string> names;
  for (const fs::path& file : shipped_scenarios()) {
    names.push_back(file.stem().string());
    if (names.back() != arguments.scenario) continue;
    std::ifstream stream{file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{stream}, {}};
    return print(text) ? done : failure;
  }
  const auto guess = nearest(arguments.scenario, names);
  complain(
      fmt::format("there is no example '{}'; {}", arguments.scenario,
                  guess ? "did you mean '" + *guess + "'?" : "'holdfast examples' lists them"));
  return usage;
}

}  // namespace cli
