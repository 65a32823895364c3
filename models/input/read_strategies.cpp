#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/codes/code.h"
#include "models/input/read_distribution.h"
#include "models/input/read_sections.h"
#include "models/input/sized_hardware.h"
#include "models/scenario/nearest_name.h"

namespace models::scenario {
namespace {

template <class Kind>
void change_choice(ObjectReader& reader, std::string_view key,
                   std::span<const std::pair<Kind, std::string_view>> kinds, Kind& value) {
  if (!reader.has(key)) return;
  const std::string named = reader.text(key);
  for (const auto& [kind, name] : kinds) {
    if (name == named) value = kind;
  }
}

std::vector<Throttle> read_throttles(ObjectReader& repair) {
  std::vector<Throttle> throttles;
  for (const Node* node : repair.list("throttles")) {
    ObjectReader reader(*node, "/repair/throttles/*", repair.faults());
    ThrottleAt at{};
    change_choice(reader, "at", all_throttle_places(), at);
    const std::string counts = reader.text("counts");
    throttles.push_back({.at = at,
                         .counts = counts == "reads"    ? ThrottleCounts::reads
                                   : counts == "writes" ? ThrottleCounts::writes
                                                        : ThrottleCounts::both,
                         .rate = {reader.number("rate")}});
  }
  return throttles;
}

std::optional<Domain> domain_named(std::string_view name) {
  for (const auto& [domain, text] : all_domains()) {
    if (text == name) return domain;
  }
  return std::nullopt;
}

Spares read_spares(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/repair/spares", faults);
  Spares spares;
  if (const std::string kind = reader.text("kind"); !kind.empty()) spares.kind = kind;
  if (reader.has("count")) spares.count = reader.integer("count");
  // "pool" is no domain: it stands for those of the placement.
  if (reader.has("per")) spares.per = domain_named(reader.text("per"));
  for (const std::string_view key : {"count", "per"}) {
    if (!reader.has(key) || spares.kind == "dedicated") continue;
    faults.add(node, "is for \"dedicated\" spares; remove it", key);
  }
  if (const Node* visit = reader.find("visit")) spares.visit = read_duration(*visit, faults);
  return spares;
}

// A span of hours of a day.
template <class Hours>
Hours read_hours(ObjectReader& reader) {
  Hours hours{.from = reader.number("from"), .to = reader.number("to")};
  if (reader.has("from") && reader.has("to") && hours.to <= hours.from) {
    reader.faults().add(*reader.find("to"), "must be after 'from'");
  }
  return hours;
}

void read_calendar(ObjectReader& repair, Repair& result) {
  if (const Node* node = repair.find("busy")) {
    ObjectReader reader(*node, "/repair/busy", repair.faults());
    result.busy = read_hours<BusyHours>(reader);
    result.busy->leaves = reader.number("leaves");
  }
  if (const Node* node = repair.find("working_hours")) {
    ObjectReader reader(*node, "/repair/working_hours", repair.faults());
    result.working_hours = read_hours<WorkingHours>(reader);
    result.working_hours->days = reader.integer("days");
  }
}

void read_workshop(ObjectReader& repair, Repair& result) {
  Faults& faults = repair.faults();
  if (const Node* node = repair.find("visits")) {
    ObjectReader reader(*node, "/repair/visits", faults);
    result.visits = Visits{reader.integer("parts"), {reader.number("at_latest")}};
  }
  if (const Node* node = repair.find("stock")) {
    ObjectReader reader(*node, "/repair/stock", faults);
    const Node* delivery = reader.find("delivery");
    const int parts = reader.integer("parts");
    if (delivery != nullptr) result.stock = Stock{parts, read_duration(*delivery, faults)};
  }
  if (const Node* node = repair.find("predictor")) {
    ObjectReader reader(*node, "/repair/predictor", faults);
    result.predictor = Predictor{.catches = reader.number("catches"),
                                 .lead = {reader.number("lead")},
                                 .false_alarms = {reader.number("false_alarms")}};
  }
}

// An object that is no distribution: those have a kind.
bool is_section(const Node& node) {
  return node.kind == Node::Kind::object && node.find("kind") == nullptr;
}

sim::Distribution read_process(const Node& node, Faults& faults) {
  if (!is_section(node)) return read_duration(node, faults);
  ObjectReader reader(node, "/repair/detection/process", faults);
  const Seconds interval{reader.number("interval")};
  const int misses = reader.integer("misses");
  if (!faults.empty()) return sim::Distribution::fixed({});
  // The first beat that fails to come is due at any time within an interval of the failure.
  return sim::Distribution::uniform(interval * (misses - 1), interval * misses);
}

Detection read_detection(const Node& node, Faults& faults) {
  Detection detection;
  if (!is_section(node)) {
    detection.process = read_duration(node, faults);
    return detection;
  }
  ObjectReader reader(node, "/repair/detection", faults);
  const Node* process = reader.find("process");
  detection.process = process != nullptr ? read_process(*process, faults)
                                         : default_duration(reader.field("process"));
  const Node* absence = reader.find("absence");
  detection.absence = absence != nullptr ? read_process(*absence, faults) : detection.process;
  detection.read_error = ErrorReports::count;
  detection.write_error = ErrorReports::count;
  change_choice(reader, "read_error", all_error_reports(), detection.read_error);
  change_choice(reader, "write_error", all_error_reports(), detection.write_error);
  detection.errors = reader.integer("errors");
  if (reader.has("errors_within")) detection.within = Seconds{reader.number("errors_within")};
  change_choice(reader, "scrub", all_scrub_reports(), detection.scrub);
  detection.false_alarms = PerYear{reader.number("false_alarms") * sim::year.value};
  const Node* lasts = reader.find("false_alarm_lasts");
  detection.false_alarm_lasts = lasts != nullptr
                                    ? read_duration(*lasts, faults)
                                    : default_duration(reader.field("false_alarm_lasts"));
  detection.client_rate = PerYear{reader.number("client_rate") * sim::year.value};
  return detection;
}

Repair read_repair_fields(ObjectReader& reader, Repair repair) {
  Faults& faults = reader.faults();
  if (const Node* node = reader.find("detection")) repair.detection = read_detection(*node, faults);
  if (reader.has("rebuild_delay")) repair.rebuild_delay = Seconds{reader.number("rebuild_delay")};
  if (const Node* node = reader.find("replacement")) {
    repair.replacement = read_duration(*node, faults);
  }
  if (const Node* node = reader.find("rebuild_time")) {
    repair.rebuild_time = read_duration(*node, faults);
  }
  if (const Node* node = reader.find("spares")) repair.spares = read_spares(*node, faults);
  if (const Node* node = reader.find("scrub")) repair.scrub = read_scrub(*node, faults);
  if (reader.has("throttles")) repair.throttles = read_throttles(reader);
  change_choice(reader, "order", all_orders(), repair.order);
  change_choice(reader, "traffic", all_traffics(), repair.traffic);
  reader.change("threshold", repair.threshold);
  if (reader.has("patience")) repair.patience = Seconds{reader.number("patience")};
  read_calendar(reader, repair);
  change_choice(reader, "sharing", all_sharings(), repair.sharing);
  change_choice(reader, "new_disks", all_new_disks(), repair.new_disks);
  if (reader.has("refresh")) repair.refresh = Seconds{reader.number("refresh")};
  read_workshop(reader, repair);
  return repair;
}

// The keys of a code are those of its kind in the registry of codes, not of the field table.
void read_parameters(const Node& node, const codes::CodeKind& kind, codes::CodeSpec& spec,
                     Faults& faults) {
  std::vector<std::string_view> names{"kind"};
  for (const auto& parameter : kind.parameters) names.push_back(parameter.name);
  for (const auto& part : kind.parts) names.push_back(part.name);
  for (const std::string_view note : note_keys()) names.push_back(note);
  for (const Node& child : node.children) {
    const auto parameter =
        std::ranges::find(kind.parameters, child.key, &codes::CodeParameter::name);
    if (parameter != kind.parameters.end()) {
      const Field field{.key = parameter->name,
                        .kind = FieldKind::integer,
                        .meaning = parameter->meaning,
                        .low = static_cast<double>(parameter->low),
                        .high = static_cast<double>(parameter->high)};
      spec.parameters[child.key] = static_cast<int>(read_number(child, field, faults));
    } else if (std::ranges::find(names, child.key) == names.end()) {
      faults.add(child,
                 fmt::format("is not known in {}; {}", kind.name, name_advice(child.key, names)));
    }
  }
  for (const auto& parameter : kind.parameters) {
    if (node.find(parameter.name) == nullptr) {
      faults.add(node, fmt::format("is missing: {}", parameter.meaning), parameter.name);
      spec.parameters[std::string(parameter.name)] = parameter.low;
    }
  }
}

// A code that is valid whatever the file holds, so that the rest can be judged.
codes::CodeSpec any_code() {
  const codes::CodeKind& kind = codes::all_codes().front();
  codes::CodeSpec spec{.kind = std::string(kind.name), .parameters = {}};
  for (const auto& parameter : kind.parameters) {
    spec.parameters[std::string(parameter.name)] = parameter.low;
  }
  return spec;
}

void read_parts(const Node& node, const codes::CodeKind& kind, codes::CodeSpec& spec,
                Faults& faults) {
  for (const auto& part : kind.parts) {
    const Node* child = node.find(part.name);
    if (child == nullptr) {
      faults.add(node, fmt::format("is missing: {}", part.meaning), part.name);
    }
    spec.parts.push_back(child == nullptr ? any_code() : read_code(*child, faults));
  }
}

}  // namespace

codes::CodeSpec read_code(const Node& node, Faults& faults) {
  if (node.kind != Node::Kind::object) {
    faults.add(node,
               fmt::format("must be an object such as {{\"kind\": \"reed-solomon\", \"data\": "
                           "6, \"parity\": 3}}, got {}",
                           describe(node)));
    return any_code();
  }
  std::vector<std::string_view> names;
  names.reserve(codes::all_codes().size());
  for (const auto& kind : codes::all_codes()) names.push_back(kind.name);
  const Node* name = node.find("kind");
  if (name == nullptr) {
    faults.add(node, "is missing: kind of code; " + name_advice("", names), "kind");
    return any_code();
  }
  const codes::CodeKind* kind = codes::find_code(name->text);
  if (kind == nullptr) {
    faults.add(*name, fmt::format("must be a kind of code, got {}; {}", describe(*name),
                                  name_advice(name->text, names)));
    return any_code();
  }
  codes::CodeSpec spec{.kind = name->text, .parameters = {}};
  const std::size_t before = faults.all().size();
  read_parameters(node, *kind, spec, faults);
  read_parts(node, *kind, spec, faults);
  if (faults.all().size() > before) return any_code();
  if (std::string why = kind->check(spec); !why.empty()) {
    faults.add(node, std::move(why));
    return any_code();
  }
  return spec;
}

namespace {

void read_limits(ObjectReader& placement, Placement& result) {
  const Node* node = placement.find("max_per_domain");
  if (node != nullptr && node->kind == Node::Kind::object) {
    ObjectReader reader(*node, "/strategies/*/placement/max_per_domain", placement.faults());
    result.max_per_rack = reader.integer("rack");
    result.max_per_machine = reader.integer("machine");
    result.max_per_site = reader.integer("site");
    return;
  }
  result.max_per_rack = placement.integer("max_per_domain");
  result.max_per_machine = result.max_per_rack;
}

Placement read_placement(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/strategies/*/placement", faults);
  Placement placement;
  if (const std::string kind = reader.text("kind"); !kind.empty()) placement.kind = kind;
  placement.groups = reader.integer("groups");
  read_limits(reader, placement);
  if (reader.has("pool")) placement.pool = reader.integer("pool");
  placement.within = domain_named(reader.text("within")).value_or(Domain::fleet);
  if (reader.has("scatter_width")) placement.scatter_width = reader.integer("scatter_width");
  if (reader.has("racks")) placement.racks = reader.integer("racks");
  if (reader.has("across")) placement.across = domain_named(reader.text("across"));
  return placement;
}

std::vector<CloudUse> read_cloud(ObjectReader& strategy) {
  std::vector<CloudUse> uses;
  for (const Node* node : strategy.list("cloud")) {
    ObjectReader reader(*node, "/strategies/*/cloud/*", strategy.faults());
    CloudUse use{.storage_class = reader.text("class"),
                 .share = reader.number("share"),
                 .read_per_year = reader.number("read_per_year"),
                 .requests_per_year = reader.number("requests_per_year")};
    if (reader.has("kept")) use.kept = {reader.number("kept")};
    uses.push_back(std::move(use));
  }
  return uses;
}

// As many machines as the strategy needs. It rests on data, code and placement: not before these
// are right.
void buy(const Node& hardware, const Data& data, Strategy& strategy, Faults& faults) {
  const auto code = codes::make_code(strategy.code);
  strategy.hardware =
      sized_hardware(*strategy.hardware, data, strategy.placement, *code, strategy.repair.spares);
  if (strategy.hardware) return;
  faults.add(hardware,
             fmt::format("no number of machines holds the data of {} in these limits per domain: "
                         "allow more shards in a rack or a machine, more groups, or larger disks",
                         code->name()));
}

// The drives of its own hardware bring their lifetime, unless its own failures state one.
void use_own_drive(ObjectReader& reader, Scenario& scenario, Strategy& strategy) {
  const Node* hardware = reader.find("hardware");
  const Node* disk = hardware->find("disk");
  if (disk == nullptr || disk->find("drive") == nullptr || !strategy.hardware->disk.record) return;
  Failures laws = scenario.failures_of(strategy);
  use_drive(*disk, reader.find("failures"), strategy.hardware->disk,
            pointer_of(reader.node()) + "/failures", laws, scenario.uncertain, reader.faults());
  strategy.failures = std::move(laws);
}

Strategy read_strategy(const Node& node, const DriveTable& drives, Scenario& scenario,
                       Faults& faults) {
  ObjectReader reader(node, "/strategies/*", faults);
  Strategy strategy;
  strategy.name = reader.text("name");
  strategy.code = any_code();
  strategy.placement.groups = 1;
  strategy.repair = scenario.repair;
  if (reader.has("preset")) {
    reader.text("preset");
  } else {
    for (const std::string_view key : {"code", "placement"}) {
      if (node.kind != Node::Kind::object || reader.has(key)) continue;
      faults.add(node, fmt::format("is missing: {}", reader.field(key).meaning), key);
    }
  }
  if (const Node* code = reader.find("code")) strategy.code = read_code(*code, faults);
  if (const Node* placement = reader.find("placement")) {
    strategy.placement = read_placement(*placement, faults);
  }
  if (const Node* changes = reader.find("repair")) {
    strategy.repair = change_repair(*changes, std::move(strategy.repair), faults);
  }
  if (const Node* changes = reader.find("failures")) {
    strategy.failures = change_failures(*changes, scenario.failures, faults);
  }
  strategy.cloud = read_cloud(reader);
  if (const Node* hardware = reader.find("hardware")) {
    read_own_hardware(*hardware, scenario.hardware, drives, strategy, faults);
    if (strategy.hardware) use_own_drive(reader, scenario, strategy);
    const bool sized = strategy.hardware_kind == HardwareKind::sized;
    if (sized && faults.empty()) buy(*hardware, scenario.data, strategy, faults);
  }
  return strategy;
}

}  // namespace

Repair read_repair(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/repair", faults);
  Repair base;
  base.detection.process = default_duration(reader.field("detection"));
  return read_repair_fields(reader, std::move(base));
}

Repair change_repair(const Node& node, Repair base, Faults& faults) {
  ObjectReader reader(node, "/strategies/*/repair", faults);
  return read_repair_fields(reader, std::move(base));
}

std::vector<Strategy> read_strategies(const std::vector<const Node*>& nodes,
                                      const DriveTable& drives, Scenario& scenario,
                                      Faults& faults) {
  std::vector<Strategy> strategies;
  strategies.reserve(nodes.size());
  for (const Node* node : nodes) {
    strategies.push_back(read_strategy(*node, drives, scenario, faults));
  }
  return strategies;
}

}  // namespace models::scenario
