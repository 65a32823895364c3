#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "models/fleet/run.h"
#include "models/scenario/diagnostic.h"
#include "models/sweep/boundary.h"

/// Which value of an input meets a target: the question of a sweep, turned round.
namespace models::sweep {

/// "durability_nines >= 8".
struct Target {
  std::string metric;  ///< id of scenario::all_metrics()
  std::string op;      ///< ">=", "<=", ">", "<"
  double value{};      ///< in the metric's unit
};
/// A target, or what is wrong with its words (then `fault` is not empty).
struct ParsedTarget {
  Target target;
  std::string fault;
};
ParsedTarget parse_target(std::string_view words);

/// The ends of "A:B", numbers or quantities of one unit, the lower one first.
struct ParsedEnds {
  double low{};
  double high{};
  std::string unit;
  bool whole{};  ///< plain whole numbers
  std::string fault;
};
ParsedEnds parse_ends(std::string_view words);

struct Question {
  std::filesystem::path file;
  std::string text;                    ///< of the file
  std::vector<std::string> overrides;  ///< "path=value"
  std::string strategy;
  std::string path;  ///< of the input, as `--set` has it
  Target target;
  std::optional<ParsedEnds> between;  ///< where to search; from the scenario's own value without
  /// Every trial meets the same failures. Without `replicates` or `precision` each goes to 15 %;
  /// max_seconds is for all together.
  fleet::RunOptions run;
};

struct SolveTrial {
  double at{};        ///< in the unit of the input
  std::string value;  ///< as a scenario would write it
  Side side{};
  sim::Estimate figure;
};

struct Solution {
  std::string scenario;
  std::string file;
  std::string sha256;
  std::string strategy;
  std::string path;
  Target target;
  std::uint64_t seed{};
  std::vector<SolveTrial> trials;            ///< ascending
  std::optional<double> meets_at, fails_at;  ///< see Boundary
  bool monotone{true};
  bool interrupted{};
  double wall_s{};

  const SolveTrial* meets() const { return find(meets_at); }
  const SolveTrial* fails() const { return find(fails_at); }

 private:
  const SolveTrial* find(const std::optional<double>& at) const;
};

/// Trials so far, and what is being tried.
using SolveProgress = std::function<void(std::size_t, const std::string&)>;

/// Faults: of the scenario, of the path ("--for"), of the metric ("--target"). `files` gets each
/// file that was read.
scenario::Checked<Solution> solve(const Question& question, const SolveProgress& progress = {},
                                  std::stop_token stop = {});

}  // namespace models::sweep
