#include "cli/same_again.h"

#include <array>
#include <optional>

namespace cli {
namespace {

struct Option {
  std::string_view name;
  std::optional<std::string> Arguments::*text;
};
constexpr std::array options_with_text{Option{"--scenario", &Arguments::claims_of},
                                       Option{"--trace", &Arguments::trace},
                                       Option{"--placements", &Arguments::placements_played},
                                       Option{"--objects", &Arguments::objects},
                                       Option{"--bytes", &Arguments::bytes},
                                       Option{"--faults", &Arguments::faults},
                                       Option{"--steps", &Arguments::steps},
                                       Option{"--schedule", &Arguments::schedule},
                                       Option{"--failover", &Arguments::failover},
                                       Option{"--mission", &Arguments::mission},
                                       Option{"--missions", &Arguments::missions},
                                       Option{"--method", &Arguments::method},
                                       Option{"--precision", &Arguments::precision},
                                       Option{"--max-seconds", &Arguments::max_seconds},
                                       Option{"--replicates", &Arguments::replicates}};

}  // namespace

std::string same_again(std::string_view command, const Arguments& arguments,
                       const Options& options) {
  std::string text = "holdfast " + std::string(command);
  const auto add = [&text](std::string_view name, std::string_view value) {
    text += " ";
    text += name;
    if (!value.empty()) text += " " + reports::shell_word(value);
  };
  for (const std::string& name : arguments.cases) add(name, "");
  if (!arguments.scenario.empty()) add(reports::shell_word(arguments.scenario), "");
  for (const Option& option : options_with_text) {
    if (arguments.*option.text) add(option.name, *(arguments.*option.text));
  }
  if (arguments.assumptions) add("--assumptions", "");
  for (const std::string& name : arguments.strategies) add("--strategy", name);
  add("--seed", std::to_string(options.run.seed));
  return text + reports::set_options(arguments.overrides);
}

reports::Provenance provenance_of(std::string_view command, const Arguments& arguments,
                                  const Options& options,
                                  const models::scenario::Scenario* scenario) {
  reports::Provenance from{.command = same_again(command, arguments, options),
                           .sha256 = {},
                           .seed = options.run.seed,
                           .text = {}};
  if (scenario == nullptr) return from;
  from.sha256 = scenario->sha256;
  if (scenario->origin != nullptr) from.text = scenario->origin->text;
  return from;
}

}  // namespace cli
