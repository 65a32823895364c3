#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/lifecycle/cache.h"
#include "models/lifecycle/class_flow.h"
#include "models/study/lifecycle_report_tables.h"

namespace models::study {

using namespace lifecycle;

namespace {

constexpr std::uint64_t moments_per_course = 64;

/// A figure a line: tables whose rows differ in unit are several.
Table one_column(std::string id, std::string title, std::string column, std::string unit) {
  return {.id = std::move(id),
          .title = std::move(title),
          .columns = {{"value", std::move(column), std::move(unit)}},
          .rows = {},
          .notes = {}};
}

/// The greatest of all courses: a sample's, so of more courses it would be greater.
Cell greatest_of(double value, std::uint64_t moments) {
  Cell cell = exact(value, "greatest in all courses played; more would find greater ones");
  cell.figure->method = sim::Method::direct;
  cell.figure->replicates = moments;
  return cell;
}

void add_line(const scenario::Scenario& scenario, const LifecycleOptions& options,
              std::vector<Table>& tables) {
  const scenario::Lifecycle& all = *scenario.lifecycle;
  const CopyOverLine copy{*all.writes, *all.line, *all.snapshots, scenario.mission};
  sim::QuantileSketch lag;
  sim::QuantileSketch backlog;
  double greatest_lag = 0;
  double greatest_backlog = 0;
  for (std::uint64_t course = 0; course < options.courses; ++course) {
    const CopyCourse played(copy, options.run.seed, course);
    sim::Stream stream(options.run.seed, sim::Purpose::policy, {course, 0x636f7079, 0, 0});
    for (std::uint64_t i = 0; i < moments_per_course; ++i) {
      const Seconds t = copy.horizon * stream.uniform();
      lag.add(played.lag_at(t).value);
      backlog.add(played.backlog_at(t).value);
    }
    greatest_lag = std::max(greatest_lag, played.greatest_lag().value);
    greatest_backlog = std::max(greatest_backlog, played.greatest_backlog().value);
  }
  const std::string model = "snapshots and line played in virtual time";
  Table copied{.id = "copy",
               .title = "The copy over the line",
               .columns = {{"p50", "p50", "s"}, {"p95", "p95", "s"}, {"max", "most", "s"}},
               .rows = {},
               .notes = {}};
  copied.rows.push_back({"behind",
                         {quantile_of(lag, 0.5, model), quantile_of(lag, 0.95, model),
                          greatest_of(greatest_lag, lag.count())}});
  tables.push_back(std::move(copied));
  Table bytes{
      .id = "backlog",
      .title = "Written and not yet in the cloud",
      .columns = {{"p50", "p50", "bytes"}, {"p95", "p95", "bytes"}, {"max", "most", "bytes"}},
      .rows = {{"backlog",
                {quantile_of(backlog, 0.5, model), quantile_of(backlog, 0.95, model),
                 greatest_of(greatest_backlog, lag.count())}}},
      .notes = {}};
  tables.push_back(std::move(bytes));

  const BytesPerSecond rate = all.line->rate * all.line->share;
  const BytesPerSecond written{all.writes->per_day.value / sim::day.value};
  Table times = one_column("line_times", "What the line takes", "Time", "s");
  times.rows.push_back({"first copy of all data",
                        {exact((scenario.data.logical / rate).value, "bytes over its share")}});
  times.rows.push_back(
      {"all data back",
       {exact((scenario.data.logical / all.line->rate).value, "bytes over the whole line")}});
  times.rows.push_back({"to catch up after a day without it",
                        {exact(catch_up_time(sim::day, written, rate).value,
                               "outage x written / (line - written)")}});
  times.notes.push_back(fmt::format("The copy uses {:.3g} % of the line ({:.3g} % of its share).",
                                    written / all.line->rate * 100, written / rate * 100));
  tables.push_back(std::move(times));

  Table snapshots = one_column("snapshots", "Snapshots on the array", "Kept", "count");
  snapshots.columns.push_back({"oldest", "Oldest", "s"});
  snapshots.columns.push_back({"room", "Room they take", "bytes"});
  const Retained there = retained(*all.snapshots, scenario.mission);
  const double days = there.oldest / sim::day;
  snapshots.rows.push_back(
      {fmt::format("of at most {}", all.snapshots->most),
       {exact(static_cast<double>(there.count), "scheduler played"),
        exact(there.oldest.value, "scheduler played"),
        exact(days * all.writes->per_day.value * all.writes->overwritten,
              "overwritten since the oldest, no block twice: an upper bound")}});
  tables.push_back(std::move(snapshots));
}

void add_caches(const scenario::Scenario& scenario, std::vector<Table>& tables) {
  const auto& caches = scenario.lifecycle->caches;
  if (caches.empty()) return;
  Table table{
      .id = "caches",
      .title = "Reads that are answered near the reader",
      .columns = {{"held", "Holds of all data", "share"},
                  {"hits", "Hits, least recent goes", "share"},
                  {"best", "Hits at best", "share"}},
      .rows = {},
      .notes = {"Independent reads, the r-th most wanted object in proportion to r^-s. Che, "
                "Tung, Wang, IEEE JSAC 2002; at best: the most wanted objects are held."}};
  for (const scenario::CacheUse& cache : caches) {
    const double held = std::min(1.0, cache.capacity / scenario.data.logical);
    const double fit = held * scenario.data.objects;
    table.rows.push_back(
        {cache.name,
         {exact(held, "capacity over data"),
          exact(hit_ratio(scenario.data.objects, fit, cache.zipf),
                fmt::format("Che's approximation, Zipf exponent {:.3g}", cache.zipf)),
          exact(best_hit_ratio(scenario.data.objects, fit, cache.zipf), "the most wanted held")}});
  }
  tables.push_back(std::move(table));
}

void add_readers(const scenario::Scenario& scenario, std::vector<Table>& tables) {
  const scenario::Lifecycle& all = *scenario.lifecycle;
  if (all.sharing) {
    Table table = one_column("sharing", "One writer, many readers", "Behind, at most", "s");
    table.rows.push_back({"a reader elsewhere",
                          {exact((all.sharing->every + all.sharing->file / all.sharing->rate).value,
                                 "period + file / line")}});
    tables.push_back(std::move(table));
  }
  if (!all.file_tier) return;
  const scenario::FileTier& tier = *all.file_tier;
  Table table = one_column("file_tier", "A set of files for computing", "Time", "s");
  table.rows.push_back(
      {"staged from the object store", {exact((tier.set / tier.stage).value, "bytes / rate")}});
  table.rows.push_back(
      {"read once at the slowest", {exact((tier.set / tier.slowest).value, "bytes / rate")}});
  table.rows.push_back(
      {"read once at the fastest", {exact((tier.set / tier.fastest).value, "bytes / rate")}});
  tables.push_back(std::move(table));
}

}  // namespace

void add_copy_tables(const scenario::Scenario& scenario, const LifecycleOptions& options,
                     std::vector<Table>& tables) {
  const scenario::Lifecycle& all = *scenario.lifecycle;
  if (all.line && all.writes && all.snapshots) add_line(scenario, options, tables);
  add_caches(scenario, tables);
  add_readers(scenario, tables);
}

void add_class_tables(const scenario::Scenario& scenario, std::vector<Table>& tables) {
  const auto& flow = scenario.lifecycle->classes;
  if (!flow || !scenario.prices) return;
  const std::vector<ClassYear> years = play_classes(*flow, *scenario.prices);
  Table held{.id = "classes",
             .title = "Objects in the classes of the cloud",
             .columns = {},
             .rows = {},
             .notes = {}};
  for (const scenario::ClassUse& use : flow->classes) {
    held.columns.push_back({use.name, use.name, "bytes"});
  }
  Table money{.id = "class_cost",
              .title = "What the classes cost",
              .columns = {{"storage", "Storage", "money"},
                          {"reading", "Reading", "money"},
                          {"early", "Left early", "money"},
                          {"total", "Total", "money"},
                          {"in_first", "All in the first", "money"}},
              .rows = {},
              .notes = {"At the prices of the book, without discounting; minimum stays are waited "
                        "out, so nothing is left early unless it expires."}};
  const std::string model = "objects of each month, asked about daily";
  for (std::size_t i = 0; i < years.size(); ++i) {
    const std::string name = fmt::format("year {}", i + 1);
    Row row{name, {}};
    for (const Bytes bytes : years[i].held) row.cells.push_back(exact(bytes.value, model));
    held.rows.push_back(std::move(row));
    const ClassYear& year = years[i];
    money.rows.push_back({name,
                          {exact(year.storage.value, model), exact(year.reading.value, model),
                           exact(year.early.value, model), exact(year.total().value, model),
                           exact(year.all_in_first.value, model)}});
  }
  Table delay{.id = "class_delay",
              .title = "Until an object can be read",
              .columns = {{"mean", "mean", "s"}, {"p95", "p95", "s"}},
              .rows = {},
              .notes = {}};
  for (const scenario::ClassUse& use : flow->classes) {
    const double p95_hazard = -std::log(0.05);
    delay.rows.push_back(
        {use.name,
         {exact(use.restore_delay.mean().value, "as the scenario says"),
          exact(use.restore_delay.time_at_hazard(p95_hazard).value, "as the scenario says")}});
  }
  tables.push_back(std::move(held));
  tables.push_back(std::move(money));
  tables.push_back(std::move(delay));
}

}  // namespace models::study
