#include <array>
#include <utility>

#include "models/input/read_distribution.h"
#include "models/input/read_sections.h"
#include "models/scenario/lifecycle_values.h"

namespace models::scenario {
namespace {

std::optional<Interruption> read_interruption(ObjectReader& of) {
  const Node* node = of.find("outage");
  if (node == nullptr) return std::nullopt;
  ObjectReader reader(*node, "/failures/*/outage", of.faults());
  const Node* between = reader.find("between");
  const Node* duration = reader.find("duration");
  if (between == nullptr || duration == nullptr) return std::nullopt;
  return Interruption{read_lifetime(*between, of.faults()), read_duration(*duration, of.faults())};
}

sim::Distribution duration_of(ObjectReader& reader, std::string_view key) {
  const Node* node = reader.find(key);
  if (node == nullptr) return sim::Distribution::fixed({0});
  return read_duration(*node, reader.faults());
}

Seconds time_of(ObjectReader& reader, std::string_view key) {
  return {reader.has(key) ? reader.number(key) : 0};
}

ReadRate read_reads(ObjectReader& of) {
  const Node* node = of.find("reads");
  if (node == nullptr) return {};
  ObjectReader reader(*node, "/lifecycle/reads", of.faults());
  return {.at_first = {reader.number("at_first")},
          .halve = {reader.number("halve")},
          .later = {reader.number("later")}};
}

ColdFiles read_cold_files(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/lifecycle/cold_files", faults);
  return {.hot = reader.text("hot"),
          .cold = reader.text("cold"),
          .horizon = {reader.number("horizon")},
          .stock_age = {reader.number("stock_age")},
          .added_per_year = {reader.number("added_per_year")},
          .size_sigma = reader.number("size_sigma"),
          .reads = read_reads(reader),
          .rule = {.every = {reader.number("scan_every")},
                   .unmodified_for = {reader.number("unmodified_for")},
                   .accesses_at_most = reader.integer("accesses_at_most"),
                   .counted_over = {reader.number("counted_over")},
                   .reheat_from = reader.integer("reheat_from"),
                   .rate = {reader.number("rate")}}};
}

CodingServer read_coding_server(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/lifecycle/coding_server", faults);
  return {.rate = {reader.number("rate")}, .outage = read_interruption(reader)};
}

std::optional<NameNodeStart> read_name_node(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/lifecycle/name_node", faults);
  auto outage = read_interruption(reader);
  NameNodeStart start{
      .block = {reader.number("block")},
      .blocks = {reader.number("reports")},
      .safe_mode = {reader.number("safe_mode")},
      .count = reader.integer("count"),
      .switch_over = time_of(reader, "switch_over"),
      .outage = {sim::Distribution::exponential({1}), sim::Distribution::fixed({0})}};
  if (outage) start.outage = *std::move(outage);
  return start;
}

MetadataStore read_metadata(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/lifecycle/metadata/*", faults);
  MetadataStore store{.name = reader.text("name"),
                      .count = reader.integer("count"),
                      .resync = time_of(reader, "resync"),
                      .backup_every = std::nullopt};
  if (const Node* life = reader.find("lifetime")) store.lifetime = read_lifetime(*life, faults);
  if (reader.has("backup_every")) store.backup_every = Seconds{reader.number("backup_every")};
  return store;
}

Writes read_writes(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/lifecycle/writes", faults);
  return {.per_day = {reader.number("per_day")},
          .from = {reader.number("from")},
          .to = {reader.number("to")},
          .overwritten = reader.number("overwritten")};
}

policy::SnapshotRule read_snapshots(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/lifecycle/snapshots", faults);
  policy::SnapshotRule rule{
      .every = {reader.number("every")}, .keep = {}, .most = reader.integer("most")};
  for (const Node* keep : reader.list("keep")) {
    ObjectReader fields(*keep, "/lifecycle/snapshots/keep/*", faults);
    rule.keep.push_back({{fields.number("every")}, {fields.number("for")}});
  }
  return rule;
}

CloudLine read_line(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/lifecycle/line", faults);
  return {.rate = {reader.number("rate")},
          .share = reader.number("share"),
          .hours = {time_of(reader, "from"), time_of(reader, "to")},
          .outage = read_interruption(reader)};
}

ClassFlow read_classes(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/lifecycle/classes", faults);
  ClassFlow flow{.added_per_year = {reader.number("added_per_year")},
                 .growth = reader.number("growth"),
                 .growth_for = {reader.number("growth_for")},
                 .horizon = {reader.number("horizon")},
                 .reads = read_reads(reader),
                 .classes = {},
                 .rule = {}};
  for (const Node* use : reader.list("use")) {
    ObjectReader fields(*use, "/lifecycle/classes/use/*", faults);
    const auto index = static_cast<std::uint32_t>(flow.classes.size());
    flow.classes.push_back({fields.text("class"), duration_of(fields, "restore_delay")});
    if (fields.has("after")) {
      flow.rule.steps.push_back({index, time_of(fields, "after"), time_of(fields, "unread_for")});
    } else if (index > 0) {
      faults.add(*use, "is missing: age from which objects go there", "after");
    }
  }
  flow.rule.minimum.resize(flow.classes.size());
  if (reader.has("expire_after")) {
    flow.rule.expire_after = Seconds{reader.number("expire_after")};
  }
  return flow;
}

template <class Kind>
Kind named(const std::string& name, std::initializer_list<std::pair<std::string_view, Kind>> all) {
  for (const auto& [text, kind] : all) {
    if (text == name) return kind;
  }
  return all.begin()->second;
}

StoredCopy read_copy(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/lifecycle/copies/*", faults);
  StoredCopy copy;
  copy.name = reader.text("name");
  copy.place = reader.text("place");
  copy.medium = reader.text("medium");
  copy.versions = named<Versions>(reader.text("versions"), {{"none", Versions::none},
                                                            {"snapshots", Versions::snapshots},
                                                            {"immutable", Versions::immutable}});
  copy.over_line = !reader.has("behind");
  copy.behind = time_of(reader, "behind");
  copy.versions_for = time_of(reader, "versions_for");
  if (reader.has("restore")) copy.restore = {reader.number("restore")};
  copy.delay = duration_of(reader, "delay");
  copy.encrypted = reader.text("encrypted") == "yes";
  return copy;
}

IncidentOf read_incident(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/lifecycle/incidents/*", faults);
  IncidentOf incident;
  incident.name = reader.text("name");
  incident.kind =
      named<IncidentKind>(reader.text("kind"), {{"place", IncidentKind::place},
                                                {"deletion", IncidentKind::deletion},
                                                {"ransomware", IncidentKind::ransomware}});
  incident.place = reader.text("place");
  if (incident.kind == IncidentKind::place && incident.place.empty()) {
    faults.add(node, "is missing: the place that is struck", "place");
  }
  if (const Node* between = reader.find("between")) {
    incident.between = read_lifetime(*between, faults);
  }
  if (reader.has("destroys")) incident.destroys = reader.number("destroys");
  incident.found_after = duration_of(reader, "found_after");
  incident.ready_after = duration_of(reader, "ready_after");
  return incident;
}

void read_plain_parts(ObjectReader& reader, Lifecycle& all) {
  Faults& faults = reader.faults();
  if (const Node* node = reader.find("key")) {
    ObjectReader key(*node, "/lifecycle/key", faults);
    all.key = KeyCare{.copies = key.integer("copies"),
                      .lost = {key.number("lost")},
                      .checked_every = {key.number("checked_every")}};
  }
  if (const Node* node = reader.find("intake")) {
    ObjectReader part(*node, "/lifecycle/intake", faults);
    all.intake = Intake{.rate = {part.number("rate")}, .operations = {part.number("operations")}};
  }
  if (const Node* node = reader.find("sharing")) {
    ObjectReader part(*node, "/lifecycle/sharing", faults);
    all.sharing = Sharing{.every = {part.number("every")},
                          .rate = {part.number("rate")},
                          .file = {part.number("file")}};
  }
  if (const Node* node = reader.find("file_tier")) {
    ObjectReader part(*node, "/lifecycle/file_tier", faults);
    all.file_tier = FileTier{.set = {part.number("set")},
                             .slowest = {part.number("slowest")},
                             .fastest = {part.number("fastest")},
                             .stage = {part.number("stage")}};
  }
  for (const Node* node : reader.list("caches")) {
    ObjectReader part(*node, "/lifecycle/caches/*", faults);
    all.caches.push_back({.name = part.text("name"),
                          .capacity = {part.number("capacity")},
                          .zipf = part.number("zipf")});
  }
}

}  // namespace

std::shared_ptr<const Lifecycle> read_lifecycle(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/lifecycle", faults);
  Lifecycle all;
  if (const Node* part = reader.find("cold_files")) all.cold_files = read_cold_files(*part, faults);
  if (const Node* part = reader.find("coding_server")) {
    all.coding_server = read_coding_server(*part, faults);
  }
  if (const Node* part = reader.find("name_node")) all.name_node = read_name_node(*part, faults);
  for (const Node* part : reader.list("metadata")) {
    all.metadata.push_back(read_metadata(*part, faults));
  }
  if (const Node* part = reader.find("writes")) all.writes = read_writes(*part, faults);
  if (const Node* part = reader.find("snapshots")) all.snapshots = read_snapshots(*part, faults);
  if (const Node* part = reader.find("line")) all.line = read_line(*part, faults);
  if (const Node* part = reader.find("classes")) all.classes = read_classes(*part, faults);
  for (const Node* part : reader.list("copies")) all.copies.push_back(read_copy(*part, faults));
  for (const Node* part : reader.list("incidents")) {
    all.incidents.push_back(read_incident(*part, faults));
  }
  read_plain_parts(reader, all);
  return std::make_shared<const Lifecycle>(std::move(all));
}

}  // namespace models::scenario
