#include <array>

#include "models/input/read_distribution.h"
#include "models/input/read_sections.h"
#include "models/scenario/paths.h"

namespace models::scenario {
namespace {

void read_time(ObjectReader& reader, std::string_view key, sim::Distribution& time) {
  if (const Node* node = reader.find(key)) time = read_duration(*node, reader.faults());
}

HostService read_service(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/paths/services/*", faults);
  HostService service;
  service.name = reader.text("name");
  service.hosts = reader.integer("hosts");
  service.needed = reader.integer("needed");
  service.adapters = reader.integer("adapters");
  read_time(reader, "takeover", service.takeover);
  service.patience = {reader.number("patience")};
  read_time(reader, "restart", service.restart);
  reader.change("host_cache", service.host_cache);
  return service;
}

SwitchTimes read_times(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/paths/times", faults);
  SwitchTimes times;
  read_time(reader, "heartbeat", times.heartbeat);
  read_time(reader, "arbitration", times.arbitration);
  read_time(reader, "fencing", times.fencing);
  read_time(reader, "promotion", times.promotion);
  read_time(reader, "path_error", times.path_error);
  read_time(reader, "path_switch", times.path_switch);
  return times;
}

MirrorSpec read_mirror(const Node& node, Bytes all, Faults& faults) {
  ObjectReader reader(node, "/paths/mirror", faults);
  MirrorSpec mirror{
      .writes = {reader.number("writes")}, .resync = {reader.number("resync")}, .most_dirty = all};
  reader.change("most_dirty", mirror.most_dirty);
  return mirror;
}

std::optional<PartOutage> read_outage(ObjectReader& parts, std::string_view key) {
  const Node* node = parts.find(key);
  if (node == nullptr) return std::nullopt;
  ObjectReader reader(*node, "/failures/*/outage", parts.faults());
  const Node* between = reader.find("between");
  const Node* duration = reader.find("duration");
  if (between == nullptr || duration == nullptr) return std::nullopt;
  return PartOutage{read_lifetime(*between, parts.faults()),
                    read_duration(*duration, parts.faults())};
}

void read_part_failures(const Node& node, Paths& paths, Faults& faults) {
  ObjectReader reader(node, "/paths/failures", faults);
  paths.host_outage = read_outage(reader, "host");
  paths.adapter_outage = read_outage(reader, "adapter");
  paths.enclosure_outage = read_outage(reader, "enclosure");
  paths.site_link_outage = read_outage(reader, "site_link");
  paths.quorum_outage = read_outage(reader, "quorum");
}

std::optional<LogicalFaults> read_logical(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/paths/logical", faults);
  const Node* between = reader.find("between");
  const Node* found = reader.find("found");
  const Node* restore = reader.find("restore");
  if (between == nullptr || found == nullptr || restore == nullptr) return std::nullopt;
  LogicalFaults logical{read_lifetime(*between, faults),
                        read_duration(*found, faults),
                        read_duration(*restore, faults),
                        {}};
  reader.change("snapshots_every", logical.snapshots_every);
  return logical;
}

}  // namespace

Paths read_paths(const Node& node, Bytes all_data, Faults& faults) {
  ObjectReader reader(node, "/paths", faults);
  Paths paths;
  for (const Node* service : reader.list("services")) {
    paths.services.push_back(read_service(*service, faults));
  }
  paths.enclosures = reader.integer("enclosures");
  paths.site_links = reader.integer("site_links");
  paths.multipath = reader.text("multipath") == "ALUA" ? Multipath::alua : Multipath::active_active;
  paths.third_place = reader.text("quorum") != "none";
  paths.port = {reader.number("port")};
  paths.engine = {reader.number("engine")};
  if (const Node* times = reader.find("times")) paths.times = read_times(*times, faults);
  if (const Node* mirror = reader.find("mirror")) {
    paths.mirror = read_mirror(*mirror, all_data, faults);
  }
  if (const Node* parts = reader.find("failures")) read_part_failures(*parts, paths, faults);
  if (const Node* logical = reader.find("logical")) {
    paths.logical = read_logical(*logical, faults);
  }
  if (const Node* moved = reader.find("migration")) {
    ObjectReader fields(*moved, "/paths/migration", faults);
    paths.migration = Migration{.amount = {fields.number("amount")},
                                .rate = {fields.number("rate")},
                                .demand = {fields.number("demand")}};
  }
  return paths;
}

}  // namespace models::scenario
