#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "models/fleet/input_range.h"
#include "models/fleet/results.h"
#include "models/scenario/diagnostic.h"
#include "models/scenario/scenario.h"

namespace models::fleet {

class BlockStore;

struct RunOptions {
  std::uint64_t seed{1};
  int threads{0};                     ///< 0: as many as the machine has
  std::optional<double> precision;    ///< relative half-width at 95 %, e.g. 0.1
  std::optional<double> max_seconds;  ///< the only option that reads the clock
  /// Replicates [first, end); without it 2^16, or until the precision is reached.
  std::optional<std::pair<std::uint64_t, std::uint64_t>> replicates;
  std::optional<sim::Method> method;             ///< empty: auto
  std::vector<std::string> strategies;           ///< names; empty: all
  std::size_t input_draws{default_input_draws};  ///< for input ranges; 0: none
  /// Only figures of loss are asked for: no time goes into those of time out of reach and of
  /// rebuilds, where losses have estimators of their own.
  bool losses_alone{};
  /// Sums of blocks that were played before, and those that this run plays; null: none are kept.
  /// Whatever it holds, the figures are the same to the bit.
  BlockStore* blocks{};
};

/// Called between blocks, from the thread that called run(): what is known so far.
struct Progress {
  std::string stage;  ///< what is played: "missions", "rare loss of RS 6+3"
  std::uint64_t replicates_done{};
  std::uint64_t replicates_planned{};
  double elapsed_s{};
  std::optional<double> eta_s;
  std::optional<double>
      precision;  ///< worst relative half-width of the strategies, if one is known
};

/// Runs the scenario: every strategy, on the same streams of failures. Deterministic in (scenario,
/// options without max_seconds). Fails with diagnostics if a strategy cannot be compiled (a code
/// too wide for its domains, data that exceed the usable capacity, ...).
scenario::Checked<Results> run(const scenario::Scenario& scenario, const RunOptions& options,
                               const std::function<void(const Progress&)>& progress = {},
                               std::stop_token stop = {});

/// One line of an event log: what happened in a mission, in order.
struct LogLine {
  double time_years{};
  std::string kind;  ///< "disk failed", "rebuild finished", "data lost", ...
  std::string unit;  ///< "disk 417 (rack 3, machine 4)"
  std::string text;
};

struct MissionLog {
  std::string strategy;
  std::uint64_t mission{};
  bool lost{};
  std::vector<LogLine> lines;
  std::vector<std::string> summary;  ///< "no data lost; 14 disks failed, ..."
};

/// Plays one mission (replicate number `mission`) of one strategy and tells its events.
scenario::Checked<MissionLog> explain(const scenario::Scenario& scenario, std::string_view strategy,
                                      std::uint64_t seed, std::uint64_t mission);

/// The first mission that lost data, and how many were played.
struct LossSearch {
  std::optional<std::uint64_t> mission;
  std::uint64_t played{};
};
/// Plays missions `first`, `first` + 1, ... of a strategy until one loses data, at most `most`.
scenario::Checked<LossSearch> find_loss(const scenario::Scenario& scenario,
                                        std::string_view strategy, std::uint64_t seed,
                                        std::uint64_t first, std::uint64_t most,
                                        const std::function<void(std::uint64_t)>& progress = {},
                                        const std::stop_token& stop = {});

}  // namespace models::fleet
