#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/drill/drill.h"
#include "models/fleet/run.h"
#include "models/paths/path_results.h"
#include "models/records/reading.h"
#include "models/replay/replay.h"
#include "reports/report_table.h"

namespace cli {

/// The command line as text, before any number in it is read.
struct Arguments {
  std::string scenario;  ///< or the name of an example
  std::optional<std::string> seed, threads, precision, max_seconds, replicates, method, mission;
  std::optional<std::string> objects, bytes, faults, steps, schedule, store;  ///< of `drill`
  std::optional<std::string> failover;                                        ///< likewise
  std::optional<std::string> missions;  ///< of `drill` and `paths`
  std::optional<std::string> figure;    ///< of `paths`
  std::optional<std::string> json, csv, report;
  std::optional<std::string> language;  ///< that --report opens in
  std::optional<std::string> svg;       ///< of `codes`
  std::vector<std::string> strategies, overrides;
  std::vector<std::string> cases;             ///< of `verify`
  std::vector<std::string> parts;             ///< of `merge`: result documents
  std::optional<std::string> checkpoint;      ///< of `compare`
  std::optional<std::string> claims_of;       ///< its --scenario
  bool list{false};                           ///< its --list
  bool assumptions{false};                    ///< its --assumptions
  std::vector<std::string> vary, metric_ids;  ///< of `sweep`
  std::optional<std::string> solve_for, target,
      between;  ///< of `solve`: --for, --target, --between
  /// Of `fit`: what a record does not say by itself.
  std::optional<std::string> population, from, until, installed, units, model, law;
  std::optional<std::string> out, base;       ///< its --out and --scenario
  std::optional<std::string> columns, dates;  ///< of `fit` and `replay`: how a record is read
  std::vector<std::string> where;             ///< likewise
  bool strict{false};                         ///< likewise
  std::optional<std::string> trace, placements_played;  ///< of `replay`: --trace, --placements
  std::optional<std::string> resample;                  ///< likewise
  /// Of `new`.
  std::optional<std::string> machines, disks_per_machine, disk, data, racks, sites, scenario_name;
  std::vector<std::string> presets, kept_codes;
  bool ask{false}, force{false};
  bool check{false};
  bool quiet{false};
  /// Of `info`.
  bool defaults{false}, metrics{false}, codes{false}, placements{false}, prices{false},
      drives{false}, preset_list{false};
};

/// The command line understood.
struct Options {
  models::fleet::RunOptions run;
  std::uint64_t mission{};
  models::drill::DrillOptions drill;  ///< its seed, threads and strategy are those of `run`
  std::optional<models::drill::MirrorSchedule> failover;  ///< of `drill`: this, and nothing else
  models::paths::PathOptions paths;                       ///< so are these
  std::optional<std::uint64_t> population;                ///< of `fit`
  models::records::Reading reading;                       ///< of `fit` and `replay`
  int placements{20};                                     ///< of `replay`
  std::optional<models::replay::Blocks> resample;         ///< likewise
  int resampled_records{200};                             ///< likewise
  reports::Language language{reports::Language::english};
};

/// A value, or what is wrong with the command line and what would be right.
struct Understood {
  std::optional<Options> options;
  std::string fault;
};

/// Reads numbers and names strictly: no sign, no unit or rest behind a number, nothing out of
/// range.
Understood understand(const Arguments& arguments);

/// Every value of --method.
std::vector<std::string> method_names();

/// Nearest of `names` by edit distance, if one is near enough to be meant.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& names);

}  // namespace cli
