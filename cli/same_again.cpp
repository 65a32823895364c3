#include "cli/same_again.h"

#include <array>
#include <optional>

#include "cli/commands.h"

namespace cli {
namespace {

struct Option {
  std::string_view name;
  std::optional<std::string> Arguments::*text;
};
constexpr std::array options_with_text{Option{"--scenario", &Arguments::claims_of},
                                       Option{"--scenario", &Arguments::base},
                                       Option{"--columns", &Arguments::columns},
                                       Option{"--dates", &Arguments::dates},
                                       Option{"--trace", &Arguments::trace},
                                       Option{"--placements", &Arguments::placements_played},
                                       Option{"--resample", &Arguments::resample},
                                       Option{"--population", &Arguments::population},
                                       Option{"--units", &Arguments::units},
                                       Option{"--from", &Arguments::from},
                                       Option{"--until", &Arguments::until},
                                       Option{"--installed", &Arguments::installed},
                                       Option{"--model", &Arguments::model},
                                       Option{"--law", &Arguments::law},
                                       Option{"--objects", &Arguments::objects},
                                       Option{"--bytes", &Arguments::bytes},
                                       Option{"--faults", &Arguments::faults},
                                       Option{"--steps", &Arguments::steps},
                                       Option{"--schedule", &Arguments::schedule},
                                       Option{"--failover", &Arguments::failover},
                                       Option{"--mission", &Arguments::mission},
                                       Option{"--missions", &Arguments::missions},
                                       Option{"--for", &Arguments::solve_for},
                                       Option{"--target", &Arguments::target},
                                       Option{"--between", &Arguments::between},
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
  for (const std::string& name : arguments.cases) add(reports::shell_word(name), "");
  if (!arguments.scenario.empty()) add(reports::shell_word(arguments.scenario), "");
  for (const Option& option : options_with_text) {
    if (arguments.*option.text) add(option.name, *(arguments.*option.text));
  }
  if (arguments.assumptions) add("--assumptions", "");
  if (arguments.check) add("--check", "");
  for (const std::string& where : arguments.where) add("--where", where);
  if (arguments.strict) add("--strict", "");
  for (const std::string& name : arguments.strategies) add("--strategy", name);
  for (const std::string& axis : arguments.vary) add("--vary", axis);
  for (const std::string& metric : arguments.metric_ids) add("--metric", metric);
  text += reports::set_options(arguments.overrides);
  const unsigned takes = find_command(command)->takes;
  if ((takes & measuring) != 0 && arguments.threads) add("--threads", *arguments.threads);
  if ((takes & (seed_and_set | seed)) != 0) add("--seed", std::to_string(options.run.seed));
  return text;
}

reports::Provenance provenance_of(std::string_view command, const Arguments& arguments,
                                  const Options& options, const FileLedger& ledger,
                                  const models::scenario::Origin* origin) {
  reports::Provenance from{.command = same_again(command, arguments, options),
                           .sha256 = {},
                           .seed = options.run.seed,
                           .text = {},
                           .files = ledger.inputs()};
  if (origin == nullptr) return from;
  from.text = origin->text;
  from.sha256 = models::scenario::sha256_of(origin->text);
  return from;
}

}  // namespace cli
