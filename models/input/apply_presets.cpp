#include "models/input/apply_presets.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "models/input/read_sections.h"
#include "models/input/validate.h"
#include "models/scenario/quantity_text.h"

namespace models::scenario {
namespace {

Node* child_of(Node& node, std::string_view key) {
  if (node.kind != Node::Kind::object) return nullptr;
  const auto found = std::ranges::find(node.children, key, &Node::key);
  return found == node.children.end() ? nullptr : &*found;
}

const Preset* preset_of(const Node& strategy) {
  const Node* name = strategy.find("preset");
  return name == nullptr ? nullptr : PresetTable::shipped().find(name->text);
}

// A fault in a value of a preset is found where the preset is named.
void place_at(Node& node, const Node& name) {
  node.line = name.line;
  node.origin = name.origin;
  node.parent = nullptr;
  for (Node& child : node.children) place_at(child, name);
}

bool other_kind(const Node& given, const Node& preset) {
  const Node* a = given.find("kind");
  const Node* b = preset.find("kind");
  return a != nullptr && (b == nullptr || a->text != b->text);
}

void merge(Node& given, const Node& preset, const Node& name) {
  for (const Node& value : preset.children) {
    Node* own = child_of(given, value.key);
    if (own == nullptr) {
      place_at(given.children.emplace_back(value), name);
    } else if (own->kind == Node::Kind::object && value.kind == Node::Kind::object &&
               !other_kind(*own, value)) {
      merge(*own, value, name);
    }
  }
}

/// Counts of the hardware, as far as they can be read; all 0 if one of them cannot.
struct Counts {
  double machines{};
  double disks_per_machine{};
  double racks{};
  double disks() const { return machines * disks_per_machine; }
};

std::optional<double> count(const Node* own, const Node* base, std::string_view key,
                            std::optional<double> fallback) {
  for (const Node* node : {own, base}) {
    const Node* child = node == nullptr ? nullptr : node->find(key);
    if (child == nullptr) continue;
    const bool whole = child->kind == Node::Kind::number && child->number >= 1 &&
                       child->number <= 1e6 && child->number == std::floor(child->number);
    return whole ? std::optional(child->number) : std::nullopt;
  }
  return fallback;
}

Counts counts_of(const Node& root, const Node& strategy) {
  const Node* base = root.find("hardware");
  const Node* own = strategy.find("hardware");
  const auto sites = count(own, base, "sites", 1);
  const auto racks = count(own, base, "racks_per_site", std::nullopt);
  const auto machines = count(own, base, "machines_per_rack", std::nullopt);
  const auto disks = count(own, base, "disks_per_machine", std::nullopt);
  if (!sites || !racks || !machines || !disks) return {};
  return {*sites * *racks * *machines, *disks, *sites * *racks};
}

std::optional<double> quantity(const Node& root, std::string_view key) {
  const Node* data = root.find("data");
  const Node* child = data == nullptr ? nullptr : data->find(key);
  if (child == nullptr || child->kind != Node::Kind::text) return std::nullopt;
  const ParsedQuantity parsed = parse_quantity(QuantityKind::bytes, child->text);
  return parsed && parsed.value > 0 ? std::optional(parsed.value) : std::nullopt;
}

double power_of_two(double value, PresetSizing::Round round) {
  using enum PresetSizing::Round;
  if (round == none || value < 1) return value;
  const double next = std::exp2(std::ceil(std::log2(value)));
  // Three quarters of a power are as far from it as from the one below.
  return round == next_power_of_two || value >= 0.75 * next ? next : next / 2;
}

double pools_of(const Counts& counts, const Node& placement) {
  const Node* pool = placement.find("pool");
  const Node* within = placement.find("within");
  if (pool == nullptr || !(pool->number >= 1)) return 0;
  const std::string_view place = within == nullptr ? "fleet" : std::string_view(within->text);
  const double domains = place == "machine" ? counts.machines : place == "rack" ? counts.racks : 1;
  return domains * std::floor(counts.disks() / domains / pool->number);
}

/// Groups that the sizing asks for; no more than the data have stripes.
double groups_for(const Preset& preset, const Node& root, const Node& strategy,
                  const Counts& counts) {
  Faults scratch;
  const codes::CodeSpec spec = read_code(*strategy.find("code"), scratch);
  const codes::Shape shape = codes::make_code(spec)->shape();
  const PresetSizing& sizing = preset.sizing;
  if (sizing.groups_per_pool > 0) {
    return sizing.groups_per_pool * pools_of(counts, *strategy.find("placement"));
  }
  const double wanted = sizing.groups_per_disk > 0
                            ? sizing.groups_per_disk * counts.disks()
                            : sizing.shards_per_disk * counts.disks() / shape.total();
  return groups_within(power_of_two(wanted, sizing.round), quantity(root, "logical").value_or(1e30),
                       quantity(root, "stripe"));
}

void add_number(Node& node, std::string_view key, double value, const Node& name) {
  if (child_of(node, key) != nullptr) return;
  Node number;
  number.kind = Node::Kind::number;
  number.number = value;
  number.key = key;
  place_at(node.children.emplace_back(std::move(number)), name);
}

void add_sizes(const Preset& preset, const Node& root, Node& strategy, const Node& name) {
  Node* placement = child_of(strategy, "placement");
  const Counts counts = counts_of(root, strategy);
  if (placement == nullptr || placement->kind != Node::Kind::object || counts.disks() < 1) return;
  if (preset.sizing.pool_is_machine) {
    add_number(*placement, "pool", counts.disks_per_machine, name);
  }
  const double groups = groups_for(preset, root, strategy, counts);
  add_number(*placement, "groups", std::clamp(std::round(groups), 1.0, max_groups), name);
}

std::vector<Node>* strategies_of(Document& document) {
  Node* list = child_of(document.root, "strategies");
  return list != nullptr && list->kind == Node::Kind::list ? &list->children : nullptr;
}

}  // namespace

double groups_within(double wanted, double logical, std::optional<double> stripe) {
  const auto usual = [] {
    const std::string_view text = find_field(find_section("/data"), "stripe").fallback;
    return parse_quantity(QuantityKind::bytes, text).value;
  };
  const double stripes = std::floor(logical / (stripe ? *stripe : usual()));
  return std::clamp(std::round(std::min(wanted, std::max(1.0, stripes))), 1.0, max_groups);
}

void apply_presets(Document& document) {
  std::vector<Node>* strategies = strategies_of(document);
  if (strategies == nullptr) return;
  bool changed = false;
  for (Node& strategy : *strategies) {
    const Preset* preset = preset_of(strategy);
    if (preset == nullptr) continue;
    const Node name = *strategy.find("preset");
    merge(strategy, preset->strategy, name);
    add_sizes(*preset, document.root, strategy, name);
    changed = true;
  }
  if (changed) document.link();
}

std::vector<LaterSection> preset_gaps(const Document& document) {
  std::vector<LaterSection> gaps;
  std::set<std::string> seen;
  const Node* list = document.root.find("strategies");
  if (list == nullptr) return gaps;
  for (const Node& strategy : list->children) {
    const Preset* preset = preset_of(strategy);
    if (preset == nullptr || preset->not_told.empty() || !seen.insert(preset->name).second)
      continue;
    std::string text;
    for (const std::string& gap : preset->not_told) text += (text.empty() ? "" : "; ") + gap;
    gaps.push_back({.name = "preset " + preset->name, .about = std::move(text)});
  }
  return gaps;
}

}  // namespace models::scenario
