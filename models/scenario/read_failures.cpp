#include "models/scenario/read_distribution.h"
#include "models/scenario/read_sections.h"

namespace models::scenario {
namespace {

std::optional<sim::Distribution> lifetime_of(ObjectReader& reader, std::string_view key) {
  const Node* node = reader.find(key);
  if (node == nullptr) return std::nullopt;
  return read_lifetime(*node, reader.faults());
}

std::optional<Outage> outage_of(ObjectReader& unit) {
  const Node* node = unit.find("outage");
  if (node == nullptr) return std::nullopt;
  ObjectReader reader(*node, "/failures/*/outage", unit.faults());
  const auto between = lifetime_of(reader, "between");
  const Node* duration = reader.find("duration");
  if (!between || duration == nullptr) return std::nullopt;
  return Outage{*between, read_duration(*duration, unit.faults())};
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

void read_disk_failures(const Node& node, Failures& failures, Faults& faults) {
  ObjectReader reader(node, "/failures/disk", faults);
  failures.disk = lifetime_of(reader, "lifetime");
  if (const Node* age = reader.find("age")) failures.disk_age = read_age(*age, faults);
}

void read_machine_failures(const Node& node, Failures& failures, Faults& faults) {
  ObjectReader reader(node, "/failures/machine", faults);
  failures.machine = lifetime_of(reader, "lifetime");
  failures.machine_outage = outage_of(reader);
}

std::optional<Outage> read_outage(const Node* node, std::string_view section, Faults& faults) {
  if (node == nullptr) return std::nullopt;
  ObjectReader reader(*node, section, faults);
  return outage_of(reader);
}

}  // namespace

Failures read_failures(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/failures", faults);
  Failures failures;
  if (const Node* disk = reader.find("disk")) read_disk_failures(*disk, failures, faults);
  if (const Node* machine = reader.find("machine")) {
    read_machine_failures(*machine, failures, faults);
  }
  failures.rack_outage = read_outage(reader.find("rack"), "/failures/rack", faults);
  failures.rack_switch_outage =
      read_outage(reader.find("rack_switch"), "/failures/rack_switch", faults);
  failures.core_switch_outage =
      read_outage(reader.find("core_switch"), "/failures/core_switch", faults);
  return failures;
}

}  // namespace models::scenario
