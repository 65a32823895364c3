#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "models/fleet/run.h"
#include "models/input/file_bytes.h"
#include "models/scenario/diagnostic.h"
#include "models/sweep/axis.h"

/// Metrics of a scenario over some of its inputs.
namespace models::sweep {

struct Plan {
  std::filesystem::path file;
  std::optional<std::string> text;     ///< of the file, where it is not saved yet
  std::vector<std::string> overrides;  ///< "path=value", the same at every point
  std::vector<Axis> axes;              ///< at least one; the last varies fastest
  std::vector<std::string> metrics;    ///< ids of scenario::all_metrics(), at least one
  fleet::RunOptions run;               ///< one seed: every point meets the same failures
  bool checked{false};                 ///< check_points() found nothing
};

/// Points of the grid: the product of the numbers of values; above max_points it is only known to
/// be too large.
std::size_t points_of(const std::vector<Axis>& axes);

struct Point {
  std::vector<std::string> values;                ///< one per axis
  std::vector<fleet::StrategyResult> strategies;  ///< with the metrics asked for alone
  std::uint64_t first_replicate{};
  std::uint64_t end_replicate{};
  bool precision_reached{true};
};

struct Result {
  std::string scenario;
  std::string file;
  std::string sha256;
  std::uint64_t seed{};
  std::vector<Axis> axes;
  std::vector<std::string> metrics;
  std::vector<Point> points;  ///< fewer than the grid has if interrupted
  bool interrupted{false};
  fleet::Timing timing;  ///< summed over the points

  bool precision_reached() const;
};

/// Points done, points in all, and how far the one under way is.
using Progress = std::function<void(std::size_t, std::size_t, const fleet::Progress&)>;

/// Reads the scenario at every point; the faults of the first that has some. `files` gets each file
/// that was read, once.
scenario::Diagnostics check_points(const Plan& plan, scenario::FilesRead* files = nullptr,
                                   const std::stop_token& stop = {});

/// Reads the scenario at every point first unless `checked` says that this was done, so that a bad
/// one is told before anything runs; then runs it at each. Faults of a value have "--vary
/// path=value" for a file; a metric that the method does not give has "--metric ID".
scenario::Checked<Result> sweep(const Plan& plan, const Progress& progress = {},
                                std::stop_token stop = {});

}  // namespace models::sweep
