#include "models/sweep/sweep.h"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/input_text.h"
#include "cli/interrupt.h"
#include "cli/load_scenario.h"
#include "cli/progress.h"
#include "cli/result_outputs.h"
#include "cli/same_again.h"
#include "models/scenario/metrics.h"
#include "reports/sweep_text.h"

namespace cli {
namespace {

using models::sweep::max_points;
using models::sweep::Plan;

bool read_axes(const Arguments& arguments, Plan& plan) {
  if (arguments.vary.empty()) {
    complain(
        "sweep needs an input that varies: --vary path=from:to:number or --vary path=v1,v2, such "
        "as --vary failures.disk.lifetime='0.5 %/year:8 %/year:5:log'");
    return false;
  }
  for (const std::string& words : arguments.vary) {
    auto parsed = models::sweep::parse_axis(words);
    if (!parsed.fault.empty()) {
      complain("--vary " + parsed.fault);
      return false;
    }
    for (const auto& before : plan.axes) {
      if (before.path != parsed.axis.path) continue;
      complain("--vary " + before.path + " is given twice");
      return false;
    }
    plan.axes.push_back(std::move(parsed.axis));
  }
  if (models::sweep::points_of(plan.axes) <= max_points) return true;
  complain(fmt::format("--vary: the grid has more than {} points; take fewer values", max_points));
  return false;
}

bool read_metrics(const Arguments& arguments, Plan& plan) {
  plan.metrics = arguments.metric_ids;
  if (plan.metrics.empty()) plan.metrics.emplace_back("durability_nines");
  std::vector<std::string> names;
  for (const auto& metric : models::scenario::all_metrics()) names.emplace_back(metric.id);
  bool known = true;
  for (const std::string& id : plan.metrics) {
    if (models::scenario::find_metric(id) != nullptr) continue;
    known = false;
    const auto guess = nearest(id, names);
    complain("--metric: there is no '" + id + "'; " +
             (guess ? "did you mean '" + *guess + "'?" : "'holdfast info --metrics' lists them"));
  }
  return known;
}

/// The grid as one run for the progress line.
class GridProgress {
 public:
  explicit GridProgress(ProgressBar& bar) : bar_(&bar) {}

  void operator()(std::size_t point, std::size_t points, const models::fleet::Progress& now) {
    models::fleet::Progress all = now;
    all.replicates_done = point * now.replicates_planned + now.replicates_done;
    all.replicates_planned = points * now.replicates_planned;
    all.elapsed_s = std::chrono::duration<double>(Clock::now() - start_).count();
    all.eta_s.reset();
    if (all.replicates_done > 0) {
      all.eta_s = all.elapsed_s / static_cast<double>(all.replicates_done) *
                  static_cast<double>(all.replicates_planned - all.replicates_done);
    }
    bar_->update(all);
  }

 private:
  using Clock = std::chrono::steady_clock;
  ProgressBar* bar_;
  Clock::time_point start_ = Clock::now();
};

int exit_code_of(const models::sweep::Result& result, const Interrupt& interrupt) {
  if (result.interrupted && interrupt.by_signal()) return interrupted;
  return result.precision_reached() ? done : undecided;
}

}  // namespace

int sweep(const Arguments& arguments, const Options& options) {
  Plan plan;
  plan.overrides = arguments.overrides;
  plan.run = options.run;
  if (!read_axes(arguments, plan) || !read_metrics(arguments, plan)) return usage;
  ResultOutputs outputs{arguments};
  outputs.ledger().reads({"scenario", arguments.scenario, {}});
  if (outputs.refused()) return usage;
  const auto input = read_input(arguments.scenario);
  if (!input) {
    complain(input.diagnostics());
    return bad_input;
  }
  if (!arguments.strategies.empty()) {
    const auto scenario = load_scenario(input.value(), arguments.overrides);
    if (!scenario) return bad_input;
    if (!knows_strategies(*scenario, arguments.strategies)) return usage;
  }
  plan.file = input.value().name;
  plan.text = input.value().bytes;
  const Interrupt interrupt{options.run.max_seconds};
  models::scenario::FilesRead files;
  const auto faults = models::sweep::check_points(plan, &files, interrupt.token());
  outputs.ledger().reads(files);
  if (!faults.empty()) {
    complain(faults);
    return bad_input;
  }
  if (outputs.refused()) return usage;
  plan.checked = true;
  const bool show = stderr_can_redraw() && !arguments.quiet;
  ProgressBar bar{show ? ProgressBar::Show::yes : ProgressBar::Show::no};
  const auto result = models::sweep::sweep(plan, GridProgress{bar}, interrupt.token());
  bar.wipe();
  if (!result) {
    complain(result.diagnostics());
    return result.diagnostics().front().file.starts_with("--metric ") ? usage : bad_input;
  }
  const auto from = provenance_of("sweep", arguments, options, outputs.ledger(), nullptr);
  const bool written = outputs.write(
      {.json = [&] { return reports::sweep_json(result.value()); },
       .csv = [&] { return reports::sweep_csv(result.value()); },
       .text = [&] { return reports::sweep_text(result.value(), {.colour = stdout_colour()}); },
       .from = from,
       .partial = result.value().interrupted,
       .stopped = interrupt.by()});
  return written ? exit_code_of(result.value(), interrupt) : failure;
}

}  // namespace cli
