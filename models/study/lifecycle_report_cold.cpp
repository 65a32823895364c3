#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/lifecycle/cold_archive.h"
#include "models/lifecycle/metadata.h"
#include "models/study/lifecycle_report_tables.h"

namespace models::study {

using namespace lifecycle;

namespace {

const fleet::StrategyResult& result_of(const fleet::Results& results, const std::string& name) {
  return *std::ranges::find(results.strategies, name, &fleet::StrategyResult::name);
}

const scenario::Strategy& strategy_of(const scenario::Scenario& scenario, const std::string& name) {
  return *std::ranges::find(scenario.strategies, name, &scenario::Strategy::name);
}

double overhead_of(const scenario::Scenario& scenario, const std::string& name) {
  return codes::make_code(strategy_of(scenario, name).code)->overhead();
}

/// Figures of one year over all courses.
struct YearSums {
  sim::Moments cold_share, user, stored, saved, waiting, converted, reheated, both_forms, busy;
};

/// Empty if the courses played before `stop` are too few for an interval.
std::vector<YearSums> play(const ColdArchive& archive, const LifecycleOptions& options,
                           const std::stop_token& stop) {
  std::vector<YearSums> sums;
  for (std::uint64_t course = 0; course < options.courses; ++course) {
    if (stop.stop_requested()) return course < 2 ? std::vector<YearSums>{} : sums;
    const std::vector<ColdYear> years = play_cold_archive(archive, options.run.seed, course);
    sums.resize(years.size());
    for (std::size_t i = 0; i < years.size(); ++i) {
      const ColdYear& year = years[i];
      sums[i].cold_share.add(year.cold_share);
      sums[i].user.add(year.user.value);
      sums[i].stored.add(year.stored.value);
      sums[i].saved.add(year.user.value * archive.hot_overhead - year.stored.value);
      sums[i].waiting.add(year.waiting.value);
      sums[i].converted.add(year.converted);
      sums[i].reheated.add(year.reheated);
      sums[i].both_forms.add(year.both_forms_s);
      sums[i].busy.add(year.busy_share);
    }
  }
  return sums;
}

std::optional<double> price_difference(const fleet::Results& results,
                                       const scenario::ColdFiles& files) {
  const fleet::Metric* hot = result_of(results, files.hot).find("cost_per_usable_tb_year");
  const fleet::Metric* cold = result_of(results, files.cold).find("cost_per_usable_tb_year");
  if (hot == nullptr || cold == nullptr) return std::nullopt;
  if (!hot->estimate.value || !cold->estimate.value) return std::nullopt;
  return *hot->estimate.value - *cold->estimate.value;
}

Cell scaled(Cell cell, double factor) {
  if (!cell.figure) return cell;
  if (cell.figure->value) *cell.figure->value *= factor;
  cell.figure->ci95 = {cell.figure->ci95.low * factor, cell.figure->ci95.high * factor};
  return cell;
}

Table conversion_table(const scenario::ColdFiles& files, const std::vector<YearSums>& sums,
                       const std::optional<double>& saved_per_tb) {
  Table table{.id = "conversion",
              .title = fmt::format("Files on their way from {} to {}", files.hot, files.cold),
              .columns = {{"cold_share", "Cold", "share"},
                          {"user", "Kept", "bytes"},
                          {"stored", "Stored", "bytes"},
                          {"saved", "Saved", "bytes"},
                          {"waiting", "Waiting", "bytes"},
                          {"converted", "Converted", "count"},
                          {"reheated", "Heated", "count"}},
              .rows = {},
              .notes = {}};
  if (saved_per_tb) table.columns.push_back({"saved_money", "Saved, money", "money"});
  const std::string model = "file table played scan by scan";
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const YearSums& year = sums[i];
    Row row{fmt::format("year {}", i + 1),
            {mean_of(year.cold_share, model), mean_of(year.user, model),
             mean_of(year.stored, model), mean_of(year.saved, model), mean_of(year.waiting, model),
             mean_of(year.converted, model), mean_of(year.reheated, model)}};
    if (saved_per_tb) {
      row.cells.push_back(scaled(mean_of(year.cold_share, model),
                                 year.user.mean() / terabyte.value * *saved_per_tb));
    }
    table.rows.push_back(std::move(row));
  }
  table.notes.push_back(fmt::format(
      "Averages over each year. Saved is against keeping everything as {}; what has both forms is "
      "counted in both. Money: the price of a usable TB and year as {} less that as {}, for the "
      "share that is cold.",
      files.hot, files.hot, files.cold));
  return table;
}

Table exposure_table(const ColdArchive& archive, const std::vector<YearSums>& sums) {
  Table table{.id = "exposure",
              .title = "While files are on their way",
              .columns = {{"both_forms", "File-hours in both", "hours"},
                          {"both_share", "Share of all files", "share"},
                          {"server_busy", "Coding server busy", "share"}},
              .rows = {},
              .notes = {}};
  const std::string model = "file table played scan by scan";
  const double mean_size = archive.stock.value / archive.objects;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const YearSums& year = sums[i];
    const double files = year.user.mean() / mean_size;
    table.rows.push_back({fmt::format("year {}", i + 1),
                          {scaled(mean_of(year.both_forms, model), 1 / sim::hour.value),
                           scaled(mean_of(year.both_forms, model), 1 / (files * sim::year.value)),
                           mean_of(year.busy, model)}});
  }
  const Bytes file = archive.stock / archive.objects;
  table.notes.push_back(fmt::format(
      "A file of {} takes the coding server {:.1f} s: read once, written and read back in the new "
      "form. Until the switch the old form is whole, after it the new one has been read back: a "
      "file on its way bears what the form bears that the file table names, at every step (see the "
      "drill). So no time of lower redundancy is added; what is added is room.",
      scenario::print_quantity(scenario::QuantityKind::bytes, std::round(file.value)),
      conversion_time(file, archive.cold_overhead, archive.server.rate).value));
  return table;
}

/// The mix of two estimates by the share that is in the second form; intervals are mixed end by
/// end, which is wide: it supposes that both are off to the same side.
sim::Estimate mix(const sim::Estimate& hot, const sim::Estimate& cold, double share) {
  sim::Estimate mixed = hot;
  const auto between = [share](double a, double b) { return a * (1 - share) + b * share; };
  mixed.value.reset();
  if (hot.value && cold.value) mixed.value = between(*hot.value, *cold.value);
  mixed.ci95 = {between(hot.ci95.low, cold.ci95.low), between(hot.ci95.high, cold.ci95.high)};
  mixed.input_range.reset();
  mixed.converged = hot.converged && cold.converged;
  mixed.model = "share of cold files times their loss, plus the rest times that of fresh files";
  return mixed;
}

sim::Estimate with_metadata(sim::Estimate loss, double metadata) {
  if (loss.value) *loss.value += metadata;
  loss.ci95 = {loss.ci95.low + metadata, loss.ci95.high + metadata};
  loss.input_range.reset();
  loss.model = "loss of files, plus that of all files with the content of a metadata store";
  return loss;
}

Table durability_table(const scenario::Scenario& scenario, const fleet::Results& results,
                       const std::vector<YearSums>& sums) {
  const scenario::ColdFiles& files = *scenario.lifecycle->cold_files;
  Table table{.id = "durability",
              .title = "Loss of a file, before, during and after",
              .columns = {{"object_loss", "Chance in a year", "objects/object-year"},
                          {"with_metadata", "With metadata", "objects/object-year"}},
              .rows = {},
              .notes = {}};
  const fleet::Metric* hot = result_of(results, files.hot).find("annual_object_loss");
  const fleet::Metric* cold = result_of(results, files.cold).find("annual_object_loss");
  if (hot == nullptr || cold == nullptr) return table;
  double metadata = 0;
  for (const auto& store : scenario.lifecycle->metadata) {
    if (!store.backup_every) metadata += metadata_loss(store).value;
  }
  const auto add = [&](std::string name, const sim::Estimate& loss) {
    table.rows.push_back({std::move(name), {{loss}, {with_metadata(loss, metadata)}}});
  };
  add("before: " + files.hot, hot->estimate);
  for (std::size_t i = 0; i < sums.size(); ++i) {
    add(fmt::format("during, year {}", i + 1),
        mix(hot->estimate, cold->estimate, sums[i].cold_share.mean()));
  }
  add("after: " + files.cold, cold->estimate);
  table.notes.emplace_back(
      "Before and after: as 'compare' shows for the two strategies. During: a mean over all files "
      "by their share; a single file is as safe as the form that the file table names. Intervals "
      "are those of the losses; the share is known far better.");
  table.notes.emplace_back(
      metadata > 0 ? "With metadata: stores of metadata without a copy elsewhere take all files "
                     "with them."
                   : "No store of metadata takes files with it: each has a copy elsewhere.");
  return table;
}

}  // namespace

void add_cold_tables(const scenario::Scenario& scenario, const fleet::Results& results,
                     const LifecycleOptions& options, const std::stop_token& stop,
                     std::vector<Table>& tables) {
  const scenario::ColdFiles& files = *scenario.lifecycle->cold_files;
  const ColdArchive archive{.files = files,
                            .server = *scenario.lifecycle->coding_server,
                            .stock = scenario.data.logical,
                            .objects = scenario.data.objects,
                            .hot_overhead = overhead_of(scenario, files.hot),
                            .cold_overhead = overhead_of(scenario, files.cold)};
  const std::vector<YearSums> sums = play(archive, options, stop);
  if (sums.empty()) return;
  tables.push_back(conversion_table(files, sums, price_difference(results, files)));
  tables.push_back(exposure_table(archive, sums));
  tables.push_back(durability_table(scenario, results, sums));
}

void add_metadata_tables(const scenario::Scenario& scenario, std::vector<Table>& tables) {
  const scenario::Lifecycle& all = *scenario.lifecycle;
  if (!all.metadata.empty()) {
    Table table{.id = "metadata",
                .title = "Stores without whose content all files are lost",
                .columns = {{"loss_per_year", "Lost in a year", "probability"},
                            {"rolled_back", "Rolled back by", "s"}},
                .rows = {},
                .notes = {}};
    for (const scenario::MetadataStore& store : all.metadata) {
      const double per_year = metadata_loss(store).value;
      const std::string model =
          store.count == 1 ? "rate of its lifetime" : "chain of a mirror, at the mean hazard";
      Row row{store.name, {exact(-std::expm1(-per_year), model), {std::nullopt, "all is lost"}}};
      if (store.backup_every)
        row.cells[1] = exact(store.backup_every->value, "the period of copies");
      table.rows.push_back(std::move(row));
    }
    table.notes.emplace_back(
        "Rolled back: a copy elsewhere brings an older state; files written since are not in it.");
    tables.push_back(std::move(table));
  }
  Table parts{.id = "parts",
              .title = "Parts that everything waits for",
              .columns = {{"away", "Away, time in a year", "year_share"}, {"start", "Start", "s"}},
              .rows = {},
              .notes = {}};
  if (all.name_node) {
    const scenario::NameNodeStart& node = *all.name_node;
    const double per_file = std::ceil(scenario.data.object_size() / node.block);
    const std::string hot = all.cold_files ? all.cold_files->hot : scenario.strategies.front().name;
    const double pieces = codes::make_code(strategy_of(scenario, hot).code)->shape().total();
    const double blocks = scenario.data.objects * per_file * pieces;
    parts.rows.push_back({node.count == 1 ? "name node" : "name nodes, two",
                          {exact(name_node_away(node, blocks), "means of outages, start included"),
                           exact(start_time(node, blocks).value,
                                 fmt::format("{:.4g} block reports, then safe mode", blocks))}});
  }
  if (all.coding_server && all.coding_server->outage) {
    const scenario::Interruption& outage = *all.coding_server->outage;
    const double away = outage.duration.mean() / (outage.between.mean() + outage.duration.mean());
    parts.rows.push_back(
        {"coding server", {exact(away, "means of outages"), {std::nullopt, "no wait"}}});
    parts.notes.emplace_back(
        "Without the coding server nothing is converted and nothing of a cold file is recovered; "
        "cold files are read as long as no more is lost than their code bears.");
  }
  if (!parts.rows.empty()) tables.push_back(std::move(parts));
}

}  // namespace models::study
