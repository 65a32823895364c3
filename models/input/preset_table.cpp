#include "models/input/preset_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "models/input/object_reader.h"
#include "models/input/read_sections.h"
#include "models/scenario/nearest_name.h"
#include "models/scenario/quantity_text.h"
#include "shipped_presets.h"
#include "sim/contract.h"

namespace models::scenario {
namespace {

constexpr std::array<std::string_view, 10> file_keys{
    "name",     "product", "version",     "about",   "domain",
    "strategy", "sizing",  "usable_fill", "sources", "not_told"};
constexpr std::array<std::string_view, 5> sizing_keys{"shards_per_disk", "groups_per_disk",
                                                      "groups_per_pool", "round", "pool"};

void expect_keys(const Node& node, std::vector<std::string_view> known, Faults& faults) {
  for (const Node& child : node.children) {
    if (std::ranges::find(known, child.key) != known.end()) continue;
    faults.add(child, "is not known in a preset; " + name_advice(child.key, known));
  }
}

std::string text_at(const Node& node, std::string_view key, Faults& faults) {
  const Node* child = node.find(key);
  if (child != nullptr && child->kind == Node::Kind::text && !child->text.empty()) {
    return child->text;
  }
  faults.add(node, "is missing: a text", key);
  return {};
}

double number_at(const Node& node, std::string_view key) {
  const Node* child = node.find(key);
  return child != nullptr && child->kind == Node::Kind::number ? child->number : 0;
}

PresetSizing read_sizing(const Node& node, Faults& faults) {
  expect_keys(node, {sizing_keys.begin(), sizing_keys.end()}, faults);
  PresetSizing sizing{.shards_per_disk = number_at(node, "shards_per_disk"),
                      .groups_per_disk = number_at(node, "groups_per_disk"),
                      .groups_per_pool = number_at(node, "groups_per_pool")};
  const std::array counts{sizing.shards_per_disk, sizing.groups_per_disk, sizing.groups_per_pool};
  if (std::ranges::count_if(counts, [](double count) { return count > 0; }) != 1) {
    faults.add(node, "must give one of shards_per_disk, groups_per_disk and groups_per_pool");
  }
  if (const Node* round = node.find("round")) {
    using enum PresetSizing::Round;
    sizing.round = round->text == "nearest power of two" ? nearest_power_of_two
                   : round->text == "next power of two"  ? next_power_of_two
                                                         : none;
    if (sizing.round == none) {
      faults.add(*round, "must be \"nearest power of two\" or \"next power of two\"");
    }
  }
  if (const Node* pool = node.find("pool")) {
    sizing.pool_is_machine = pool->text == "machine";
    if (!sizing.pool_is_machine) faults.add(*pool, "must be \"machine\"");
  }
  return sizing;
}

std::string shown(const Node& node) {
  switch (node.kind) {
    case Node::Kind::number:
      return print_number(node.number);
    case Node::Kind::text:
      return node.text;
    case Node::Kind::boolean:
      return node.boolean ? "true" : "false";
    case Node::Kind::null:
    case Node::Kind::list:
    case Node::Kind::object:
      break;
  }
  return "";
}

void collect(const Node& node, const std::string& pointer, const Preset& preset,
             std::vector<PresetValue>& values) {
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const Node& child = node.children[i];
    const std::string at =
        pointer + "/" + (node.kind == Node::Kind::list ? fmt::format("{}", i) : child.key);
    if (child.kind == Node::Kind::object || child.kind == Node::Kind::list) {
      collect(child, at, preset, values);
    } else {
      values.push_back({at, shown(child), preset.source_of(at)});
    }
  }
}

std::string groups_text(const PresetSizing& sizing) {
  using enum PresetSizing::Round;
  const std::string round = sizing.round == nearest_power_of_two ? ", to the nearest power of two"
                            : sizing.round == next_power_of_two  ? ", up to a power of two"
                                                                 : "";
  if (sizing.groups_per_pool > 0) return fmt::format("{} for each pool", sizing.groups_per_pool);
  if (sizing.groups_per_disk > 0) {
    return fmt::format("{} for each disk{}", sizing.groups_per_disk, round);
  }
  return fmt::format("about {} shards on a disk{}", sizing.shards_per_disk, round);
}

}  // namespace

std::string_view Preset::source_of(std::string_view pointer) const {
  for (; !pointer.empty(); pointer = pointer.substr(0, pointer.rfind('/'))) {
    if (const auto found = sources.find(std::string(pointer)); found != sources.end()) {
      return found->second;
    }
  }
  return {};
}

std::vector<PresetValue> values_of(const Preset& preset) {
  std::vector<PresetValue> values;
  collect(preset.strategy, "", preset, values);
  const std::string_view groups = "/placement/groups";
  values.push_back({std::string(groups), groups_text(preset.sizing), preset.source_of(groups)});
  if (preset.sizing.pool_is_machine) {
    const std::string_view pool = "/placement/pool";
    values.push_back({std::string(pool), "all disks of a machine", preset.source_of(pool)});
  }
  values.push_back({"/usable_fill", preset.usable_fill, preset.source_of("/usable_fill")});
  return values;
}

Checked<Preset> read_preset(std::string_view text, const std::string& file) {
  const auto document = parse_document(text, file);
  if (!document) return document.diagnostics();
  const Node& root = document.value()->root;
  Faults faults;
  expect_keys(root, {file_keys.begin(), file_keys.end()}, faults);
  Preset preset{.name = text_at(root, "name", faults),
                .product = text_at(root, "product", faults),
                .version = text_at(root, "version", faults),
                .about = text_at(root, "about", faults),
                .domain = text_at(root, "domain", faults),
                .strategy = {},
                .code = {},
                .sizing = {},
                .usable_fill = text_at(root, "usable_fill", faults),
                .sources = {},
                .not_told = {}};
  if (const Node* sources = root.find("sources")) {
    for (const Node& child : sources->children) preset.sources[child.key] = child.text;
  }
  if (const Node* gaps = root.find("not_told")) {
    for (const Node& child : gaps->children) preset.not_told.push_back(child.text);
  }
  if (const Node* sizing = root.find("sizing")) preset.sizing = read_sizing(*sizing, faults);
  if (const Node* strategy = root.find("strategy")) preset.strategy = *strategy;
  if (const Node* code = preset.strategy.find("code")) {
    preset.code = read_code(*code, faults);
  } else {
    faults.add(root, "is missing: a code", "strategy");
  }
  for (const PresetValue& value : values_of(preset)) {
    if (value.source.empty()) faults.add(root, "has no source for " + value.pointer, "sources");
  }
  if (!faults.empty()) return Diagnostics(faults.all());
  return preset;
}

const PresetTable& PresetTable::shipped() {
  static const PresetTable table = [] {
    PresetTable read;
    for (const std::string_view text : shipped_presets_json) {
      auto preset = read_preset(text, "scenarios/presets");
      ENSURES(preset);
      read.presets_.push_back(std::move(preset.value()));
    }
    return read;
  }();
  return table;
}

const Preset* PresetTable::find(std::string_view name) const {
  const auto found = std::ranges::find(presets_, name, &Preset::name);
  return found == presets_.end() ? nullptr : &*found;
}

std::vector<std::string_view> PresetTable::names() const {
  std::vector<std::string_view> names;
  names.reserve(presets_.size());
  for (const Preset& preset : presets_) names.push_back(preset.name);
  return names;
}

}  // namespace models::scenario
