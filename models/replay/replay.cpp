#include "models/replay/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>

#include "models/fleet/mission.h"
#include "models/replay/place_map.h"
#include "models/replay/replay_tally.h"
#include "models/replay/resampled_failures.h"
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
  std::vector<Seconds> ends;  ///< of the calendar years
  std::uint64_t seed;

  void play(std::uint64_t placement, const std::vector<PlacedFailure>& failures,
            ReplayTally& tally) const {
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

/// Which disks the groups stand on, whichever group it is: a number for each group, in order. Of an
/// MDS code, whose shards are worth the same, also whichever shard.
std::vector<std::uint64_t> standings(const fleet::Fleet& fleet) {
  const auto shape = fleet.code().shape();
  const bool mds = shape.total() - shape.data == fleet.code().tolerance();
  std::vector<std::uint64_t> all(fleet.map().groups());
  std::vector<std::uint32_t> disks;
  for (std::uint32_t group = 0; group < fleet.map().groups(); ++group) {
    const auto members = fleet.map().members(group);
    disks.assign(members.begin(), members.end());
    if (mds) std::ranges::sort(disks);
    std::uint64_t hash = 14695981039346656037U;  // FNV-1a (Fowler, Noll, Vo), by disks
    for (const std::uint32_t disk : disks) hash = (hash ^ disk) * 1099511628211U;
    all[group] = hash;
  }
  std::ranges::sort(all);
  return all;
}

/// Whether groups stand elsewhere by another seed. Three alike by chance are no placement of more
/// than a few groups.
bool has_freedom(const scenario::Scenario& scenario, const scenario::Strategy& strategy,
                 std::uint64_t seed) {
  const auto first = standings(*fleet::compile(scenario, strategy, seed));
  for (std::uint64_t other = 1; other <= 2; ++other) {
    if (standings(*fleet::compile(scenario, strategy, seed + other)) != first) return true;
  }
  return false;
}

/// Plays one strategy after the other.
class Player {
 public:
  Player(const scenario::Scenario& scenario, const records::Trace& trace, const Options& options,
         const sim::BlockHooks<ReplayTally>& hooks, std::size_t& done, Replay& result)
      : scenario_(scenario),
        trace_(trace),
        options_(options),
        hooks_(hooks),
        done_(done),
        result_(result) {}

  /// @param map  of the first placement
  void play(const scenario::Strategy& strategy, const topology::Topology& topology,
            const PlaceMap& map) {
    const Seconds length = map.failures.back().at + aftermath;
    result_.rules = map.rules;
    result_.failures = map.failures.size();
    result_.first_day = map.first_day;
    result_.last_day = map.first_day + records::day_of(map.failures.back().at);
    const scenario::Scenario without = quiet(scenario_, length);
    scenario::Strategy alone = strategy;
    alone.failures.reset();
    const Course course{without, alone, ends_of_years(map.first_day, length), options_.seed};
    const bool free = map.drawn || has_freedom(without, alone, options_.seed);
    // Where the record does not name the disk, each placement has units of its own.
    const auto failures_of = [&](std::uint64_t placement) {
      if (!map.drawn || placement == 0) return map.failures;
      const auto drawn = place_failures(trace_, topology, options_.seed + placement);
      // A draw may leave no disk to a unit whose machine is full; the first one did not.
      return drawn ? drawn.value().failures : map.failures;
    };
    const auto played =
        run(free ? options_.placements : 1,
            [&](std::uint64_t i, ReplayTally& into) { course.play(i, failures_of(i), into); });
    done_ += static_cast<std::size_t>(options_.placements);
    if (played.placements() == 0) return;
    result_.in_empty_places += played.in_empty_places();
    result_.played += map.failures.size() * played.placements();
    StrategyReplay figures = result_of(strategy, played, records::year_of(map.first_day),
                                       failures_by_year(map.failures, course.ends));
    figures.placements = played.placements();
    figures.one_placement = !free;
    if (options_.resample && !result_.interrupted) {
      const Seconds record = records::start_of(result_.last_day + 1 - result_.first_day);
      const auto again = run(options_.resampled_records, [&](std::uint64_t i, ReplayTally& into) {
        course.play(
            i, resampled(failures_of(i), *options_.resample, record, topology, options_.seed, i),
            into);
      });
      if (again.placements() > 0) {
        figures.resampled =
            Resampled{*options_.resample, again.placements(), again.resampled_figures()};
      }
    }
    result_.strategies.push_back(std::move(figures));
  }

 private:
  template <class Play>
  ReplayTally run(int count, Play&& play) {
    auto played = sim::run_blocks(
        {.first = 0,
         .end = static_cast<std::uint64_t>(count),
         .block_size = 1,
         .threads = options_.threads},
        ReplayTally{}, [] { return 0; },
        [&](std::uint64_t i, int&, ReplayTally& tally) { play(i, tally); }, hooks_);
    result_.interrupted = result_.interrupted || played.ended == sim::Ended::cancelled;
    return played.replicates() == 0 ? ReplayTally{} : std::move(played.accumulator);
  }

  const scenario::Scenario& scenario_;
  const records::Trace& trace_;
  const Options& options_;
  const sim::BlockHooks<ReplayTally>& hooks_;
  std::size_t& done_;  ///< copies that were played before
  Replay& result_;
};

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
  const auto copies = static_cast<std::size_t>(options.placements +
                                               (options.resample ? options.resampled_records : 0));
  for (std::size_t i = 0; i < wanted.size() && !result.interrupted; ++i) {
    const topology::Topology topology(scenario.hardware_of(*wanted[i]));
    const auto map = place_failures(trace, topology, options.seed);
    if (!map) return map.diagnostics();
    if (options.resample == Blocks::weeks && map.value().failures.back().at < sim::days(28)) {
      return scenario::Diagnostics{{.file = trace.file,
                                    .line = 0,
                                    .pointer = {},
                                    .message = "holds less than four weeks, of which resampled "
                                               "records are made"}};
    }
    if (options.resample == Blocks::machines && topology.machines() < 2) {
      return scenario::Diagnostics{{.file = scenario.file,
                                    .line = 0,
                                    .pointer = "/hardware",
                                    .message = "has one machine: no other record can be drawn from "
                                               "the machines"}};
    }
    std::size_t before = i * copies;
    sim::BlockHooks<ReplayTally> hooks;
    hooks.stop = stop;
    if (progress) {
      hooks.progress = [&](const ReplayTally&, std::uint64_t done) {
        progress(before + done, wanted.size() * copies);
      };
    }
    Player{scenario, trace, options, hooks, before, result}.play(*wanted[i], topology, map.value());
  }
  return result;
}

}  // namespace models::replay
