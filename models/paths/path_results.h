#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "models/drill/mirror_drill.h"
#include "models/fleet/results.h"
#include "models/paths/path_model.h"
#include "models/paths/structure.h"
#include "sim/estimate.h"

namespace models::paths {

/// A spread of times in seconds; infinite: never by itself.
struct Spread {
  double p50{};
  double p95{};
  double most{};
};

/// One kind of incident out of a whole system, many times over.
struct Incident {
  std::string kind{};
  double per_year{};  ///< of all parts of the kind; 0 if no rate is given
  bool has_rate{};
  Spread rto{};  ///< until every service is served again
  Spread rpo{};  ///< writing, acknowledged, that is lost or rolled back
  std::string note{};
};

struct ServiceResult {
  std::string name{};
  /// Share of time, switching, resynchronising and restarts included.
  sim::Estimate unavailability{};
  sim::Estimate no_path{};  ///< of these, without any path
  /// By enumeration of all states; empty where parts are maintained in turn.
  std::optional<double> exact_no_path{};
  /// Minutes a year and interruptions a year by the part that began them, the longest first.
  struct Cause {
    PartKind kind{};
    double minutes_per_year{};
    double per_year{};
  };
  std::vector<Cause> causes{};
  std::vector<std::string> single_points{};
  std::vector<std::string> pairs{};         ///< "engine 1 + engine 2"
  int sets_of_two{};                        ///< pairs looked at
  std::vector<std::string> smallest_cut{};  ///< of its first host
  std::vector<std::string> next_cut{};      ///< the same, single points taken to be safe
};

struct BandwidthRow {
  std::string lost{};  ///< "", "fabric 1"; equal rows are joined: "engine 1 (and 3 like it)"
  Bandwidth left{};
};

/// A drawing of the graph: columns from the hosts to the arrays.
struct FigureNode {
  std::string label{};
  int column{};
  bool single_point{};
};
struct Figure {
  std::vector<FigureNode> nodes{};
  std::vector<std::pair<std::size_t, std::size_t>> edges{};  ///< of nodes
  std::vector<std::string> columns{};
};

struct StrategyPaths {
  std::string name{};
  std::string system{};  ///< "4 engines in 2 gateways, 2 fabrics, 2 arrays, ..."
  std::vector<ServiceResult> services{};
  std::vector<Incident> incidents{};
  std::vector<BandwidthRow> bandwidth{};
  Figure figure{};
  bool software_has_rate{};
};

struct PathResults {
  std::string scenario{};
  std::uint64_t seed{};
  std::uint64_t missions{};  ///< of each strategy; the fewest of any if interrupted
  double mission_years{};
  std::vector<StrategyPaths> strategies{};
  std::vector<fleet::ClaimResult> claims{};
  drill::MirrorDrillResult drill{};
  bool interrupted{};
};

struct PathOptions {
  std::uint64_t seed{1};
  int threads{0};
  std::uint64_t missions{1024};
  std::uint64_t incidents{400};           ///< of each kind
  std::vector<std::string> strategies{};  ///< empty: all
  std::stop_token stop{};
};

/// Deterministic but for `stop`: then the missions played by then count, incidents and strategies
/// that were not finished are left out, and no claim is judged. @pre scenario.paths
PathResults run_paths(const scenario::Scenario& scenario, const PathOptions& options);

/// Verdicts on the scenario's claims that this model can judge; the others are left out.
std::vector<fleet::ClaimResult> judge_paths(const scenario::Scenario& scenario,
                                            const std::vector<StrategyPaths>& strategies);

}  // namespace models::paths
