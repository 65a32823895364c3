#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "models/records/trace.h"
#include "models/scenario/diagnostic.h"
#include "models/scenario/scenario.h"
#include "sim/estimate.h"

namespace models::replay {

/// A figure of one strategy: the mean over placements, each of which meets the same failures.
struct Figure {
  std::string_view id;
  std::string_view title;
  std::string_view unit;
  sim::Estimate estimate;
};

/// Means over placements of what was exposed in one calendar year.
struct YearRow {
  int year{};
  std::uint64_t failures{};
  double degraded_group_hours{};
  double twice_group_hours{};
  double bare_group_hours{};
  double peak{};
  double groups_lost{};
};

/// What a resampled record is drawn from, with replacement.
enum class Blocks {
  weeks,     ///< four weeks of the record, each in the place of others
  machines,  ///< the failures of one machine, each in the place of another's
};

/// Figures over records that are drawn anew from the blocks of this one: an interval that holds the
/// placement and the failures both to be chance.
struct Resampled {
  Blocks blocks{};
  std::uint64_t records{};
  std::vector<Figure> figures;  ///< means, and the middle 95 % of the records
};

struct StrategyReplay {
  std::string name;
  std::string code;
  int groups{};
  int shards{};                ///< of a group
  int tolerance{};             ///< shards that any group can miss
  int least_redundancy{};      ///< reached in any placement: tolerance less the shards missing; -1:
                               ///< lost
  std::uint64_t placements{};  ///< played; 1 where every copy would be the same
  bool one_placement{};  ///< neither the groups nor the units of the record can stand otherwise
  std::vector<std::uint64_t> placements_with;  ///< by redundancy reached from -1 on
  std::vector<Figure> figures;
  std::vector<YearRow> years;
  std::optional<Resampled> resampled;
  const Figure* find(std::string_view id) const;
};

struct Replay {
  std::string record;
  std::string scenario;
  std::string scenario_file;
  std::string sha256;                 ///< of the scenario
  std::vector<std::string> rules;     ///< how the record's places became the scenario's
  std::vector<std::string> left_out;  ///< failures of the scenario that are not played
  std::uint64_t failures{};
  std::uint64_t in_empty_places{};  ///< of them, in all placements: the last disk was still missing
  std::uint64_t played{};           ///< failures times placements times strategies
  records::Day first_day{};
  records::Day last_day{};
  std::uint64_t seed{};
  int placements{};
  bool interrupted{};
  std::vector<StrategyReplay> strategies;
};

struct Options {
  std::uint64_t seed{1};
  int placements{20};
  int threads{0};
  std::vector<std::string> strategies;  ///< empty: all
  std::optional<Blocks> resample{};     ///< empty: the record alone is played
  int resampled_records{200};
};

/// Plays the recorded failures through the placement, detection, planner and bandwidth of each
/// strategy, in place of the failures that the scenario would draw: `placements` times, each with
/// groups, and units whose disk the record does not name, placed anew; once where nothing can be
/// placed otherwise. The same bits for any number of threads.
/// @param progress  placements and resampled records done, of how many
scenario::Checked<Replay> replay(const scenario::Scenario& scenario, const records::Trace& trace,
                                 const Options& options,
                                 const std::function<void(std::size_t, std::size_t)>& progress = {},
                                 const std::stop_token& stop = {});

}  // namespace models::replay
