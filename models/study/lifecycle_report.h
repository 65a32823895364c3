#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "models/fleet/run.h"
#include "models/lifecycle/drill_report.h"
#include "models/scenario/diagnostic.h"
#include "models/scenario/scenario.h"
#include "sim/estimate.h"

/// What section `lifecycle` of a scenario comes to, as tables of figures.
namespace models::study {

/// A figure, or words where there is none.
struct Cell {
  std::optional<sim::Estimate> figure;
  std::string words{};
};

struct Column {
  std::string id;     ///< "cold_share"
  std::string title;  ///< for people; short
  std::string unit;   ///< "share", "bytes", "s", "money", "objects/object-year", ...
};

struct Row {
  std::string name;
  std::vector<Cell> cells;  ///< one for each column
};

struct Table {
  std::string id;
  std::string title;
  std::vector<Column> columns;
  std::vector<Row> rows;
  std::vector<std::string> notes;  ///< how it was made, and what to know when reading it
};

struct LifecycleReport {
  std::string scenario;
  std::string scenario_file;
  std::string scenario_sha256;
  std::string currency;  ///< empty without prices
  std::uint64_t seed{};
  std::vector<Table> tables;
  std::vector<lifecycle::DrillReport> drills;
  bool interrupted{};
  bool passed() const;  ///< no drill found anything
};

struct LifecycleOptions {
  fleet::RunOptions run;
  std::uint64_t courses{16};      ///< missions of the cold archive
  std::uint64_t incidents{2048};  ///< drawn of each kind
};

/// All tables that the scenario has facts for, and the drills of its policies. Same scenario, seed
/// and options, same report. Errors: the scenario has no section `lifecycle`; what fleet::run says.
scenario::Checked<LifecycleReport> report_lifecycle(
    const scenario::Scenario& scenario, const LifecycleOptions& options,
    const std::function<void(const fleet::Progress&)>& progress = {}, std::stop_token stop = {});

}  // namespace models::study
