#include "models/sweep/solve.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>

#include "models/fleet/judge_figure.h"
#include "models/input/input_value.h"
#include "models/input/read_scenario.h"
#include "models/scenario/claim_kinds.h"
#include "models/scenario/metrics.h"
#include "models/scenario/nearest_name.h"
#include "models/scenario/trimmed.h"

namespace models::sweep {
namespace {

using scenario::Diagnostics;
using scenario::InputValue;
using scenario::trimmed;
using Clock = std::chrono::steady_clock;

/// Of a trial, where nothing else is asked for.
constexpr double usual_precision = 0.15;

Diagnostics fault_of(std::string_view option, std::string message) {
  return {{.file = std::string(option), .line = 0, .pointer = {}, .message = std::move(message)}};
}

/// A bound decides as well: what was never seen is at most that.
Side side_of(const sim::Estimate& figure, const Target& target) {
  const bool low = fleet::holds(figure.ci95.low, target.op, target.value);
  const bool high = fleet::holds(figure.ci95.high, target.op, target.value);
  const bool reliable = figure.converged || (!figure.value && figure.replicates > 0);
  if (low != high || !reliable) return Side::open;
  return low ? Side::meets : Side::fails;
}

/// By the value, or by the bound where there is none; ratios where both are positive.
double margin_of(const sim::Estimate& figure, const Target& target) {
  const bool more = target.op.starts_with('>');
  double value = figure.value.value_or(more ? figure.ci95.low : figure.ci95.high);
  if (!std::isfinite(value)) value = more ? figure.ci95.low : figure.ci95.high;
  const bool ratio = value > 0 && target.value > 0;
  const double over = ratio ? std::log(value / target.value) : value - target.value;
  return more ? over : -over;
}

/// Figures that whole missions are not needed for.
bool is_of_loss(std::string_view metric) {
  constexpr std::array<std::string_view, 6> losses{
      "durability_nines",   "annual_object_loss", "annual_loss_probability", "mttdl_years", "nomdl",
      "bytes_lost_per_year"};
  return std::ranges::find(losses, metric) != losses.end();
}

/// One question after another, each on the same failures.
class Trials {
 public:
  Trials(const Question& question, std::string unit, const SolveProgress& progress,
         std::stop_token stop)
      : question_(question), unit_(std::move(unit)), progress_(progress), stop_(std::move(stop)) {}

  Answer operator()(double at) {
    const std::string value = words_of(at);
    if (progress_) progress_(trials_.size(), value);
    std::vector<std::string> overrides = question_.overrides;
    overrides.push_back(question_.path + "=" + value);
    auto read = scenario::read_scenario_text(question_.text, question_.file.string(), overrides);
    if (!read) return refuse(read.diagnostics(), "--set " + overrides.back());
    const auto options = options_now();
    if (!options) return {Side::cut, 0};
    read.value().claims.clear();
    auto results = fleet::run(read.value(), *options, {}, stop_);
    if (!results) return refuse(results.diagnostics(), "--set " + overrides.back());
    return take(results.value(), at, value);
  }

  const Diagnostics& refusals() const { return refusals_; }
  std::map<double, SolveTrial>& trials() { return trials_; }
  Solution solution() const {
    Solution solution;
    solution.scenario = scenario_;
    solution.sha256 = sha256_;
    for (const auto& [at, trial] : trials_) solution.trials.push_back(trial);
    return solution;
  }

 private:
  std::string words_of(double at) const {
    return fmt::format("{:.12g}{}{}", at, unit_.empty() ? "" : " ", unit_);
  }

  Answer refuse(const Diagnostics& faults, std::string_view set) {
    if (refusals_.empty()) refusals_ = faults;
    for (scenario::Diagnostic& fault : refusals_) {
      if (fault.file == set) fault.file = "--for " + std::string(set.substr(6));
    }
    return {Side::refused, 0};
  }

  /// What is left of the time is for the trials that are left: none, once it is gone.
  std::optional<fleet::RunOptions> options_now() const {
    fleet::RunOptions options = question_.run;
    options.strategies = {question_.strategy};
    options.input_draws = 0;
    options.losses_alone = is_of_loss(question_.target.metric);
    if (!options.replicates && !options.precision) {
      options.precision = usual_precision;
    }
    if (!options.max_seconds) return options;
    const double gone = std::chrono::duration<double>(Clock::now() - begun_).count();
    options.max_seconds = *question_.run.max_seconds - gone;
    return *options.max_seconds > 0 ? std::optional(options) : std::nullopt;
  }

  Answer take(fleet::Results& results, double at, const std::string& value) {
    scenario_ = results.scenario;
    sha256_ = results.scenario_sha256;
    const auto* metric = results.strategies.front().find(question_.target.metric);
    if (metric == nullptr) {
      if (refusals_.empty()) {
        refusals_ = fault_of("--target", fmt::format("'{}' is not known for this strategy",
                                                     question_.target.metric));
      }
      return {Side::refused, 0};
    }
    // A figure of a run that was cut off may be another at the next try.
    if (results.interrupted) return {Side::cut, 0};
    const Side side = side_of(metric->estimate, question_.target);
    trials_[at] = {at, value, side, metric->estimate};
    return {side, margin_of(metric->estimate, question_.target)};
  }

  const Question& question_;
  std::string unit_;
  const SolveProgress& progress_;
  std::stop_token stop_;
  Clock::time_point begun_ = Clock::now();
  std::map<double, SolveTrial> trials_;
  Diagnostics refusals_;  ///< of the first value that was refused
  std::string scenario_, sha256_;
};

}  // namespace

ParsedTarget parse_target(std::string_view words) {
  constexpr std::string_view example = "such as 'durability_nines >= 8'";
  const auto op = std::ranges::find_if(scenario::claim_ops, [&](std::string_view each) {
    return words.find(each) != std::string_view::npos;
  });
  if (op == scenario::claim_ops.end())
    return {{}, fmt::format("'{}' is no target, {}", words, example)};
  const std::size_t at = words.find(*op);
  ParsedTarget parsed;
  parsed.target.metric = trimmed(words.substr(0, at));
  parsed.target.op = *op;
  const std::string value(trimmed(words.substr(at + op->size())));
  const InputValue number = scenario::split_quantity(value);
  if (!number.fault.empty() || !number.unit.empty()) {
    parsed.fault = fmt::format("'{}' is no plain number, in the metric's unit, {}", value, example);
    return parsed;
  }
  parsed.target.value = number.number;
  if (scenario::find_metric(parsed.target.metric) != nullptr) return parsed;
  std::vector<std::string_view> names;
  for (const auto& metric : scenario::all_metrics()) names.push_back(metric.id);
  parsed.fault = fmt::format("there is no metric '{}'; {}", parsed.target.metric,
                             scenario::name_advice(parsed.target.metric, names));
  return parsed;
}

ParsedEnds parse_ends(std::string_view words) {
  constexpr std::string_view example = "such as '1 min:2 days' or 1:8";
  ParsedEnds ends;
  const std::size_t colon = words.find(':');
  if (colon == std::string_view::npos) {
    ends.fault = fmt::format("'{}' is no pair of ends, {}", words, example);
    return ends;
  }
  const InputValue low = scenario::split_quantity(trimmed(words.substr(0, colon)));
  const InputValue high = scenario::split_quantity(trimmed(words.substr(colon + 1)));
  ends = {low.number, high.number, low.unit, low.whole && high.whole, {}};
  if (!low.fault.empty() || !high.fault.empty()) {
    ends.fault = fmt::format("{}, {}", low.fault.empty() ? high.fault : low.fault, example);
  } else if (low.unit != high.unit) {
    ends.fault = fmt::format("'{}' and '{}' are not of one unit; give both in the same", low.unit,
                             high.unit);
  } else if (!(low.number < high.number)) {
    ends.fault =
        fmt::format("{:g} is not below {:g}; give the lower one first", low.number, high.number);
  }
  return ends;
}

const SolveTrial* Solution::find(const std::optional<double>& at) const {
  if (!at) return nullptr;
  const auto found = std::ranges::find(trials, *at, &SolveTrial::at);
  return found == trials.end() ? nullptr : &*found;
}

scenario::Checked<Solution> solve(const Question& question, const SolveProgress& progress,
                                  std::stop_token stop) {
  const auto begun = Clock::now();
  Reach reach;
  std::string unit;
  if (question.between) {
    reach = {question.between->low, question.between->low, question.between->high,
             question.between->whole};
    unit = question.between->unit;
  } else {
    const InputValue start = scenario::input_value(question.text, question.file.string(),
                                                   question.overrides, question.path);
    if (!start.fault.empty()) return fault_of("--for", start.fault);
    reach.start = start.number;
    reach.whole = start.whole;
    unit = start.unit;
  }
  Trials trials(question, unit, progress, stop);
  const Boundary boundary = find_boundary(reach, std::ref(trials));
  // No value was valid, not even the one that the scenario has.
  if (boundary.trials.empty() && !boundary.cut) return trials.refusals();
  Solution solution = trials.solution();
  solution.file = question.file.string();
  solution.strategy = question.strategy;
  solution.path = question.path;
  solution.target = question.target;
  solution.seed = question.run.seed;
  solution.interrupted = boundary.cut || stop.stop_requested();
  solution.meets_at = boundary.meets;
  solution.fails_at = boundary.fails;
  solution.monotone = boundary.monotone;
  solution.wall_s = std::chrono::duration<double>(Clock::now() - begun).count();
  return solution;
}

}  // namespace models::sweep
