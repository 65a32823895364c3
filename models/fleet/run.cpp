#include "models/fleet/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>

#include "models/fleet/mission.h"
#include "models/fleet/tally.h"
#include "models/scenario/validate.h"
#include "sim/execution/blocks.h"

namespace models::fleet {

namespace {

using Clock = std::chrono::steady_clock;

/// Missions of a run that is told nothing else; with a precision to reach, the most it takes.
constexpr std::uint64_t default_replicates = std::uint64_t{1} << 11;
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

void fill(Results& results, const scenario::Scenario& scenario,
          const std::vector<Chosen>& strategies, const Comparison* comparison) {
  for (std::size_t i = 0; i < strategies.size(); ++i) {
    const std::unique_ptr<const codes::Code> code = codes::make_code(strategies[i].strategy->code);
    results.strategies.push_back(
        strategy_result(scenario, *strategies[i].strategy, *code,
                        comparison == nullptr ? nullptr : &comparison->tallies[i]));
  }
  results.differences = differences(results.strategies, comparison);
  results.claims = judge(scenario, results.strategies, results.seed);
}

void simulate(Results& results, const scenario::Scenario& scenario,
              const std::vector<Chosen>& strategies, const RunOptions& options,
              const std::function<void(const Progress&)>& progress, std::stop_token stop) {
  Comparison empty;
  empty.tallies.resize(strategies.size());
  empty.unavailable_pairs.resize(strategies.size() - 1);
  empty.lost_pairs.resize(strategies.size() - 1);
  sim::BlockPlan plan;
  plan.first = options.replicates ? options.replicates->first : 0;
  plan.end = options.replicates                         ? options.replicates->second
             : options.precision || options.max_seconds ? most_replicates
                                                        : default_replicates;
  plan.block_size = block_size;
  plan.threads = options.threads;
  const auto start = Clock::now();
  sim::BlockHooks<Comparison> hooks;
  hooks.stop = stop;
  if (options.precision) {
    hooks.satisfied = [&](const Comparison& so_far, std::uint64_t replicates) {
      const auto precision = precision_of(so_far);
      return replicates >= 1000 && precision && *precision <= *options.precision;
    };
  }
  if (options.max_seconds) {
    hooks.out_of_time = [&] { return seconds_since(start) > *options.max_seconds; };
  }
  if (progress) {
    hooks.progress = [&](const Comparison& so_far, std::uint64_t done) {
      Progress now;
      now.replicates_done = done;
      now.replicates_planned = plan.end - plan.first;
      now.elapsed_s = seconds_since(start);
      if (done > 0) {
        now.eta_s = now.elapsed_s / static_cast<double>(done) *
                    static_cast<double>(now.replicates_planned - done);
      }
      now.precision = precision_of(so_far);
      progress(now);
    };
  }
  const auto make = [&] {
    std::vector<std::unique_ptr<Mission>> missions;
    for (const Chosen& entry : strategies) {
      missions.push_back(std::make_unique<Mission>(entry.fleet, options.seed));
    }
    return missions;
  };
  const auto blocks = sim::run_blocks(
      plan, empty, make,
      [&](std::uint64_t replicate, std::vector<std::unique_ptr<Mission>>& missions,
          Comparison& into) { play_all(replicate, missions, into); },
      hooks);
  results.first_replicate = blocks.first;
  results.end_replicate = blocks.end;
  results.interrupted = blocks.ended == sim::Ended::cancelled;
  if (options.precision) {
    const auto precision = precision_of(blocks.accumulator);
    results.precision_reached = precision && *precision <= *options.precision;
  }
  results.timing.missions = blocks.replicates() * strategies.size();
  for (const Tally& tally : blocks.accumulator.tallies) {
    results.timing.events += tally.events;
    results.timing.group_touches += tally.group_touches;
  }
  fill(results, scenario, strategies, blocks.replicates() == 0 ? nullptr : &blocks.accumulator);
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
    simulate(results, scenario, strategies, options, progress, std::move(stop));
  } else {
    fill(results, scenario, strategies, nullptr);
    results.precision_reached = true;
  }
  results.timing.wall_s = seconds_since(start);
  results.timing.cpu_s = static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
  return results;
}

}  // namespace models::fleet
