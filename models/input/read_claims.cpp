#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "models/input/read_sections.h"
#include "models/scenario/claim_kinds.h"
#include "models/scenario/nearest_name.h"

namespace models::scenario {
namespace {

bool among(std::span<const std::string_view> keys, std::string_view key) {
  return std::ranges::find(keys, key) != keys.end();
}

bool reads(const ClaimKind& kind, std::string_view key) {
  return among(kind.needs, key) || among(kind.may, key);
}

void check_needed_keys(ObjectReader& reader, const ClaimKind& kind) {
  for (const std::string_view key : kind.needs) {
    if (reader.has(key)) continue;
    reader.faults().add(reader.node(), fmt::format("is missing: {}", reader.field(key).meaning),
                        key);
  }
}

// A claim whose model is still to come may carry what that model will need: plain values.
void check_further_keys(const ObjectReader& reader, const ClaimKind& kind, Faults& faults) {
  std::vector<std::string_view> names;
  const std::span<const Field> fields = find_section("/claims/*").fields;
  names.reserve(fields.size());
  for (const Field& field : fields) {
    if (!is_claim_key(field.key) || reads(kind, field.key)) names.push_back(field.key);
  }
  for (const std::string_view note : note_keys()) names.push_back(note);
  for (const Node& child : reader.node().children) {
    if (among(names, child.key)) continue;
    if (!kind.open) {
      faults.add(child, fmt::format("is not known here in a claim of kind \"{}\"; {}", kind.name,
                                    name_advice(child.key, names)));
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

void read_what_it_says(ObjectReader& reader, const ClaimKind& kind, Claim& claim) {
  const auto given = [&](std::string_view key) { return reads(kind, key) && reader.has(key); };
  if (given("metric")) claim.metric = reader.text("metric");
  if (given("op")) claim.op = reader.text("op");
  if (given("value")) claim.value = reader.number("value");
  if (given("unit")) claim.unit = reader.text("unit");
  if (reads(kind, "count")) claim.count = reader.integer("count");
  if (reads(kind, "restores")) claim.restores = reader.text("restores");
  if (given("amount")) claim.amount = {reader.number("amount")};
  if (given("within")) claim.within = {reader.number("within")};
  if (given("after")) claim.after = reader.text("after");
}

Claim read_claim(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/claims/*", faults);
  Claim claim;
  claim.id = reader.text("id");
  claim.source = reader.text("source");
  claim.strategy = reader.text("strategy");
  claim.kind = reader.has("kind") ? reader.text("kind") : "metric";
  if (const Node* text = reader.find("text")) claim.text = read_text(*text, faults);
  const ClaimKind* kind = find_claim_kind(claim.kind);
  if (node.kind != Node::Kind::object || kind == nullptr) return claim;
  check_needed_keys(reader, *kind);
  check_further_keys(reader, *kind, faults);
  read_what_it_says(reader, *kind, claim);
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
