#include <algorithm>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/load_scenario.h"
#include "cli/result_outputs.h"
#include "cli/same_again.h"
#include "models/paths/path_results.h"
#include "reports/paths_text.h"

namespace cli {
namespace {

int exit_code_of(const models::paths::PathResults& results, bool check) {
  using models::fleet::Verdict;
  const auto any = [&results](Verdict verdict) {
    return std::ranges::find(results.claims, verdict, &models::fleet::ClaimResult::verdict) !=
           results.claims.end();
  };
  if (!check) return done;
  if (any(Verdict::refuted)) return refuted;
  if (results.interrupted) return undecided;
  return any(Verdict::undecided) ? undecided : done;
}

}  // namespace

int paths(const Arguments& arguments, const Options& options) {
  ResultOutputs outputs{arguments};
  outputs.ledger().reads({"scenario", arguments.scenario, {}});
  if (outputs.refused()) return usage;
  const auto scenario = load_scenario(arguments, &outputs.ledger());
  if (!scenario) return bad_input;
  if (outputs.refused() || !knows_strategies(*scenario, arguments.strategies)) return usage;
  if (!scenario->paths) {
    complain("the scenario has no 'paths'; scenarios/city_hospital_gateway.json has");
    return bad_input;
  }
  if (options.paths.missions < 2) {
    complain("--missions: an interval takes at least 2");
    return usage;
  }
  models::paths::PathOptions chosen = options.paths;
  chosen.seed = options.run.seed;
  chosen.threads = options.run.threads;
  chosen.strategies = arguments.strategies;
  const Interrupt interrupt{options.run.max_seconds};
  chosen.stop = interrupt.token();
  const auto results = models::paths::run_paths(*scenario, chosen);
  const auto from =
      provenance_of("paths", arguments, options, outputs.ledger(), scenario->origin.get());
  const bool written = outputs.write(
      {.json = [&] { return reports::paths_json(results); },
       .csv = [&] { return reports::paths_csv(results); },
       .text = [&] { return reports::paths_text(results, {.colour = stdout_colour()}); },
       .html = [&] { return reports::paths_html(results, *scenario, from, options.language); },
       .figure = [&] { return reports::paths_svg(results.strategies.front()); },
       .from = from,
       .partial = results.interrupted,
       .stopped = interrupt.by()});
  if (written && results.interrupted && interrupt.by_signal()) return interrupted;
  return written ? exit_code_of(results, arguments.check) : failure;
}

}  // namespace cli
