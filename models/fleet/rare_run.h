#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "models/fleet/rare_mission.h"
#include "sim/estimate.h"
#include "sim/estimators/pilot.h"
#include "sim/estimators/rare_tally.h"
#include "sim/execution/blocks.h"

namespace models::fleet {

class BlockStore;

struct RareRunOptions {
  std::uint64_t seed{1};
  int threads{0};
  std::optional<sim::Method> method;  ///< empty: by a pilot
  std::optional<double>
      precision;  ///< relative half-width; empty: what is published, as far as work allows
  std::optional<std::pair<std::uint64_t, std::uint64_t>> replicates;  ///< exactly these
  /// Counted work after which it is given up where neither a precision, nor a time, nor replicates
  /// were asked for: a minute or two of one core.
  double work{4e8};
  std::optional<sim::PilotChoice> choice;  ///< made before by choose_estimator(); empty: made now
  BlockStore* blocks{};                    ///< of RunOptions
  std::string stage;                       ///< its name there: of no other figure or strategy
  std::function<bool()> out_of_time;
  std::function<void(std::uint64_t done, std::uint64_t planned)> progress;
  std::stop_token stop;

  /// True once somebody asked to stop, or the time is up: a replicate under way is given up. Holds
  /// what it needs.
  std::function<bool()> over() const {
    return
        [late = out_of_time, token = stop] { return token.stop_requested() || (late && late()); };
  }
};

/// Estimator and settings that a pilot of one thread takes, or those of the method asked for.
/// Deterministic in everything but out_of_time and stop; reads besides them the seed, the method
/// and the precision. Of a pilot that is cut short nothing is kept: it is exposure then, as if
/// asked for; empty if somebody asked to stop.
std::optional<sim::PilotChoice> choose_estimator(const std::shared_ptr<const Fleet>& fleet,
                                                 const RareRunOptions& options);

/// Relative half-width asked for, or that of what is published.
double precision_of(const RareRunOptions& options);
/// The replicates asked for, or at most `most`.
sim::BlockPlan plan_of(const RareRunOptions& options, std::uint64_t block_size, std::uint64_t most);

/// Loss of one strategy by an estimator of rare loss.
struct RareRun {
  sim::Method method{};
  sim::RareTally tally;
  std::vector<double> objects;  ///< share of objects lost, by replicate: for paired differences
  std::vector<std::string> class_names;
  std::uint64_t first{};  ///< number of its first replicate: `tally` has them from there on
  bool converged{};       ///< P(any loss) may be published
  bool reached{};         ///< and has the precision asked for
  bool by_pilot{};        ///< a pilot took the method and its settings
  sim::Ended ended{sim::Ended::all_played};
};

/// Deterministic in everything but out_of_time and stop: these end it, and what it holds then is
/// what options.replicates = [first, first + tally.replicates()) gives. No replicate at all if
/// they ended the choice of the estimator. @pre the fleet has a family that can lose data.
RareRun estimate_rare_loss(const std::shared_ptr<const Fleet>& fleet,
                           const RareRunOptions& options);

}  // namespace models::fleet
