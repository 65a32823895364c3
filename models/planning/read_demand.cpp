#include "models/planning/read_demand.h"

#include <fmt/format.h>

#include <cmath>

#include "models/input/file_bytes.h"
#include "models/planning/volumes_csv.h"

namespace models::planning {
namespace {

using scenario::Faults;
using scenario::Node;
using scenario::ObjectReader;

std::vector<GrowthStep> read_growth(ObjectReader& reader) {
  std::vector<GrowthStep> steps;
  for (const Node* node : reader.list("growth")) {
    ObjectReader step(*node, "plan/demand/growth/*", reader.faults());
    steps.push_back(
        {.rate = step.number("rate"), .years = step.has("years") ? step.number("years") : 100});
  }
  return steps;
}

std::vector<Retention> read_retention(ObjectReader& reader) {
  std::vector<Retention> classes;
  double sum = 0;
  for (const Node* node : reader.list("retention")) {
    ObjectReader kept(*node, "plan/demand/retention/*", reader.faults());
    classes.push_back({.name = kept.text("name"),
                       .share = kept.number("share"),
                       .years = kept.number("keep") / sim::year.value});
    sum += classes.back().share;
  }
  constexpr double rounding = 1e-6;
  if (!classes.empty() && std::abs(sum - 1) > rounding) {
    reader.faults().add(reader.node(),
                        fmt::format("has shares that add up to {:.4g} %, not 100 %", sum * 100),
                        "retention");
  }
  return classes;
}

Access read_access(const Node& node, Faults& faults) {
  ObjectReader reader(node, "plan/demand/access", faults);
  const Access access{.within_30_days = reader.number("within_30_days"),
                      .within_90_days = reader.number("within_90_days"),
                      .within_365_days = reader.number("within_365_days")};
  if (access.within_90_days < access.within_30_days ||
      access.within_365_days < access.within_90_days) {
    faults.add(node, "must not fall with age: shares are of all reads up to that age");
  }
  return access;
}

void read_size(ObjectReader& reader, Source& source) {
  const bool lognormal = reader.has("median_size") || reader.has("size_p95");
  if (lognormal && reader.has("size")) {
    reader.faults().add(reader.node(), "has a mean and a median; give one", "size");
  }
  if (!lognormal) {
    if (reader.has("size")) source.size = {reader.number("size")};
    return;
  }
  if (!reader.has("median_size") || !reader.has("size_p95")) {
    reader.faults().add(reader.node(), "needs both 'median_size' and 'size_p95'", "median_size");
    return;
  }
  const double median = reader.number("median_size");
  const double p95 = reader.number("size_p95");
  if (p95 < median) reader.faults().add(reader.node(), "must not be below the median", "size_p95");
  constexpr double standard_p95 = 1.6448536269514722;  // of the normal distribution
  const double sigma = std::log(std::max(1.0, p95 / median)) / standard_p95;
  source.size = {median * std::exp(sigma * sigma / 2)};
}

void read_volumes_of(ObjectReader& reader, const std::filesystem::path& folder, Source& source) {
  const std::string name = reader.text("volumes");
  const std::filesystem::path path(name);
  Faults& faults = reader.faults();
  if (path.is_absolute() || name.find("..") != std::string::npos) {
    faults.add(reader.node(), "must be a file beside the plan or below", "volumes");
    return;
  }
  const auto bytes = scenario::read_bytes(folder / path);
  if (!bytes) {
    faults.add(reader.node(), bytes.diagnostics().front().message, "volumes");
    return;
  }
  faults.add(scenario::FileRead{"table of volumes", (folder / path).string(),
                                scenario::sha256_of(bytes.value())});
  const Volumes volumes = read_volumes(bytes.value());
  if (!volumes.fault.empty()) {
    faults.add(reader.node(), fmt::format("{}: {}", name, volumes.fault), "volumes");
    return;
  }
  source.objects_per_year = volumes.objects_per_year;
  if (volumes.size && !(source.size.value > 0)) source.size = *volumes.size;
}

void read_amount(ObjectReader& reader, const std::filesystem::path& folder, const Demand& demand,
                 Source& source) {
  if (reader.has("per_year")) source.objects_per_year = reader.number("per_year");
  if (reader.has("per_day")) {
    source.objects_per_year = reader.number("per_day") * demand.working_days;
  }
  if (reader.has("per_1000_visits")) {
    source.objects_per_year = reader.number("per_1000_visits") * demand.visits_per_year / 1000;
    if (!(demand.visits_per_year > 0)) {
      reader.faults().add(reader.node(), "needs 'visits_per_year' of the demand",
                          "per_1000_visits");
    }
  }
  if (reader.has("volumes")) read_volumes_of(reader, folder, source);
  if (!(source.size.value > 0)) {
    reader.faults().add(reader.node(), "is missing: 'size', or 'median_size' with 'size_p95'",
                        "size");
    source.size = {1e6};
  }
  if (reader.has("bytes_per_year")) {
    source.objects_per_year = reader.number("bytes_per_year") / source.size.value;
  }
}

Source read_source(const Node& node, const std::filesystem::path& folder, const Demand& demand,
                   const Source& common, Faults& faults) {
  ObjectReader reader(node, "plan/demand/sources/*", faults);
  Source source = common;
  source.name = reader.text("name");
  source.kind = reader.text("kind");
  read_size(reader, source);
  read_amount(reader, folder, demand, source);
  source.lossless_ratio = reader.number("lossless_ratio");
  if (reader.has("stock")) source.stock = {reader.number("stock")};
  if (reader.has("stock_years")) source.stock_years = reader.number("stock_years");
  if (reader.has("growth")) source.growth = read_growth(reader);
  if (reader.has("retention")) source.retention = read_retention(reader);
  source.reads_per_object = reader.number("reads_per_object");
  if (const Node* access = reader.find("access")) source.access = read_access(*access, faults);
  if (reader.text("cools") == "no") source.cools = Cools::no;
  if (source.growth.empty()) faults.add(node, "is missing: here or in the demand", "growth");
  if (source.retention.empty()) {
    faults.add(node, "is missing: here or in the demand", "retention");
  }
  for (const Retention& kept : source.retention) {
    if (source.stock.value > 0 && kept.years < source.stock_years) {
      faults.add(
          node,
          fmt::format("must not be above {:.3g}: data of class '{}' older than that are gone",
                      kept.years, kept.name),
          "stock_years");
    }
  }
  return source;
}

}  // namespace

Demand read_demand(const Node& node, const std::filesystem::path& folder, Faults& faults) {
  ObjectReader reader(node, "plan/demand", faults);
  Demand demand;
  if (reader.has("visits_per_year")) demand.visits_per_year = reader.number("visits_per_year");
  demand.peak_hour_share = reader.number("peak_hour_share");
  demand.working_days = reader.number("working_days");
  Source common;
  common.growth = read_growth(reader);
  common.retention = read_retention(reader);
  for (const Node* source : reader.list("sources")) {
    demand.sources.push_back(read_source(*source, folder, demand, common, faults));
  }
  if (demand.sources.empty()) faults.add(node, "must not be empty", "sources");
  return demand;
}

}  // namespace models::planning
