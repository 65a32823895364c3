#include "models/replay/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>

#include "models/fleet/mission.h"
#include "models/replay/place_map.h"
#include "models/replay/replay_tally.h"
#include "sim/execution/blocks.h"

namespace models::replay {
namespace {

/// What is still being rebuilt after the last failure gets so long to end.
constexpr Seconds aftermath = sim::days(30);

/// Failures that the scenario would draw: their place is taken by the record.
std::vector<std::string> kinds_left_out(const scenario::Failures& failures) {
  struct Kind {
    bool there;
    std::string_view name;
  };
  const std::array kinds{Kind{failures.machine.has_value(), "machines lost"},
                         Kind{failures.machine_outage.has_value(), "machines away"},
                         Kind{failures.rack_outage.has_value(), "racks away"},
                         Kind{failures.rack_switch_outage.has_value(), "rack switches away"},
                         Kind{failures.core_switch_outage.has_value(), "core switches away"},
                         Kind{failures.rack_shock.has_value(), "rack shocks"},
                         Kind{failures.power_domain_shock.has_value(), "power domain shocks"},
                         Kind{failures.site_shock.has_value(), "site shocks"},
                         Kind{failures.burst.has_value(), "bursts"},
                         Kind{failures.power_domain_outage.has_value(), "power domains away"},
                         Kind{failures.controller_outage.has_value(), "controllers away"},
                         Kind{failures.gateway_outage.has_value(), "gateways away"},
                         Kind{failures.front_end_outage.has_value(), "front ends away"},
                         Kind{failures.site_outage.has_value(), "sites away"},
                         Kind{failures.software_outage.has_value(), "software away"}};
  std::vector<std::string> names;
  for (const Kind& kind : kinds) {
    if (kind.there) names.emplace_back(kind.name);
  }
  return names;
}

/// The scenario without failures of its own, as long as the record.
scenario::Scenario quiet(const scenario::Scenario& scenario, Seconds length) {
  scenario::Scenario result = scenario;
  result.mission = length;
  result.failures = {};
  for (scenario::Strategy& strategy : result.strategies) {
    strategy.failures.reset();
    strategy.repair.predictor.reset();  // the record tells of failures, not of warnings
  }
  return result;
}

/// One strategy and the failures that it meets.
struct Course {
  const scenario::Scenario& scenario;
  const scenario::Strategy& strategy;
  const std::vector<PlacedFailure>& failures;
  std::vector<Seconds> ends;  ///< of the calendar years
  std::uint64_t seed;

  void play(std::uint64_t placement, ReplayTally& tally) const {
    const auto fleet = fleet::compile(scenario, strategy, seed + placement);
    fleet::Mission mission(fleet, seed);
    const int tolerance = fleet->code().tolerance();
    Exposure exposure(tolerance, ends);
    sim::Change change;
    mission.watch(&exposure);
    mission.record(&change);
    mission.ignore_reach();
    const fleet::EventClass fails{.kind = topology::UnitKind::disk,
                                  .harm = fleet::Harm::permanent,
                                  .law = sim::Distribution::exponential(sim::year),
                                  .age = {},
                                  .duration = {}};
    fleet::State state = mission.initial(placement);
    fleet::Outcome outcome;
    std::uint64_t in_empty_places = 0;
    for (std::size_t i = 0; i < failures.size(); ++i) {
      while (mission.advance(state, failures[i].at, outcome)) {
      }
      // The same delays for every strategy and placement: they are part of the record's course.
      sim::Stream stream(seed, sim::Purpose::records, {0, 3, i});
      double probability{};
      change.clear();
      if (!mission.strike(state, fails, failures[i].disk, {}, stream, outcome, probability)) {
        ++in_empty_places;
      }
      exposure.hit(failures[i].at, change);
    }
    while (mission.advance(state, fleet->mission(), outcome)) {
    }
    exposure.finish(fleet->mission());
    tally.add(outcome, exposure, tolerance, in_empty_places,
              {static_cast<double>(fleet->map().groups()), fleet->group_bytes(), fleet->mission()});
  }
};

std::vector<YearRow> years_of(const ReplayTally& tally, int first_year,
                              const std::vector<std::uint64_t>& failures) {
  std::vector<YearRow> rows;
  const auto n = static_cast<double>(tally.placements());
  for (std::size_t i = 0; i < tally.spans().size(); ++i) {
    const Span& span = tally.spans()[i];
    rows.push_back({.year = first_year + static_cast<int>(i),
                    .failures = failures[i],
                    .degraded_group_hours = span.degraded / n / 3600,
                    .twice_group_hours = span.twice / n / 3600,
                    .bare_group_hours = span.bare / n / 3600,
                    .peak = span.peak / n,
                    .groups_lost = span.lost / n});
  }
  return rows;
}

StrategyReplay result_of(const scenario::Strategy& strategy, const ReplayTally& tally,
                         int first_year, const std::vector<std::uint64_t>& failures) {
  const auto code = codes::make_code(strategy.code);
  StrategyReplay result;
  result.name = strategy.name;
  result.code = code->name();
  result.groups = strategy.placement.groups;
  result.shards = code->shape().total();
  result.tolerance = code->tolerance();
  result.placements_with.assign(static_cast<std::size_t>(result.tolerance) + 2, 0);
  for (const auto& [redundancy, count] : tally.least_redundancy()) {
    result.placements_with[static_cast<std::size_t>(redundancy + 1)] = count;
  }
  if (!tally.least_redundancy().empty()) {
    result.least_redundancy = tally.least_redundancy().begin()->first;
  }
  result.figures = tally.figures();
  result.years = years_of(tally, first_year, failures);
  return result;
}

/// Ends of the calendar years from the first day on, the last one that of the replay.
std::vector<Seconds> ends_of_years(records::Day first_day, Seconds length) {
  std::vector<Seconds> ends;
  for (int year = records::year_of(first_day); ends.empty() || ends.back() < length; ++year) {
    const Seconds end =
        records::start_of(records::first_day_of(year + 1)) - records::start_of(first_day);
    ends.push_back(std::min(end, length));
  }
  return ends;
}

std::vector<std::uint64_t> failures_by_year(const std::vector<PlacedFailure>& failures,
                                            const std::vector<Seconds>& ends) {
  std::vector<std::uint64_t> counts(ends.size());
  for (const PlacedFailure& failure : failures) {
    const auto year = std::ranges::upper_bound(ends, failure.at) - ends.begin();
    ++counts[std::min(static_cast<std::size_t>(year), ends.size() - 1)];
  }
  return counts;
}

void add_strategy(const scenario::Scenario& scenario, const scenario::Strategy& strategy,
                  const PlaceMap& map, const Options& options,
                  const sim::BlockHooks<ReplayTally>& hooks, Replay& result) {
  const Seconds length = map.failures.back().at + aftermath;
  result.rules = map.rules;
  result.failures = map.failures.size();
  result.first_day = map.first_day;
  result.last_day = map.first_day + records::day_of(map.failures.back().at);
  const scenario::Scenario without = quiet(scenario, length);
  scenario::Strategy alone = strategy;
  alone.failures.reset();
  const Course course{without, alone, map.failures, ends_of_years(map.first_day, length),
                      options.seed};
  const auto played = sim::run_blocks(
      {.first = 0,
       .end = static_cast<std::uint64_t>(options.placements),
       .block_size = 1,
       .threads = options.threads},
      ReplayTally{}, [] { return 0; },
      [&](std::uint64_t placement, int&, ReplayTally& tally) { course.play(placement, tally); },
      hooks);
  result.interrupted = played.ended == sim::Ended::cancelled;
  if (played.replicates() == 0) return;
  result.in_empty_places += played.accumulator.in_empty_places();
  result.played += map.failures.size() * played.replicates();
  result.strategies.push_back(result_of(strategy, played.accumulator,
                                        records::year_of(map.first_day),
                                        failures_by_year(map.failures, course.ends)));
}

}  // namespace

const Figure* StrategyReplay::find(std::string_view id) const {
  const auto found = std::ranges::find(figures, id, &Figure::id);
  return found == figures.end() ? nullptr : &*found;
}

scenario::Checked<Replay> replay(const scenario::Scenario& scenario, const records::Trace& trace,
                                 const Options& options,
                                 const std::function<void(std::size_t, std::size_t)>& progress,
                                 const std::stop_token& stop) {
  Replay result;
  result.record = trace.file;
  result.scenario = scenario.name;
  result.scenario_file = scenario.file;
  result.sha256 = scenario.sha256;
  result.left_out = kinds_left_out(scenario.failures);
  result.seed = options.seed;
  result.placements = options.placements;
  std::vector<const scenario::Strategy*> wanted;
  for (const scenario::Strategy& strategy : scenario.strategies) {
    const bool named =
        std::ranges::find(options.strategies, strategy.name) != options.strategies.end();
    if (options.strategies.empty() || named) wanted.push_back(&strategy);
  }
  const auto placements = static_cast<std::size_t>(options.placements);
  for (std::size_t i = 0; i < wanted.size() && !result.interrupted; ++i) {
    const topology::Topology topology(scenario.hardware_of(*wanted[i]));
    const auto map = place_failures(trace, topology, options.seed);
    if (!map) return map.diagnostics();
    sim::BlockHooks<ReplayTally> hooks;
    hooks.stop = stop;
    if (progress) {
      hooks.progress = [&](const ReplayTally&, std::uint64_t done) {
        progress(i * placements + done, wanted.size() * placements);
      };
    }
    add_strategy(scenario, *wanted[i], map.value(), options, hooks, result);
  }
  return result;
}

}  // namespace models::replay
