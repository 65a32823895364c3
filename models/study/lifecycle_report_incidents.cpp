#include <fmt/format.h>

#include <algorithm>
#include <stop_token>

#include "models/lifecycle/metadata.h"
#include "models/study/lifecycle_report_tables.h"
#include "sim/interval.h"

namespace models::study {

using namespace lifecycle;

namespace {

Cell loss_chance(const IncidentFigures& figures) {
  sim::Estimate estimate;
  const double n = static_cast<double>(figures.drawn);
  estimate.value = static_cast<double>(figures.lost) / n;
  estimate.ci95 = sim::wilson_interval(figures.lost, figures.drawn);
  if (figures.lost == 0) {
    estimate.value.reset();
    estimate.ci95 = sim::zero_bound(figures.drawn);
  }
  estimate.method = sim::Method::direct;
  estimate.model = "incidents at random moments";
  estimate.replicates = figures.drawn;
  estimate.counted = "incidents";
  return {estimate};
}

Row row_of(const IncidentFigures& figures, std::string name) {
  const std::string model = "incidents at random moments";
  Row row{std::move(name), {exact(figures.per_year, "rate of the scenario"), loss_chance(figures)}};
  if (figures.rolled_back_s.count() == 0) {
    for (int i = 0; i < 6; ++i) row.cells.push_back({std::nullopt, "never"});
    return row;
  }
  for (const double p : {0.5, 0.95, 1.0}) {
    row.cells.push_back(quantile_of(figures.rolled_back_s, p, model));
  }
  row.cells.push_back(quantile_of(figures.first_back_s, 0.5, model));
  row.cells.push_back(quantile_of(figures.all_back_s, 0.5, model));
  row.cells.push_back(quantile_of(figures.all_back_s, 0.95, model));
  return row;
}

void add_incidents(const scenario::Scenario& scenario, const LifecycleOptions& options,
                   const std::stop_token& stop, std::vector<Table>& tables) {
  const scenario::Lifecycle& all = *scenario.lifecycle;
  if (all.incidents.empty()) return;
  Table table{.id = "incidents",
              .title = "Incidents: what is lost, what comes back, and when",
              .columns = {{"per_year", "In a year", "count"},
                          {"lost", "All lost", "probability"},
                          {"rpo.p50", "Rolled back", "s"},
                          {"rpo.p95", "p95", "s"},
                          {"rpo.max", "most", "s"},
                          {"first.p50", "First file", "s"},
                          {"rto.p50", "All back", "s"},
                          {"rto.p95", "p95", "s"}},
              .rows = {},
              .notes = {}};
  const Bytes object = scenario.data.object_size();
  std::string sources;
  for (const scenario::IncidentOf& incident : all.incidents) {
    for (const bool off_site : {true, false}) {
      const IncidentFigures figures = draw_incidents(
          incident, all, scenario.data.logical, object, scenario.mission, off_site,
          options.run.seed, options.incidents, [&stop] { return stop.stop_requested(); });
      if (figures.drawn == 0) return;  // no time is left for any
      table.rows.push_back(
          row_of(figures, incident.name + (off_site ? "" : " - with nothing off-site")));
      if (off_site && !figures.from.empty()) {
        sources +=
            fmt::format("{}{}: {}", sources.empty() ? "" : "; ", incident.name, figures.from);
      }
    }
  }
  table.notes.emplace_back(
      "All lost: no version survives anywhere, given the incident. Rolled back: an older state "
      "comes back, and what was written since is gone. Times run from the incident.");
  if (!sources.empty()) table.notes.push_back("What comes back comes from - " + sources + ".");
  tables.push_back(std::move(table));
}

void add_copies(const scenario::Lifecycle& all, std::vector<Table>& tables) {
  if (all.copies.empty()) return;
  const ThreeTwoOne count = count_copies(all.copies);
  Table table{.id = "copies",
              .title = "Three copies, two media, one off-site",
              .columns = {{"there", "There are", "count"}, {"wanted", "Wanted", "count"}},
              .rows = {},
              .notes = {}};
  const auto line = [&](std::string name, std::size_t there, double wanted) {
    table.rows.push_back(
        {std::move(name), {exact(static_cast<double>(there), "counted"), exact(wanted, "3-2-1")}});
  };
  line("copies", count.copies, 3);
  line("media", count.media, 2);
  line("off-site", count.off_site, 1);
  line("that nobody can delete", count.immutable, 1);
  table.notes.emplace_back(count.met() ? "The rule is met." : "The rule is not met.");
  tables.push_back(std::move(table));
}

void add_key(const scenario::Lifecycle& all, std::vector<Table>& tables) {
  if (!all.key) return;
  const auto needing = std::ranges::count(all.copies, true, &scenario::StoredCopy::encrypted);
  Table table{.id = "key",
              .title = "The key of the device",
              .columns = {{"lost", "Lost in a year", "probability"},
                          {"copies", "Copies of data lost with it", "count"}},
              .rows = {},
              .notes = {}};
  const PerYear lost = key_loss(*all.key);
  table.rows.push_back(
      {fmt::format("{} {} of the key", all.key->copies, all.key->copies == 1 ? "copy" : "copies"),
       {exact(-std::expm1(-lost.value), "all copies lost between two checks, independently"),
        exact(static_cast<double>(needing), "counted")}});
  const bool all_lost = needing == static_cast<std::ptrdiff_t>(all.copies.size());
  table.notes.emplace_back(
      all_lost && needing > 0 ? "Every copy of the data is encrypted with it: losing the key loses "
                                "the data, everywhere."
                              : "Not every copy needs the key.");
  tables.push_back(std::move(table));
}

}  // namespace

void add_incident_tables(const scenario::Scenario& scenario, const LifecycleOptions& options,
                         const std::stop_token& stop, std::vector<Table>& tables) {
  add_incidents(scenario, options, stop, tables);
  add_copies(*scenario.lifecycle, tables);
  add_key(*scenario.lifecycle, tables);
}

}  // namespace models::study
