#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "models/scenario/nearest_name.h"
#include "models/scenario/read_sections.h"

namespace models::scenario {
namespace {

constexpr std::array metric_keys{"metric", "op", "value"};

void check_metric_claim(ObjectReader& reader) {
  for (const char* key : metric_keys) {
    if (!reader.has(key)) {
      reader.faults().add(reader.node(), fmt::format("is missing: {}", reader.field(key).meaning),
                          key);
    }
  }
}

// A claim that is judged by a later model may carry what that model will need: plain values.
void check_further_keys(const ObjectReader& reader, bool metric, Faults& faults) {
  const std::span<const Field> fields = find_section("/claims/*").fields;
  std::vector<std::string_view> names;
  names.reserve(fields.size());
  for (const Field& field : fields) names.push_back(field.key);
  for (const std::string_view note : note_keys()) names.push_back(note);
  for (const Node& child : reader.node().children) {
    if (std::ranges::find(names, child.key) != names.end()) continue;
    if (metric) {
      faults.add(child, fmt::format("is not known here; {}", name_advice(child.key, names)));
    } else if (child.kind == Node::Kind::object || child.kind == Node::Kind::list) {
      faults.add(child,
                 fmt::format("must be a text, a number, true or false, got {}", describe(child)));
    }
  }
}

std::map<std::string, std::string> read_text(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/claims/*/text", faults);
  std::map<std::string, std::string> text;
  for (const char* language : {"en", "zh"}) {
    if (reader.has(language)) text[language] = reader.text(language);
  }
  if (text.empty() && node.kind == Node::Kind::object) {
    faults.add(node, "must have the words of the claim as 'en', 'zh' or both");
  }
  return text;
}

Claim read_claim(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/claims/*", faults);
  Claim claim;
  claim.id = reader.text("id");
  claim.source = reader.text("source");
  claim.strategy = reader.text("strategy");
  claim.kind = reader.has("kind") ? reader.text("kind") : "metric";
  if (const Node* text = reader.find("text")) claim.text = read_text(*text, faults);
  if (node.kind != Node::Kind::object || claim.kind.empty()) return claim;
  const bool metric = claim.kind == "metric";
  if (metric) check_metric_claim(reader);
  check_further_keys(reader, metric, faults);
  if (reader.has("metric")) claim.metric = reader.text("metric");
  if (reader.has("op")) claim.op = reader.text("op");
  if (reader.has("value") && (metric || reader.find("value")->kind == Node::Kind::number)) {
    claim.value = reader.number("value");
  }
  return claim;
}

}  // namespace

std::vector<Claim> read_claims(const std::vector<const Node*>& nodes, Faults& faults) {
  std::vector<Claim> claims;
  claims.reserve(nodes.size());
  for (const Node* node : nodes) claims.push_back(read_claim(*node, faults));
  return claims;
}

}  // namespace models::scenario
