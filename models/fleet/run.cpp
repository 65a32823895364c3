#include "models/fleet/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>
#include <span>

#include "models/fleet/mission.h"
#include "models/fleet/tally.h"
#include "models/scenario/validate.h"
#include "sim/execution/blocks.h"

namespace models::fleet {

namespace {

using Clock = std::chrono::steady_clock;

/// Missions of a run that is told nothing else; with a precision to reach, the most it takes.
constexpr std::uint64_t default_replicates = std::uint64_t{1} << 10;
constexpr std::uint64_t most_replicates = std::uint64_t{1} << 16;
constexpr std::uint64_t block_size = 64;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Chosen {
  const scenario::Strategy* strategy{};
  std::shared_ptr<const Fleet> fleet;
};

bool chosen(const RunOptions& options, const std::string& name) {
  return options.strategies.empty() ||
         std::find(options.strategies.begin(), options.strategies.end(), name) !=
             options.strategies.end();
}

/// One replicate: the same failures for every strategy.
void play_all(std::uint64_t replicate, std::vector<std::unique_ptr<Mission>>& missions,
              Comparison& into) {
  double first_unavailable = 0;
  double first_lost = 0;
  for (std::size_t i = 0; i < missions.size(); ++i) {
    State state = missions[i]->initial(replicate);
    const Outcome outcome = missions[i]->play(state);
    const Fleet& fleet = missions[i]->fleet();
    into.tallies[i].add(outcome, fleet);
    const double groups = fleet.map().groups();
    const double unavailable = outcome.unreadable_group_seconds / groups;
    const double lost = outcome.groups_lost / groups;
    if (i == 0) {
      first_unavailable = unavailable;
      first_lost = lost;
      continue;
    }
    into.unavailable_pairs[i - 1].add(first_unavailable, unavailable);
    into.lost_pairs[i - 1].add(first_lost, lost);
  }
}

/// The worst relative half-width; empty while a strategy has no loss to measure.
std::optional<double> precision_of(const Comparison& comparison) {
  double worst = 0;
  for (const Tally& tally : comparison.tallies) {
    const auto precision = precision_of(tally);
    if (!precision) return std::nullopt;
    worst = std::max(worst, *precision);
  }
  return worst;
}

/// @param rare  by strategy, or empty
void fill(Results& results, const scenario::Scenario& scenario,
          const std::vector<Chosen>& strategies, const Comparison* comparison,
          std::span<const RareRun> rare, std::size_t input_draws) {
  for (std::size_t i = 0; i < strategies.size(); ++i) {
    const std::unique_ptr<const codes::Code> code = codes::make_code(strategies[i].strategy->code);
    results.strategies.push_back(
        strategy_result(scenario, *strategies[i].strategy, *code,
                        comparison == nullptr ? nullptr : &comparison->tallies[i],
                        rare.empty() ? nullptr : &rare[i]));
  }
  results.differences = differences(results.strategies, comparison, rare);
  add_input_ranges(scenario, results.seed, input_draws, results);
  results.claims = judge(scenario, results.strategies, results.seed);
}

/// What the phases of a run share.
struct Course {
  const RunOptions& options;
  const std::vector<Chosen>& strategies;
  const std::function<void(const Progress&)>& progress;
  std::stop_token stop;
  Clock::time_point start;

  /// True once this share of the time allowed is gone; never without a limit.
  std::function<bool()> out_of_time(double share) const {
    if (!options.max_seconds) return {};
    return [this, share] { return seconds_since(start) > share * *options.max_seconds; };
  }
  void report(std::string stage, std::uint64_t done, std::uint64_t planned,
              std::optional<double> precision) const {
    Progress now;
    now.stage = std::move(stage);
    now.replicates_done = done;
    now.replicates_planned = planned;
    now.elapsed_s = seconds_since(start);
    now.precision = precision;
    progress(now);
  }
};

/// An estimator of rare loss has something to do: data can be lost, and it was not ruled out.
bool wants_rare(const Course& course) {
  if (course.options.method == sim::Method::direct) return false;
  return std::ranges::all_of(course.strategies,
                             [](const Chosen& entry) { return !entry.fleet->families().empty(); });
}

/// Whole missions: time out of reach, traffic, rebuilds, and loss where it is common.
sim::BlocksResult<Comparison> play_missions(const Course& course, bool loss_too) {
  const RunOptions& options = course.options;
  const std::size_t count = course.strategies.size();
  Comparison empty;
  empty.tallies.resize(count);
  empty.unavailable_pairs.resize(count - 1);
  empty.lost_pairs.resize(count - 1);
  const bool until_precise = loss_too && options.precision;
  sim::BlockPlan plan;
  plan.first = options.replicates ? options.replicates->first : 0;
  plan.end = options.replicates                                   ? options.replicates->second
             : until_precise || (loss_too && options.max_seconds) ? most_replicates
                                                                  : default_replicates;
  plan.block_size = block_size;
  plan.threads = options.threads;
  sim::BlockHooks<Comparison> hooks;
  hooks.stop = course.stop;
  if (until_precise) {
    hooks.satisfied = [&](const Comparison& so_far, std::uint64_t replicates) {
      const auto precision = precision_of(so_far);
      return replicates >= 1000 && precision && *precision <= *options.precision;
    };
  }
  // The rare losses need the greater part of the time.
  hooks.out_of_time = course.out_of_time(loss_too ? 1.0 : 1.0 / 3);
  if (course.progress) {
    hooks.progress = [&](const Comparison& so_far, std::uint64_t done) {
      course.report("missions", done, plan.end - plan.first,
                    loss_too ? precision_of(so_far) : std::nullopt);
    };
  }
  const auto make = [&] {
    std::vector<std::unique_ptr<Mission>> missions;
    missions.reserve(count);
    for (const Chosen& entry : course.strategies) {
      missions.push_back(std::make_unique<Mission>(entry.fleet, options.seed));
    }
    return missions;
  };
  return sim::run_blocks(
      plan, empty, make,
      [](std::uint64_t replicate, std::vector<std::unique_ptr<Mission>>& missions,
         Comparison& into) { play_all(replicate, missions, into); },
      hooks);
}

/// Loss of every strategy, one after the other; fewer if the run was interrupted.
std::vector<RareRun> estimate_losses(const Course& course) {
  std::vector<RareRun> runs;
  const std::size_t count = course.strategies.size();
  for (const Chosen& entry : course.strategies) {
    RareRunOptions options;
    options.seed = course.options.seed;
    options.threads = course.options.threads;
    options.method = course.options.method;
    options.precision = course.options.precision;
    options.replicates = course.options.replicates;
    const double share = static_cast<double>(runs.size() + 1) / static_cast<double>(count);
    options.out_of_time = course.out_of_time(1.0 / 3 + 2.0 / 3 * share);
    options.stop = course.stop;
    if (course.progress) {
      options.progress = [&](std::uint64_t done, std::uint64_t planned) {
        course.report("rare loss of " + entry.strategy->name, done, planned, std::nullopt);
      };
    }
    runs.push_back(estimate_rare_loss(entry.fleet, options));
    if (runs.back().cancelled) break;
  }
  return runs;
}

/// What plays the same again. An interrupted run has whole missions alone.
std::string again(const RunOptions& options, const Results& results, bool rare) {
  std::string text;
  if (options.method || results.interrupted) {
    text += " --method " + to_string(results.interrupted ? sim::Method::direct : *options.method);
  }
  if (options.replicates || results.interrupted || !rare) {
    if (results.end_replicate > results.first_replicate) {
      text += fmt::format(" --replicates {}:{}", results.first_replicate, results.end_replicate);
    }
    return text;
  }
  if (options.precision) text += fmt::format(" --precision {:.6g}%", *options.precision * 100);
  if (options.max_seconds) text += fmt::format(" --max-seconds {:.6g}", *options.max_seconds);
  return text;
}

void simulate(Results& results, const scenario::Scenario& scenario, const Course& course) {
  const bool rare = wants_rare(course);
  const auto blocks = play_missions(course, !rare);
  results.first_replicate = blocks.first;
  results.end_replicate = blocks.end;
  results.interrupted = blocks.ended == sim::Ended::cancelled;
  std::vector<RareRun> losses;
  if (rare && !results.interrupted) {
    losses = estimate_losses(course);
    results.interrupted = losses.back().cancelled;
    if (results.interrupted) losses.clear();
  }
  results.again = again(course.options, results, rare);
  if (course.options.precision) {
    const auto precision = precision_of(blocks.accumulator);
    results.precision_reached =
        rare ? !losses.empty() && std::ranges::all_of(losses, &RareRun::reached)
             : precision && *precision <= *course.options.precision;
  }
  results.timing.missions = blocks.replicates() * course.strategies.size();
  for (const Tally& tally : blocks.accumulator.tallies) {
    results.timing.events += tally.events;
    results.timing.group_touches += tally.group_touches;
  }
  for (const RareRun& run : losses) {
    results.timing.events += run.tally.work().events;
    results.timing.group_touches += run.tally.work().groups;
  }
  fill(results, scenario, course.strategies,
       blocks.replicates() == 0 ? nullptr : &blocks.accumulator, losses,
       course.options.input_draws);
}

scenario::Diagnostics faults_of(const scenario::Scenario& scenario) {
  scenario::Diagnostics faults = scenario::validate(scenario);
  std::erase_if(faults, [](const scenario::Diagnostic& fault) {
    return fault.severity == scenario::Diagnostic::Severity::warning;
  });
  return faults;
}

}  // namespace

scenario::Checked<Results> run(const scenario::Scenario& scenario, const RunOptions& options,
                               const std::function<void(const Progress&)>& progress,
                               std::stop_token stop) {
  if (scenario::Diagnostics faults = faults_of(scenario); !faults.empty()) return faults;
  const auto start = Clock::now();
  const std::clock_t cpu_start = std::clock();
  Results results;
  results.scenario = scenario.name;
  results.scenario_file = scenario.file;
  results.scenario_sha256 = scenario.sha256;
  results.seed = options.seed;
  results.mission_years = sim::in_years(scenario.mission);
  const bool simulated = options.method != sim::Method::analytic;
  std::vector<Chosen> strategies;
  for (const scenario::Strategy& strategy : scenario.strategies) {
    if (!chosen(options, strategy.name)) continue;
    strategies.push_back(
        {&strategy, simulated ? compile(scenario, strategy, options.seed) : nullptr});
  }
  if (strategies.empty()) {
    return scenario::Diagnostics{{scenario.file, 0, "/strategies", "no strategy was chosen", {}}};
  }
  if (simulated) {
    simulate(results, scenario, {options, strategies, progress, std::move(stop), start});
  } else {
    fill(results, scenario, strategies, nullptr, {}, options.input_draws);
    results.precision_reached = true;
  }
  results.timing.wall_s = seconds_since(start);
  results.timing.cpu_s = static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
  return results;
}

}  // namespace models::fleet
