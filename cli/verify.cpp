#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/load_scenario.h"
#include "cli/progress.h"
#include "cli/result_outputs.h"
#include "cli/same_again.h"
#include "models/fleet/run.h"
#include "models/verify/assumptions.h"
#include "models/verify/published_case.h"
#include "models/verify/scenario_claims.h"
#include "reports/verify_text.h"

namespace cli {
namespace {

using models::verify::Case;
using models::verify::Outcome;
using models::verify::Verdict;

/// What only a run of a scenario can obey.
std::optional<std::string> needs_a_scenario(const Arguments& arguments, const Options& options) {
  if (arguments.claims_of) return std::nullopt;
  std::string option;
  if (arguments.assumptions) option = "--assumptions";
  if (!arguments.overrides.empty()) option = "--set";
  if (!arguments.strategies.empty()) option = "--strategy";
  if (options.run.precision) option = "--precision";
  if (options.run.replicates) option = "--replicates";
  if (option.empty()) return std::nullopt;
  return option + " is about the claims of a scenario; name one with --scenario FILE";
}

/// The cases of the names given, each once, in the order of the registry; empty, with a message, if
/// one is unknown.
std::optional<std::vector<const Case*>> chosen(const Arguments& arguments) {
  std::vector<const Case*> cases;
  const bool all = arguments.cases.empty() && !arguments.claims_of;
  for (const std::string& name : arguments.cases) {
    const auto found = models::verify::find_cases(name);
    if (!found.empty()) {
      cases.insert(cases.end(), found.begin(), found.end());
      continue;
    }
    const auto guess = nearest(name, models::verify::case_names());
    complain("there is no case '" + name + "'; " +
             (guess ? "did you mean '" + *guess + "'?" : "'holdfast verify --list' lists them"));
    return std::nullopt;
  }
  if (all) {
    for (const Case& one : models::verify::all_cases()) cases.push_back(&one);
  }
  std::ranges::sort(cases);
  cases.erase(std::unique(cases.begin(), cases.end()), cases.end());
  return cases;
}

bool wanted(const Case& one, const std::optional<sim::Method>& method) {
  if (!method) return true;
  return (*method == sim::Method::analytic) == (one.simulated == nullptr);
}

std::string list() {
  std::string text;
  for (const Case& one : models::verify::all_cases()) {
    text += std::string{one.id} + "\n    " + std::string{one.title} + "\n";
  }
  return text;
}

int exit_code_of(const std::vector<Outcome>& cases, bool check) {
  const auto any = [&cases](Verdict verdict) {
    return std::ranges::find(cases, verdict, &Outcome::verdict) != cases.end();
  };
  if (!check) return done;
  if (any(Verdict::refuted) || any(Verdict::not_reproduced)) return refuted;
  return any(Verdict::undecided) ? undecided : done;
}

/// Judges the claims of --scenario; the exit status so far.
int add_claims(const Arguments& arguments, const Options& options, const std::stop_token& stop,
               ResultOutputs& outputs, reports::Verification& verification) {
  if (!arguments.claims_of) return done;
  Arguments of_scenario = arguments;
  of_scenario.scenario = *arguments.claims_of;
  const auto scenario = load_scenario(of_scenario, &outputs.ledger());
  if (!scenario) return bad_input;
  if (outputs.refused()) return usage;
  if (!knows_strategies(*scenario, arguments.strategies)) return usage;
  const bool show = stderr_can_redraw() && !arguments.quiet;
  ProgressBar bar{show ? ProgressBar::Show::yes : ProgressBar::Show::no};
  const auto show_progress = [&bar](const auto& progress) { bar.update(progress); };
  models::fleet::RunOptions run = options.run;
  // As many runs as there are assumptions follow, each as long as this one.
  const std::size_t runs = arguments.assumptions ? models::verify::all_assumptions().size() + 1 : 1;
  if (run.max_seconds) *run.max_seconds /= static_cast<double>(runs);
  const auto results = models::fleet::run(*scenario, run, show_progress, stop);
  bar.wipe();
  if (!results) {
    complain(results.diagnostics());
    return bad_input;
  }
  const auto judged = models::verify::judged_claims(*scenario, results.value());
  verification.cases.insert(verification.cases.end(), judged.begin(), judged.end());
  if (arguments.assumptions) {
    verification.claims = models::verify::claims_under_assumptions(*scenario, run, results.value(),
                                                                   show_progress, stop);
    bar.wipe();
  }
  return results.value().precision_reached ? done : undecided;
}

}  // namespace

int verify(const Arguments& arguments, const Options& options) {
  if (arguments.list) return print(list()) ? done : failure;
  if (const auto fault = needs_a_scenario(arguments, options)) {
    complain(*fault);
    return usage;
  }
  const auto cases = chosen(arguments);
  if (!cases) return usage;
  ResultOutputs outputs{arguments};
  if (arguments.claims_of) outputs.ledger().reads({"scenario", *arguments.claims_of, {}});
  if (outputs.refused()) return usage;

  const Interrupt interrupt{options.run.max_seconds};
  reports::Verification verification;
  verification.seed = options.run.seed;
  int code = add_claims(arguments, options, interrupt.token(), outputs, verification);
  if (code == bad_input || code == usage) return code;
  for (const Case* one : *cases) {
    if (interrupt.token().stop_requested()) break;
    if (!wanted(*one, options.run.method)) continue;
    auto outcome = models::verify::recompute(
        *one,
        {.seed = options.run.seed, .threads = options.run.threads, .stop = interrupt.token()});
    if (!interrupt.token().stop_requested()) verification.cases.push_back(std::move(outcome));
  }
  const bool partial = interrupt.token().stop_requested();
  if (partial && interrupt.by_signal()) code = interrupted;
  const auto from = provenance_of("verify", arguments, options, outputs.ledger(), nullptr);
  const bool written = outputs.write(
      {.json = [&] { return reports::verify_json(verification); },
       .csv = [&] { return reports::verify_csv(verification); },
       .text = [&] { return reports::verify_text(verification, {.colour = stdout_colour()}); },
       .html = [&] { return reports::verify_html(verification, from, options.language); },
       .from = from,
       .partial = partial,
       .stopped = interrupt.by()});
  if (!written) return failure;
  const int checked = exit_code_of(verification.cases, arguments.check);
  return code == interrupted || checked == done ? code : checked;
}

}  // namespace cli
