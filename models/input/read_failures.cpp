#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

#include "models/input/read_distribution.h"
#include "models/input/read_sections.h"
#include "models/input/valid_ages.h"

namespace models::scenario {
namespace {

/// Of shares that are written with a few digits.
constexpr double rounding = 1e-6;

std::optional<sim::Distribution> lifetime_of(ObjectReader& reader, std::string_view key) {
  const Node* node = reader.find(key);
  if (node == nullptr) return std::nullopt;
  return read_lifetime(*node, reader.faults());
}

// What is not named stays as it is: a strategy changes the scenario's laws.
void change_lifetime(ObjectReader& reader, std::optional<sim::Distribution>& law) {
  if (auto named = lifetime_of(reader, "lifetime")) law = std::move(named);
}

void change_outage(ObjectReader& unit, std::optional<Outage>& outage) {
  const Node* node = unit.find("outage");
  if (node == nullptr) return;
  ObjectReader reader(*node, "/failures/*/outage", unit.faults());
  const auto between = lifetime_of(reader, "between");
  const Node* duration = reader.find("duration");
  if (!between || duration == nullptr) return;
  outage = Outage{*between, read_duration(*duration, unit.faults()), reader.number("catch_up")};
}

void change_shock(ObjectReader& place, const ShockOf& kind, Failures& failures) {
  const Node* node = place.find(kind.event);
  if (node == nullptr) return;
  std::optional<Shock>& shock = failures.*kind.shock;
  if (kind.wipes) {
    ObjectReader reader(*node, "/failures/*/wipe", place.faults());
    const auto between = lifetime_of(reader, "between");
    const Node* back = reader.find("back");
    if (between && back != nullptr) {
      shock = Shock{*between, 1.0, read_duration(*back, place.faults())};
    }
    return;
  }
  ObjectReader reader(*node, "/failures/*/shock", place.faults());
  const auto between = lifetime_of(reader, "between");
  const double kills = reader.number("kills");
  const Node* away = reader.find("away");
  if (!between || away == nullptr) return;
  shock = Shock{*between, kills, read_duration(*away, place.faults())};
}

void change_maintenance(ObjectReader& unit, std::optional<Maintenance>& maintenance) {
  const Node* node = unit.find("maintenance");
  if (node == nullptr) return;
  ObjectReader reader(*node, "/failures/*/maintenance", unit.faults());
  const Seconds every{reader.number("every")};
  const Node* duration = reader.find("duration");
  if (duration == nullptr || !(every.value > 0)) return;
  maintenance = Maintenance{every, read_duration(*duration, unit.faults())};
}

// Events of a kind of unit beside its outages.
void change_events(ObjectReader& unit, std::string_view key, Failures& failures) {
  for (const ShockOf& shock : all_shocks()) {
    if (shock.key == key) change_shock(unit, shock, failures);
  }
  for (const MaintenanceOf& kind : all_maintenance()) {
    if (kind.key == key) change_maintenance(unit, failures.*kind.maintenance);
  }
}

void change_batch(const Node& node, Failures& failures, Faults& faults) {
  ObjectReader reader(node, "/failures/batch", faults);
  const Node* shock = reader.find("shock");
  if (shock == nullptr) return;
  ObjectReader event(*shock, "/failures/batch/shock", faults);
  const auto between = lifetime_of(event, "between");
  const double kills = event.number("kills");
  if (between) failures.batch_shock = Shock{*between, kills, sim::Distribution::fixed({})};
}

void change_burst(const Node& node, Failures& failures, Faults& faults) {
  ObjectReader reader(node, "/failures/burst", faults);
  const auto between = lifetime_of(reader, "between");
  const double same_rack = reader.number("same_rack");
  std::vector<BurstSize> sizes;
  double shares = 0;
  for (const Node* entry : reader.list("sizes")) {
    ObjectReader size(*entry, "/failures/burst/sizes/*", faults);
    sizes.push_back({size.integer("disks"), size.number("share")});
    shares += sizes.back().share;
  }
  if (!between || !reader.has("sizes")) return;
  if (std::abs(shares - 1) > rounding) {
    faults.add(*reader.find("sizes"),
               fmt::format("must have shares that add up to 100 %, got {:.6g} %", 100 * shares));
    return;
  }
  failures.burst = Burst{*between, std::move(sizes), same_rack};
}

// In the order of the file: disks are dealt out in turn.
void change_disk_models(ObjectReader& disk, Failures& failures) {
  if (!disk.has("models")) return;
  for (const std::string_view key : {"lifetime", "age"}) {
    if (disk.has(key)) {
      disk.faults().add(*disk.find(key), "cannot go with 'models', each of which has its own");
    }
  }
  failures.disk_models.clear();
  for (const Node* node : disk.list("models")) {
    ObjectReader reader(*node, "/failures/disk/models/*", disk.faults());
    const std::string name = reader.text("name");
    const auto life = lifetime_of(reader, "lifetime");
    const int parts = reader.integer("parts");
    const Seconds age{reader.number("age")};
    if (life) failures.disk_models.push_back({name, parts, *life, age});
  }
}

// It comes and goes with rebuilds, so it can have no age.
void change_strain(ObjectReader& disk, std::optional<sim::Distribution>& strain) {
  auto law = lifetime_of(disk, "under_rebuild");
  if (!law) return;
  if (!law->memoryless()) {
    disk.faults().add(*disk.find("under_rebuild"),
                      "must be a constant rate, as \"5 %/year\": it lasts as long as a rebuild");
    return;
  }
  strain = std::move(law);
}

FleetAge read_age(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/failures/disk/age", faults);
  const FleetAge age{.youngest = {reader.number("youngest")},
                     .oldest = {reader.number("oldest")},
                     .cohorts = reader.integer("cohorts")};
  if (age.oldest < age.youngest && reader.has("oldest")) {
    faults.add(node, "must not be less than 'youngest'", "oldest");
  }
  return age;
}

void change_disk(const Node& node, Failures& failures, Faults& faults) {
  ObjectReader reader(node, "/failures/disk", faults);
  change_lifetime(reader, failures.disk);
  if (reader.has("lifetime")) failures.disk_models.clear();
  change_disk_models(reader, failures);
  change_strain(reader, failures.strain);
  if (const Node* age = reader.find("age")) failures.disk_age = read_age(*age, faults);
  if (const Node* valid = reader.find("valid")) read_valid_ages(*valid, faults);
  if (const Node* latent = reader.find("latent")) {
    failures.disk_latent = read_latent_errors(*latent, faults);
  }
}

void change_machine(const Node& node, Failures& failures, Faults& faults) {
  ObjectReader reader(node, "/failures/machine", faults);
  change_lifetime(reader, failures.machine);
  change_outage(reader, failures.machine_outage);
  change_events(reader, "machine", failures);
}

// Kinds of units that go away.
struct OutageOf {
  std::string_view key;
  std::string_view section;
  std::optional<Outage> Failures::*outage;
};
constexpr std::array outages{
    OutageOf{"rack", "/failures/rack", &Failures::rack_outage},
    OutageOf{"rack_switch", "/failures/rack_switch", &Failures::rack_switch_outage},
    OutageOf{"core_switch", "/failures/core_switch", &Failures::core_switch_outage},
    OutageOf{"power_domain", "/failures/power_domain", &Failures::power_domain_outage},
    OutageOf{"controller", "/failures/controller", &Failures::controller_outage},
    OutageOf{"gateway", "/failures/gateway", &Failures::gateway_outage},
    OutageOf{"front_end", "/failures/front_end", &Failures::front_end_outage},
    OutageOf{"site", "/failures/site", &Failures::site_outage},
    OutageOf{"software", "/failures/software", &Failures::software_outage},
};

Failures change(ObjectReader& reader, Failures failures) {
  Faults& faults = reader.faults();
  if (const Node* disk = reader.find("disk")) change_disk(*disk, failures, faults);
  if (const Node* machine = reader.find("machine")) change_machine(*machine, failures, faults);
  if (const Node* batch = reader.find("batch")) change_batch(*batch, failures, faults);
  if (const Node* burst = reader.find("burst")) change_burst(*burst, failures, faults);
  for (const OutageOf& unit : outages) {
    const Node* node = reader.find(unit.key);
    if (node == nullptr) continue;
    ObjectReader fields(*node, unit.section, faults);
    change_outage(fields, failures.*unit.outage);
    change_events(fields, unit.key, failures);
  }
  return failures;
}

}  // namespace

Failures read_failures(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/failures", faults);
  return change(reader, {});
}

void use_drive(const Node& disk, const Node* failures, const Disk& drive, const std::string& path,
               Failures& laws, std::vector<UncertainInput>& uncertain, Faults& faults) {
  const Node* named = failures == nullptr ? nullptr : failures->find("disk");
  if (named != nullptr &&
      (named->find("lifetime") != nullptr || named->find("models") != nullptr)) {
    return;
  }
  const DriveRecord& record = *drive.record;
  if (!(record.failures > 0)) {
    faults.add(
        disk,
        fmt::format("no failure of it was seen in {:.0f} drive days: it fails at most {:.3g} "
                    "%/year; give failures.disk.lifetime",
                    record.drive_days, interval_of(record).high * 100),
        "drive");
    return;
  }
  laws.disk = sim::Distribution::exponential(sim::year / rate_of(record).value);
  uncertain.push_back({.kind = UncertainInput::Kind::gamma,
                       .path = path + "/disk/lifetime",
                       .unit = QuantityKind::rate,
                       .value = rate_of(record).value / sim::year.value,
                       .failures = record.failures,
                       .exposure = sim::days(record.drive_days),
                       .source = record.source});
}

Failures change_failures(const Node& node, const Failures& base, Faults& faults) {
  ObjectReader reader(node, "/strategies/*/failures", faults);
  return change(reader, base);
}

}  // namespace models::scenario
