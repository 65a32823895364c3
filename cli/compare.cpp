#include <algorithm>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/load_scenario.h"
#include "cli/output_file.h"
#include "cli/progress.h"
#include "models/fleet/run.h"
#include "reports/preview_text.h"
#include "reports/result_csv.h"
#include "reports/result_json.h"
#include "reports/result_text.h"

namespace cli {
namespace {

using models::fleet::Results;
using models::fleet::Verdict;

struct Output {
  OutputFile file;
  std::string (*render)(const Results&);
};

std::string json_of(const Results& results) { return reports::result_json(results); }

std::vector<Output> outputs_of(const Arguments& arguments) {
  std::vector<Output> outputs;
  if (arguments.json) outputs.push_back({OutputFile{*arguments.json}, json_of});
  if (arguments.csv) outputs.push_back({OutputFile{*arguments.csv}, reports::result_csv});
  return outputs;
}

int check_outputs(const std::vector<Output>& outputs, const std::string& input) {
  std::vector<OutputFile> files;
  files.reserve(outputs.size());
  for (const Output& output : outputs) files.push_back(output.file);
  if (const auto fault = conflict(files, input)) {
    complain(*fault);
    return usage;
  }
  for (const OutputFile& file : files) {
    if (const auto fault = file.refusal()) {
      complain(*fault);
      return usage;
    }
  }
  return done;
}

/// Files first: a reader that closes the pipe must not cost them.
bool write_outputs(const Results& results, const std::vector<Output>& outputs, bool quiet) {
  bool good = true;
  const Output* to_stdout = nullptr;
  for (const Output& output : outputs) {
    if (output.file.is_stdout()) {
      to_stdout = &output;
    } else if (const auto fault = output.file.commit(output.render(results))) {
      complain(*fault);
      good = false;
    }
  }
  if (to_stdout != nullptr) return print(to_stdout->render(results)) && good;
  if (quiet) return good;
  return print(reports::result_text(results, {.colour = stdout_colour()})) && good;
}

/// What the textbook says at once, while the simulation runs. Nothing on a terminal that cannot
/// move its cursor or is too low to hold it.
void preview(ProgressBar& bar, models::scenario::Scenario scenario,
             models::fleet::RunOptions options) {
  if (options.method == sim::Method::analytic) return;
  scenario.claims.clear();  // some take a second to judge
  options.method = sim::Method::analytic;
  const auto textbook = models::fleet::run(scenario, options);
  if (!textbook) return;  // the run itself will say why
  const std::size_t rows = terminal_rows();
  constexpr std::size_t other_lines = 6;  // heading, the bar, and some of what was there before
  if (rows <= other_lines) return;
  bar.above(reports::preview_text(textbook.value(), rows - other_lines));
}

int exit_code_of(const Results& results, bool check) {
  const auto any = [&results](Verdict verdict) {
    return std::ranges::any_of(results.claims,
                               [verdict](const auto& claim) { return claim.verdict == verdict; });
  };
  if (results.interrupted) return interrupted;
  if (check && any(Verdict::refuted)) return refuted;
  if (!results.precision_reached || (check && any(Verdict::undecided))) return undecided;
  return done;
}

}  // namespace

int compare(const Arguments& arguments, const Options& options) {
  const std::vector<Output> outputs = outputs_of(arguments);
  if (const int code = check_outputs(outputs, arguments.scenario); code != done) return code;
  const auto scenario = load_scenario(arguments);
  if (!scenario) return bad_input;
  if (!knows_strategies(*scenario, arguments.strategies)) return usage;

  const Interrupt interrupt;
  const bool show = stderr_can_redraw() && !arguments.quiet;
  ProgressBar bar{show ? ProgressBar::Show::yes : ProgressBar::Show::no};
  if (show) preview(bar, *scenario, options.run);
  const auto results = models::fleet::run(
      *scenario, options.run, [&bar](const auto& progress) { bar.update(progress); },
      interrupt.token());
  bar.wipe();
  if (!results) {
    complain(results.diagnostics());
    return bad_input;
  }
  if (!write_outputs(results.value(), outputs, arguments.quiet)) return failure;
  return exit_code_of(results.value(), arguments.check);
}

}  // namespace cli
