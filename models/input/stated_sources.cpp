#include "models/input/stated_sources.h"

#include <algorithm>

#include "models/input/document.h"
#include "models/input/preset_table.h"

namespace models::scenario {
namespace {

std::string text_at(const Node& node, std::string_view key) {
  const Node* child = node.find(key);
  return child != nullptr && child->kind == Node::Kind::text ? child->text : std::string();
}

void add(std::vector<StatedSource>& found, const std::string& source, const std::string& confidence,
         const Node& node) {
  if (source.empty()) return;
  auto same = std::ranges::find_if(found, [&](const StatedSource& one) {
    return one.source == source && one.confidence == confidence;
  });
  if (same == found.end()) same = found.insert(found.end(), {source, confidence, {}});
  same->paths.push_back(pointer_of(node));
}

// Depth is that of the parser: at most max_depth.
void collect(const Node& node, std::vector<StatedSource>& found) {
  if (node.kind == Node::Kind::object) {
    add(found, text_at(node, "source"), text_at(node, "confidence"), node);
    if (const Preset* preset = PresetTable::shipped().find(text_at(node, "preset"))) {
      add(found,
          "preset " + preset->name + ", of " + preset->label() + "; 'holdfast info --presets " +
              preset->name + "' lists the source of every value",
          "published", node);
    }
  }
  for (const Node& child : node.children) collect(child, found);
}

}  // namespace

std::vector<StatedSource> stated_sources(std::string_view text) {
  std::vector<StatedSource> found;
  const auto document = parse_document(text, {});
  if (document) collect(document.value()->root, found);
  return found;
}

}  // namespace models::scenario
