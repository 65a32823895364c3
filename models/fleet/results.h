#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/economics/cost.h"
#include "models/scenario/uncertain.h"
#include "sim/estimate.h"

namespace models::fleet {

/// Where a figure stands with one uncertain input at the ends of its law, all others as stated.
struct Swing {
  std::string input;  ///< JSON pointer
  std::string low;    ///< the input at 2.5 % of its law, "0.26 %/year"
  std::string high;   ///< ... at 97.5 %
  double at_low{};    ///< the figure then
  double at_high{};
};

/// One metric of one strategy: the figure asked for, and the closed form or chain beside it.
struct Metric {
  std::string id;
  sim::Estimate estimate;
  std::optional<sim::Estimate> analytic;  ///< where one applies; its `model` names the assumptions
  std::vector<Swing> swings{};            ///< inputs that move it, the strongest first
  /// How estimate.input_range was made, or why there is none; empty without uncertain inputs.
  std::string range_model{};
};

struct PathShare {
  std::string began;
  std::string ended;
  double share{};
};

struct StrategyResult {
  std::string name;
  std::string code;   ///< "RS 6+3"
  std::string fleet;  ///< "4,400 groups of 9 shards, declustered over 400 disks in ..."
  std::vector<Metric>
      metrics;  ///< in the order of scenario::all_metrics(); those without a model are absent
  std::map<std::string, double> loss_by_cause;  ///< empty where nothing was lost
  /// By the event that began it; empty where missions alone were played.
  std::map<std::string, double> out_of_reach_by_cause;
  std::vector<PathShare> loss_by_path;  ///< largest first; empty where paths are not known
  /// P(first loss in that year of the mission): an ageing fleet has no single rate.
  std::vector<sim::Estimate> loss_by_year;
  std::vector<economics::CostLine> cost_lines;  ///< over the horizon; empty without prices
  std::vector<std::string> limits;              ///< "what limits it": sentences for people
  std::vector<std::string> warnings;            ///< e.g. rebuild slower than failures (unstable)
  std::vector<std::string> not_modelled;

  const Metric* find(std::string_view id) const;
};

/// Paired difference of two strategies on common random numbers: log10(a/b).
struct Difference {
  std::string a;
  std::string b;
  std::string metric;
  std::optional<double> log10_ratio;  ///< empty where nothing is known on one side
  sim::Interval ci95;
  sim::Method method{sim::Method::direct};
};

enum class Verdict { supported, refuted, undecided };
std::string to_string(Verdict verdict);

struct ClaimResult {
  std::string id;
  std::string text;
  std::string strategy;
  Verdict verdict{Verdict::undecided};
  std::vector<std::string> flips_when;
  std::string why;
};

/// What the scenario says it is not sure of.
struct UncertainInputs {
  std::vector<scenario::UncertainInput> inputs;
  std::size_t draws{};    ///< that input ranges rest on
  std::size_t refused{};  ///< draws with which the scenario is none: left out
};

struct Timing {
  double wall_s{};
  double cpu_s{};
  std::uint64_t events{};
  std::uint64_t group_touches{};
  std::uint64_t missions{};
};

/// Everything a run has to say; CLI, GUI and reports print it, none of them computes.
struct Results {
  std::string scenario;
  std::string scenario_file;
  std::string scenario_sha256;
  std::uint64_t seed{};
  double mission_years{};
  std::vector<StrategyResult> strategies;
  std::vector<Difference> differences;
  std::vector<ClaimResult> claims;
  UncertainInputs uncertain;
  std::uint64_t first_replicate{};
  std::uint64_t end_replicate{};  ///< replicates [first, end) are in the figures
  /// Options that give the same figures again, " --replicates 0:64"; a run that the clock stopped
  /// can only be asked for the same time.
  std::string again;
  bool precision_reached{true};  ///< false: --precision was asked for and not reached
  bool interrupted{false};
  Timing timing;
};

}  // namespace models::fleet
