#include "models/fleet/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "models/fleet/mission.h"
#include "models/fleet/reach_mission.h"
#include "models/fleet/reach_run.h"
#include "models/fleet/tally.h"
#include "models/scenario/validate.h"
#include "sim/estimators/direct.h"
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

/// What was found besides by playing whole missions, by strategy; either may be empty.
struct Branches {
  std::vector<RareRun> rare;
  std::vector<std::optional<ReachRun>> reach;
};

/// @param over  true once there is no time for more draws of the inputs
void fill(Results& results, const scenario::Scenario& scenario,
          const std::vector<Chosen>& strategies, const Comparison* comparison,
          const Branches& branches, std::size_t input_draws, const std::function<bool()>& over) {
  const std::vector<RareRun>& rare = branches.rare;
  for (std::size_t i = 0; i < strategies.size(); ++i) {
    const std::unique_ptr<const codes::Code> code = codes::make_code(strategies[i].strategy->code);
    results.strategies.push_back(strategy_result(
        scenario, *strategies[i].strategy, *code,
        comparison == nullptr ? nullptr : &comparison->tallies[i],
        rare.empty() ? nullptr : &rare[i],
        branches.reach.empty() || !branches.reach[i] ? nullptr : &*branches.reach[i]));
  }
  results.differences = differences(results.strategies, comparison, rare);
  add_input_ranges(scenario, results.seed, input_draws, results, over);
  results.claims = judge(scenario, results.strategies, results.seed);
}

/// Shares of the time allowed that are gone after each phase.
constexpr double after_missions = 1.0 / 3;
constexpr double after_reach = 0.45;
constexpr double after_pilots = 0.6;
constexpr double after_losses = 0.9;  // the rest is for ranges of inputs and verdicts

/// A comparison of many strategies is to end about as soon as one of a few.
constexpr double work_of_all = 6e8;

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
  /// True once somebody asked to stop, or no time is left.
  std::function<bool()> over() const {
    return [this, late = out_of_time(1)] { return stop.stop_requested() || (late && late()); };
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
  hooks.out_of_time = course.out_of_time(loss_too ? 1.0 : after_missions);
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

/// @param share  of the time allowed that is gone when it ends
RareRunOptions options_for(const Course& course, const Chosen& entry, std::string_view what,
                           double share) {
  RareRunOptions options;
  options.seed = course.options.seed;
  options.threads = course.options.threads;
  options.method = course.options.method;
  options.precision = course.options.precision;
  options.replicates = course.options.replicates;
  options.out_of_time = course.out_of_time(share);
  options.stop = course.stop;
  if (course.progress) {
    const std::string stage = std::string(what) + " of " + entry.strategy->name;
    options.progress = [&course, stage](std::uint64_t done, std::uint64_t planned) {
      course.report(stage, done, planned, std::nullopt);
    };
  }
  return options;
}

double share_after(std::size_t strategy, const Course& course, double from, double to) {
  const auto count = static_cast<double>(course.strategies.size());
  return from + (to - from) * static_cast<double>(strategy + 1) / count;
}

struct Choices {
  std::vector<sim::PilotChoice> of;
  void merge(const Choices& later) { of.insert(of.end(), later.of.begin(), later.of.end()); }
};

/// The pilots of all strategies, side by side; fewer if the run was interrupted.
std::vector<sim::PilotChoice> choose_estimators(const Course& course) {
  sim::BlockPlan plan;
  plan.end = course.strategies.size();
  plan.block_size = 1;
  plan.threads = course.options.threads;
  sim::BlockHooks<Choices> hooks;
  hooks.stop = course.stop;
  const auto none = [] { return 0; };
  return sim::run_blocks(
             plan, Choices{}, none,
             [&](std::uint64_t i, int& /*workspace*/, Choices& choices) {
               const Chosen& entry = course.strategies[i];
               const RareRunOptions options = options_for(course, entry, "pilot", after_pilots);
               choices.of.push_back(choose_estimator(entry.fleet, options));
             },
             hooks)
      .accumulator.of;
}

/// Loss of every strategy; none if the run was interrupted. What one leaves of its share of the
/// work is for those after it, and the pilot says who will need it: they come last.
std::vector<RareRun> estimate_losses(const Course& course) {
  const std::vector<sim::PilotChoice> choices = choose_estimators(course);
  const std::size_t count = course.strategies.size();
  if (choices.size() < count) return {};
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return choices[i].planned; });
  std::vector<std::optional<RareRun>> runs(count);
  double left = work_of_all;
  for (std::size_t done = 0; done < count; ++done) {
    const std::size_t i = order[done];
    RareRunOptions options = options_for(course, course.strategies[i], "rare loss",
                                         share_after(done, course, after_reach, after_losses));
    options.work = std::min(options.work, left / static_cast<double>(count - done));
    options.choice = choices[i];
    runs[i] = estimate_rare_loss(course.strategies[i].fleet, options);
    if (runs[i]->cancelled) return {};
    left -= static_cast<double>(runs[i]->tally.work().total());
  }
  std::vector<RareRun> all;
  for (auto& run : runs) all.push_back(std::move(*run));
  return all;
}

/// Time out of reach where whole missions saw too little of it; nothing where they saw enough.
std::vector<std::optional<ReachRun>> estimate_reach(const Course& course,
                                                    const Comparison& comparison) {
  std::vector<std::optional<ReachRun>> runs;
  for (const Chosen& entry : course.strategies) {
    const sim::Moments& seen = comparison.tallies[runs.size()].unavailable;
    const double share = share_after(runs.size(), course, after_missions, after_reach);
    runs.emplace_back();
    const bool enough = seen.count() > 0 && sim::direct_mean(seen, 1.0, {}).converged;
    if (enough || !ReachMission::can_follow(*entry.fleet)) {
      continue;
    }
    RareRunOptions options = options_for(course, entry, "time out of reach", share);
    options.work =
        std::min(options.work, work_of_all / static_cast<double>(course.strategies.size()));
    runs.back() = estimate_time_out_of_reach(entry.fleet, options);
    if (runs.back()->cancelled) break;
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
  if (options.precision) text += fmt::format(" --precision {}", *options.precision);
  if (options.max_seconds) text += fmt::format(" --max-seconds {}", *options.max_seconds);
  return text;
}

void simulate(Results& results, const scenario::Scenario& scenario, const Course& course) {
  const bool rare = wants_rare(course);
  const auto blocks = play_missions(course, !rare);
  results.first_replicate = blocks.first;
  results.end_replicate = blocks.end;
  results.interrupted = blocks.ended == sim::Ended::cancelled;
  Branches branches;
  std::vector<RareRun>& losses = branches.rare;
  if (rare && !results.interrupted) {
    branches.reach = estimate_reach(course, blocks.accumulator);
    results.interrupted = branches.reach.back() && branches.reach.back()->cancelled;
  }
  if (rare && !results.interrupted) {
    losses = estimate_losses(course);
    results.interrupted = losses.empty() || losses.back().cancelled;
  }
  if (results.interrupted) branches = {};
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
  for (const auto& run : branches.reach) {
    if (!run) continue;
    results.timing.events += run->tally.work().events;
    results.timing.group_touches += run->tally.work().groups;
  }
  for (const RareRun& run : losses) {
    results.timing.events += run.tally.work().events;
    results.timing.group_touches += run.tally.work().groups;
  }
  fill(results, scenario, course.strategies,
       blocks.replicates() == 0 ? nullptr : &blocks.accumulator, branches,
       course.options.input_draws, course.over());
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
  std::vector<Chosen> strategies;
  for (const scenario::Strategy& strategy : scenario.strategies) {
    if (chosen(options, strategy.name)) strategies.push_back({&strategy, nullptr});
  }
  if (strategies.empty()) {
    return scenario::Diagnostics{{scenario.file, 0, "/strategies", "no strategy was chosen", {}}};
  }
  const Course course{options, strategies, progress, std::move(stop), start};
  const bool simulated = options.method != sim::Method::analytic;
  for (Chosen& entry : strategies) {
    if (!simulated || course.stop.stop_requested()) break;
    entry.fleet = compile(scenario, *entry.strategy, options.seed);
  }
  if (simulated && !course.stop.stop_requested()) {
    simulate(results, scenario, course);
  } else {
    // Interrupted while it was compiled: the analytic model is what is known.
    results.again = " --method analytic";
    fill(results, scenario, strategies, nullptr, Branches{}, options.input_draws, course.over());
    results.interrupted = course.stop.stop_requested();
    results.precision_reached = !simulated;
  }
  results.timing.wall_s = seconds_since(start);
  results.timing.cpu_s = static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
  return results;
}

}  // namespace models::fleet
