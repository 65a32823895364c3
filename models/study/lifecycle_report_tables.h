#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "models/fleet/results.h"
#include "models/lifecycle/incident.h"
#include "models/study/lifecycle_report.h"
#include "sim/moments.h"

/// The parts that a report is made of.
namespace models::study {

/// Figures from the whole of arithmetic; `model` says which.
Cell exact(double value, std::string model);
/// A mean over courses that were played, with its interval.
Cell mean_of(const sim::Moments& moments, std::string model);
/// A quantile of what was drawn; its interval is that of the rank (binomial, 95 %).
Cell quantile_of(const sim::QuantileSketch& sketch, double p, std::string model);

/// Conversion year by year, money, durability before, during and after, metadata.
/// @param results  of the two strategies that cold_files names
/// @param stop  once it is asked for, courses played so far are all; of fewer than two no table
///              is made
void add_cold_tables(const scenario::Scenario& scenario, const fleet::Results& results,
                     const LifecycleOptions& options, const std::stop_token& stop,
                     std::vector<Table>& tables);
/// Name nodes, their start, tables of files, the coding server.
void add_metadata_tables(const scenario::Scenario& scenario, std::vector<Table>& tables);
/// Snapshots, the line, caches, sharing, file tier.
void add_copy_tables(const scenario::Scenario& scenario, const LifecycleOptions& options,
                     std::vector<Table>& tables);
void add_class_tables(const scenario::Scenario& scenario, std::vector<Table>& tables);
/// Incidents with and without what is off-site, 3-2-1, the key.
/// @param stop  once it is asked for, incidents drawn so far are all, and those not begun are left
///              out with their table
void add_incident_tables(const scenario::Scenario& scenario, const LifecycleOptions& options,
                         const std::stop_token& stop, std::vector<Table>& tables);

/// The drills that go with the facts of a scenario.
std::vector<lifecycle::DrillReport> drills_of(const scenario::Scenario& scenario,
                                              std::uint64_t seed);

}  // namespace models::study
