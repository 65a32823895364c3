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

#include "models/fleet/block_store.h"
#include "models/fleet/cuts.h"
#include "models/fleet/judge.h"
#include "models/fleet/mission.h"
#include "models/fleet/reach_mission.h"
#include "models/fleet/reach_run.h"
#include "models/fleet/tally.h"
#include "models/input/validate.h"
#include "sim/estimators/direct.h"
#include "sim/execution/blocks.h"
#include "sim/execution/limit.h"

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

/// One thread's missions, one of each strategy.
struct Missions {
  std::vector<std::unique_ptr<Mission>> of;
  sim::Limit limit;
};

/// A whole mission; nothing if it was given up.
std::optional<Outcome> play_one(Mission& mission, std::uint64_t replicate, sim::Limit& limit) {
  const Seconds end = mission.fleet().mission();
  State state = mission.initial(replicate);
  Outcome outcome;
  do {
    if (limit.look()) return std::nullopt;
  } while (mission.advance(state, end, outcome));
  return outcome;
}

/// One replicate: the same failures for every strategy. False, and nothing was added, if it was
/// given up.
bool play_all(std::uint64_t replicate, Missions& missions, Comparison& into) {
  std::vector<Outcome> outcomes;
  for (const auto& mission : missions.of) {
    std::optional<Outcome> outcome = play_one(*mission, replicate, missions.limit);
    if (!outcome) return false;
    outcomes.push_back(std::move(*outcome));
  }
  double first_unavailable = 0;
  double first_lost = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const Outcome& outcome = outcomes[i];
    const Fleet& fleet = missions.of[i]->fleet();
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
  return true;
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

/// Shares of the time allowed that are gone after each phase.
constexpr double after_missions = 1.0 / 3;
constexpr double after_reach = 0.45;
constexpr double after_pilots = 0.6;
constexpr double after_losses = 0.9;
constexpr double after_ranges = 0.95;  // the rest is for verdicts

/// A comparison of many strategies is to end about as soon as one of a few.
constexpr double work_of_all = 6e8;

/// What the phases of a run share.
struct Course {
  const RunOptions& options;
  const std::vector<Chosen>& strategies;
  const std::function<void(const Progress&)>& progress;
  std::stop_token stop;
  Clock::time_point start;

  /// True once this share of the time allowed is gone; empty without a limit.
  std::function<bool()> out_of_time(double share) const {
    if (!options.max_seconds) return {};
    return [this, share] { return seconds_since(start) > share * *options.max_seconds; };
  }
  /// True once somebody asked to stop, or this share of the time is gone.
  std::function<bool()> over(double share) const {
    return [this, late = out_of_time(share)] { return stop.stop_requested() || (late && late()); };
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

/// Figures, ranges and verdicts from what was played.
void fill(Results& results, const scenario::Scenario& scenario, const Course& course,
          const Comparison* comparison, const Branches& branches) {
  const std::vector<RareRun>& rare = branches.rare;
  for (std::size_t i = 0; i < course.strategies.size(); ++i) {
    const scenario::Strategy& strategy = *course.strategies[i].strategy;
    const std::unique_ptr<const codes::Code> code = codes::make_code(strategy.code);
    const RareRun* loss = rare.empty() ? nullptr : &rare[i];
    const ReachRun* reach =
        branches.reach.empty() || !branches.reach[i] ? nullptr : &*branches.reach[i];
    results.strategies.push_back(
        strategy_result(scenario, strategy, *code,
                        comparison == nullptr ? nullptr : &comparison->tallies[i], loss, reach));
    add_cuts(loss, reach, course.options, results.strategies.back());
  }
  results.differences = differences(results.strategies, comparison, rare);
  add_input_ranges(scenario, results.seed, course.options.input_draws, results,
                   course.over(after_ranges));
  sim::Limit limit{course.over(1)};
  results.claims = judge(scenario, results, limit);
  const bool ranges_cut =
      !results.uncertain.inputs.empty() && results.uncertain.draws < course.options.input_draws;
  results.interrupted = results.interrupted || ranges_cut || limit.passed();
}

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
             : options.losses_alone && !loss_too                  ? block_size
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
  const double share = loss_too ? after_losses : after_missions;
  hooks.out_of_time = course.out_of_time(share);
  if (course.progress) {
    hooks.progress = [&](const Comparison& so_far, std::uint64_t done) {
      course.report("missions", done, plan.end - plan.first,
                    loss_too ? precision_of(so_far) : std::nullopt);
    };
  }
  remember(options.blocks, "missions", empty, hooks);
  const auto make = [&] {
    Missions missions{{}, sim::Limit{course.over(share)}};
    for (const Chosen& entry : course.strategies) {
      missions.of.push_back(std::make_unique<Mission>(entry.fleet, options.seed));
    }
    return missions;
  };
  return sim::run_blocks(
      plan, empty, make,
      [](std::uint64_t replicate, Missions& missions, Comparison& into) {
        return play_all(replicate, missions, into);
      },
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
  options.blocks = course.options.blocks;
  options.stage = fmt::format("{} of {}", what, entry.strategy->name);
  options.out_of_time = course.out_of_time(share);
  options.stop = course.stop;
  if (course.progress) {
    options.progress = [&course, stage = options.stage](std::uint64_t done, std::uint64_t planned) {
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
  std::vector<std::optional<sim::PilotChoice>> of;
  void merge(const Choices& later) { of.insert(of.end(), later.of.begin(), later.of.end()); }
};

/// The pilots of all strategies, side by side; empty ones if somebody asked to stop.
std::vector<std::optional<sim::PilotChoice>> choose_estimators(const Course& course) {
  sim::BlockPlan plan;
  plan.end = course.strategies.size();
  plan.block_size = 1;
  plan.threads = course.options.threads;
  sim::BlockHooks<Choices> hooks;
  hooks.stop = course.stop;
  const auto none = [] { return 0; };
  auto played = sim::run_blocks(
      plan, Choices{}, none,
      [&](std::uint64_t i, int& /*workspace*/, Choices& choices) {
        const Chosen& entry = course.strategies[i];
        const RareRunOptions options = options_for(course, entry, "pilot", after_pilots);
        choices.of.push_back(choose_estimator(entry.fleet, options));
      },
      hooks);
  played.accumulator.of.resize(course.strategies.size());
  return std::move(played.accumulator.of);
}

/// Loss of every strategy, as far as time allows. What one leaves of its share of the work is for
/// those after it, and the pilot says who will need it: they come last.
std::vector<RareRun> estimate_losses(const Course& course) {
  const std::vector<std::optional<sim::PilotChoice>> choices = choose_estimators(course);
  const std::size_t count = course.strategies.size();
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) {
    return choices[i] ? choices[i]->planned : std::uint64_t{0};
  });
  std::vector<std::optional<RareRun>> runs(count);
  double left = work_of_all;
  for (std::size_t done = 0; done < count; ++done) {
    const std::size_t i = order[done];
    RareRunOptions options = options_for(course, course.strategies[i], "rare loss",
                                         share_after(done, course, after_reach, after_losses));
    options.work = std::min(options.work, left / static_cast<double>(count - done));
    options.choice = choices[i];
    runs[i] = estimate_rare_loss(course.strategies[i].fleet, options);
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
  }
  return runs;
}

/// What plays the same again: of a run that was cut off within its missions these alone, and where
/// branches were cut off the whole, see add_cuts().
std::string again(const RunOptions& options, const Results& results, bool branches) {
  std::string text;
  const bool missions_alone = results.interrupted && !branches;
  if (options.method || missions_alone) {
    text += " --method " + to_string(missions_alone ? sim::Method::direct : *options.method);
  }
  if (options.replicates || !branches) {
    if (results.end_replicate > results.first_replicate) {
      text += fmt::format(" --replicates {}:{}", results.first_replicate, results.end_replicate);
    }
    return text;
  }
  if (options.precision) text += fmt::format(" --precision {}", *options.precision);
  if (options.max_seconds) text += fmt::format(" --max-seconds {}", *options.max_seconds);
  return text;
}

/// What was asked for is not there as a whole: somebody asked to stop, or nothing at all was known
/// by the time.
template <class Run>
bool lacks(const Run& run) {
  return run.ended == sim::Ended::cancelled ||
         (run.ended == sim::Ended::out_of_time && run.tally.replicates() == 0);
}

void count_work(const Comparison& comparison, const Branches& branches, Timing& timing) {
  for (const Tally& tally : comparison.tallies) {
    timing.events += tally.events;
    timing.group_touches += tally.group_touches;
  }
  const auto add = [&timing](const sim::Work& work) {
    timing.events += work.events;
    timing.group_touches += work.groups;
  };
  for (const auto& run : branches.reach) {
    if (run) add(run->tally.work());
  }
  for (const RareRun& run : branches.rare) add(run.tally.work());
}

void simulate(Results& results, const scenario::Scenario& scenario, const Course& course) {
  const bool rare = wants_rare(course);
  const auto blocks = play_missions(course, !rare);
  results.first_replicate = blocks.first;
  results.end_replicate = blocks.end;
  const bool none = blocks.replicates() == 0 && blocks.ended == sim::Ended::out_of_time;
  results.interrupted = none || blocks.ended == sim::Ended::cancelled;
  Branches branches;
  if (rare && !course.stop.stop_requested()) {
    if (!course.options.losses_alone) branches.reach = estimate_reach(course, blocks.accumulator);
    branches.rare = estimate_losses(course);
    for (const auto& run : branches.reach) {
      results.interrupted = results.interrupted || (run && lacks(*run));
    }
    for (const RareRun& run : branches.rare) {
      results.interrupted = results.interrupted || lacks(run);
    }
  }
  results.again = again(course.options, results, !branches.rare.empty());
  if (course.options.precision) {
    const auto precision = precision_of(blocks.accumulator);
    results.precision_reached =
        rare ? !branches.rare.empty() && std::ranges::all_of(branches.rare, &RareRun::reached)
             : precision && *precision <= *course.options.precision;
  }
  results.timing.missions = blocks.replicates() * course.strategies.size();
  count_work(blocks.accumulator, branches, results.timing);
  fill(results, scenario, course, &blocks.accumulator, branches);
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
  const std::function<bool()> over = course.over(1);
  for (Chosen& entry : strategies) {
    if (!simulated || over()) break;
    entry.fleet = compile(scenario, *entry.strategy, options.seed);
  }
  if (simulated && strategies.back().fleet != nullptr) {
    simulate(results, scenario, course);
  } else {
    // Interrupted while it was compiled: the analytic model is what is known.
    results.again = " --method analytic";
    results.interrupted = simulated;
    results.precision_reached = !simulated;
    fill(results, scenario, course, nullptr, Branches{});
  }
  results.timing.wall_s = seconds_since(start);
  results.timing.cpu_s = static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
  return results;
}

}  // namespace models::fleet
