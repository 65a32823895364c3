#include "models/planning/read_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/input/file_bytes.h"
#include "models/input/object_reader.h"
#include "models/input/overrides.h"
#include "models/input/read_sections.h"
#include "models/planning/read_demand.h"
#include "models/scenario/quantity_text.h"
#include "sim/contract.h"

namespace models::planning {
namespace {

using scenario::Diagnostics;
using scenario::Document;
using scenario::Faults;
using scenario::Node;
using scenario::ObjectReader;

double in_years(ObjectReader& reader, std::string_view key) {
  return reader.number(key) / sim::year.value;
}

DiskKind read_disk(const Node& node, Faults& faults) {
  ObjectReader reader(node, "plan/catalogue/disks/*", faults);
  return {.name = reader.text("name"),
          .capacity = {reader.number("capacity")},
          .read = {reader.number("read")},
          .write = {reader.number("write")},
          .iops = reader.number("iops"),
          .latency = {reader.number("latency")},
          .price_per_tb = reader.number("price_per_tb"),
          .watts = reader.number("watts")};
}

MachineKind read_machine(const Node& node, Faults& faults) {
  ObjectReader reader(node, "plan/catalogue/machines/*", faults);
  return {.name = reader.text("name"),
          .disks = reader.integer("disks"),
          .rack_units = reader.integer("rack_units"),
          .price = reader.number("price"),
          .watts = reader.number("watts"),
          .network = {reader.number("network")}};
}

LineKind read_line(const Node& node, Faults& faults) {
  ObjectReader reader(node, "plan/catalogue/lines/*", faults);
  return {.name = reader.text("name"),
          .rate = {reader.number("rate")},
          .price_per_year = reader.number("price_per_year")};
}

scenario::Entrances read_entrances(ObjectReader& catalogue, std::string_view key) {
  const Node* node = catalogue.find(key);
  if (node == nullptr) return {};
  ObjectReader reader(*node, "plan/catalogue/entrances", catalogue.faults());
  const scenario::Entrances parts{.count = reader.integer("count"),
                                  .needed = reader.integer("needed")};
  if (parts.needed > parts.count) {
    catalogue.faults().add(*node, "must not be above 'count'", "needed");
  }
  return parts;
}

void expect_some(ObjectReader& reader, std::string_view key, bool some) {
  if (!some && reader.has(key)) reader.faults().add(reader.node(), "must not be empty", key);
}

Catalogue read_catalogue(const Node& node, Faults& faults) {
  ObjectReader reader(node, "plan/catalogue", faults);
  Catalogue out;
  for (const Node* one : reader.list("disks")) out.disks.push_back(read_disk(*one, faults));
  for (const Node* one : reader.list("machines")) {
    out.machines.push_back(read_machine(*one, faults));
  }
  for (const Node* one : reader.list("lines")) out.lines.push_back(read_line(*one, faults));
  expect_some(reader, "disks", !out.disks.empty());
  expect_some(reader, "machines", !out.machines.empty());
  expect_some(reader, "lines", !out.lines.empty());
  if (!std::ranges::is_sorted(out.lines, {}, &LineKind::rate)) {
    faults.add(node, "must stand by rate, the slowest first", "lines");
  }
  out.rack_units = reader.integer("rack_units");
  out.rack_watts = reader.number("rack_watts");
  out.rack_switches = reader.integer("rack_switches");
  out.core_switches = reader.integer("core_switches");
  out.gateways = read_entrances(reader, "gateways");
  out.front_ends = read_entrances(reader, "front_ends");
  out.rack_uplink = {reader.number("rack_uplink")};
  out.core = {reader.number("core")};
  out.rebuild_share = reader.number("rebuild_share");
  out.usable_fill = reader.number("usable_fill");
  out.usable_load = reader.number("usable_load");
  out.life_years = in_years(reader, "life");
  out.lead_years = in_years(reader, "lead_time");
  for (const MachineKind& machine : out.machines) {
    if (machine.rack_units > out.rack_units - 2) {
      faults.add(node, fmt::format("must leave room for '{}' and two switches", machine.name),
                 "rack_units");
    }
  }
  return out;
}

Economy read_economy(const Node& node, Faults& faults) {
  ObjectReader reader(node, "plan/economy", faults);
  Economy out{.disk_erosion = reader.number("disk_price_change"),
              .machine_erosion = reader.number("machine_price_change"),
              .cloud_erosion = reader.number("cloud_price_change"),
              .energy_growth = reader.number("energy_price_change"),
              .discount = reader.number("discount"),
              .migration_per_tb = reader.number("migration_per_tb"),
              .migration_rate = {reader.number("migration_rate")},
              .drills_per_year = reader.number("drills_per_year"),
              .drill_price = reader.number("drill_price"),
              .rate_of_exchange = {},
              .shown_currency = reader.text("shown_currency")};
  if (reader.has("rate_of_exchange")) out.rate_of_exchange = reader.number("rate_of_exchange");
  if (out.rate_of_exchange.has_value() == out.shown_currency.empty()) {
    faults.add(node, "and 'rate_of_exchange' are given together or not at all", "shown_currency");
  }
  return out;
}

std::vector<codes::CodeSpec> read_codes(ObjectReader& reader, std::string_view key) {
  std::vector<codes::CodeSpec> codes;
  for (const Node* node : reader.list(key)) {
    codes.push_back(scenario::read_code(*node, reader.faults()));
  }
  return codes;
}

std::vector<std::string> read_names(ObjectReader& reader, std::string_view key) {
  std::vector<std::string> names;
  const auto choices = reader.field(key).choices();
  for (const Node* node : reader.list(key)) {
    if (node->kind != Node::Kind::text || std::ranges::find(choices, node->text) == choices.end()) {
      std::string known;
      for (const auto choice : choices)
        known += (known.empty() ? "'" : ", '") + std::string(choice) + "'";
      reader.faults().add(*node, fmt::format("must be one of {}, got {}", known, describe(*node)));
    } else {
      names.push_back(node->text);
    }
  }
  return names;
}

SearchSpace read_search(const Node& node, Faults& faults) {
  ObjectReader reader(node, "plan/search", faults);
  SearchSpace out;
  out.codes = read_codes(reader, "codes");
  out.cold_codes = read_codes(reader, "cold_codes");
  out.cloud_classes = read_names(reader, "cloud_classes");
  out.copy_classes = read_names(reader, "copy_classes");
  out.cloud_only = reader.text("cloud_only") == "yes";
  for (const double age : reader.times("cold_after")) {
    out.cold_after_years.push_back(age / sim::year.value);
  }
  out.most_sites = reader.integer("most_sites");
  for (const double rate : reader.times("rebuild_rates")) out.rebuild_rates.push_back({rate});
  for (const double time : reader.times("scrubs")) out.scrubs.push_back({time});
  for (const double time : reader.times("visits")) out.visits.push_back({time});
  expect_some(reader, "codes", !out.codes.empty());
  expect_some(reader, "rebuild_rates", !out.rebuild_rates.empty());
  expect_some(reader, "scrubs", !out.scrubs.empty());
  expect_some(reader, "visits", !out.visits.empty());
  const bool cools = !out.cold_codes.empty() || !out.cloud_classes.empty();
  if (cools && out.cold_after_years.empty()) {
    faults.add(node, "is missing: ages at which data go to the cold codes and classes",
               "cold_after");
  }
  return out;
}

Targets read_targets(const Node& node, Faults& faults) {
  ObjectReader reader(node, "plan/targets", faults);
  Targets out;
  const auto number = [&reader](std::string_view key) {
    return reader.has(key) ? std::optional(reader.number(key)) : std::nullopt;
  };
  const auto time = [&](std::string_view key) {
    const auto value = number(key);
    return value ? std::optional(Seconds{*value}) : std::nullopt;
  };
  out.durability_nines = number("durability_nines");
  out.availability = number("availability");
  out.rebuild = time("rebuild");
  out.rpo = time("rpo");
  out.rto = time("rto");
  out.read_latency = time("read_latency");
  out.budget = number("budget");
  out.rack_units = number("rack_units");
  out.kilowatts = number("kilowatts");
  for (const Node* one : reader.list("survive")) {
    ObjectReader entry(*one, "plan/targets/survive/*", faults);
    Survive what{.unit = entry.text("unit"), .count = 1};
    if (entry.has("count")) what.count = entry.integer("count");
    out.survive.push_back(what);
  }
  return out;
}

Care read_care(const Node& node, Faults& faults) {
  ObjectReader reader(node, "plan/care", faults);
  return {.detection = {reader.number("detection")},
          .switch_over = {reader.number("switch_over")},
          .copy_interval = {reader.number("copy_interval")}};
}

void read_extras(ObjectReader& root, Plan& plan) {
  Faults& faults = root.faults();
  if (const Node* node = root.find("file_tier")) {
    ObjectReader reader(*node, "plan/file_tier", faults);
    plan.file_tier = FileTier{.capacity = {reader.number("capacity")},
                              .bandwidth = {reader.number("bandwidth")},
                              .latency = {reader.number("latency")}};
  }
  if (const Node* node = root.find("delivery")) {
    ObjectReader reader(*node, "plan/delivery", faults);
    plan.delivery = Delivery{.outside_share = reader.number("outside_share"),
                             .cdn_share = reader.number("cdn_share"),
                             .cdn_price = reader.number("cdn_price")};
  }
}

Plan read_root(const Document& document, Faults& faults) {
  ObjectReader reader(document.root, "plan", faults);
  Plan plan;
  plan.file = document.file();
  plan.sha256 = document.sha256;
  auto folder = std::filesystem::path(document.file()).parent_path();
  if (folder.empty()) folder = ".";
  // Plans that are shipped lie one below the price books.
  if (folder.filename() == "plans") folder = folder / "..";
  reader.text("$schema");
  reader.number("version");
  plan.name = reader.text("name");
  plan.description = reader.text("description");
  plan.years = static_cast<int>(std::lround(reader.number("horizon") / sim::year.value));
  plan.first_year = reader.integer("first_year");
  if (const Node* node = reader.find("demand")) plan.demand = read_demand(*node, folder, faults);
  read_extras(reader, plan);
  if (const Node* node = reader.find("catalogue")) plan.catalogue = read_catalogue(*node, faults);
  if (const Node* node = reader.find("failures")) {
    plan.failures = scenario::read_failures(*node, faults);
    if (!plan.failures.disk) faults.add(*node, "is missing: life of a disk", "disk");
  }
  if (const Node* node = reader.find("care")) plan.care = read_care(*node, faults);
  if (const Node* node = reader.find("prices")) {
    if (auto prices = scenario::read_prices(*node, folder, faults)) plan.prices = *prices;
  }
  if (const Node* node = reader.find("economy")) plan.economy = read_economy(*node, faults);
  if (const Node* node = reader.find("search")) plan.search = read_search(*node, faults);
  if (const Node* node = reader.find("targets")) plan.targets = read_targets(*node, faults);
  plan.uncertain = faults.ranges();
  return plan;
}

// A number without a unit: the plan itself tells.
bool is_plain(const Document& document, const scenario::UncertainInput& input) {
  return document.nearest(input.path).kind == Node::Kind::number;
}

}  // namespace

std::string input_text(const Plan& plan, const scenario::UncertainInput& input, double value) {
  const bool plain = input.price.empty() && plan.origin != nullptr && [&] {
    const auto document = scenario::parse_document(plan.origin->text, plan.file);
    return document && is_plain(*document.value(), input);
  }();
  return plain ? fmt::format("{:.4g}", value) : scenario::input_text(input, value);
}

scenario::Checked<Plan> read_plan_text(std::string_view text, std::string file_name,
                                       const std::vector<std::string>& overrides,
                                       scenario::FilesRead* files) {
  const auto document = scenario::parse_document(text, std::move(file_name));
  if (!document) return document.diagnostics();
  Diagnostics all = scenario::apply_overrides(overrides, *document.value());
  Faults faults;
  Plan plan = read_root(*document.value(), faults);
  if (files != nullptr) std::ranges::copy(faults.files(), std::back_inserter(*files));
  std::ranges::copy(faults.all(), std::back_inserter(all));
  if (!all.empty()) {
    std::ranges::stable_sort(all, {}, &scenario::Diagnostic::line);
    return all;
  }
  plan.origin =
      std::make_shared<const scenario::Origin>(scenario::Origin{std::string(text), overrides});
  return {std::move(plan)};
}

scenario::Checked<Plan> read_plan(const std::filesystem::path& file,
                                  const std::vector<std::string>& overrides,
                                  scenario::FilesRead* files) {
  const auto bytes = scenario::read_bytes(file);
  if (!bytes) return bytes.diagnostics();
  if (files != nullptr) {
    files->push_back({"plan", file.string(), scenario::sha256_of(bytes.value())});
  }
  return read_plan_text(bytes.value(), file.string(), overrides, files);
}

scenario::Checked<Plan> with_inputs(const Plan& plan, const scenario::InputValues& values) {
  EXPECTS(plan.origin != nullptr && values.size() == plan.uncertain.size());
  std::vector<std::string> overrides = plan.origin->overrides;
  const auto document = scenario::parse_document(plan.origin->text, plan.file);
  EXPECTS(static_cast<bool>(document));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const scenario::UncertainInput& input = plan.uncertain[i];
    if (!values[i] || !input.price.empty()) continue;
    overrides.push_back(input.path + "=" +
                        (is_plain(*document.value(), input)
                             ? scenario::print_number(*values[i])
                             : scenario::print_quantity(input.unit, *values[i])));
  }
  auto read = read_plan_text(plan.origin->text, plan.file, overrides);
  if (!read) return read;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string& price = plan.uncertain[i].price;
    if (values[i] && !price.empty()) read.value().prices.items.at(price).price = *values[i];
  }
  return read;
}

}  // namespace models::planning
