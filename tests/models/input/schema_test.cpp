// The schema that editors use says what the reader does: it is made from the same table.
#include "models/input/schema.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <string>

#include "models/codes/code.h"
#include "models/input/fields.h"

namespace models::scenario {
namespace {

using nlohmann::json;

std::string definition_of(std::string_view section) {
  std::string name(section.starts_with('/') ? section.substr(1) : section);
  name = std::regex_replace(name, std::regex("/"), ".");
  return std::regex_replace(name, std::regex("\\*"), "each");
}

TEST(Schema, NamesEveryFieldOfEverySection) {
  const json schema = json::parse(schema_json());
  EXPECT_EQ(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
  for (const Section& section : all_sections()) {
    const json& object =
        section.name.empty() ? schema : schema["$defs"].at(definition_of(section.name));
    for (const Field& field : section.fields) {
      EXPECT_TRUE(object["properties"].contains(field.key)) << section.name << '/' << field.key;
    }
    EXPECT_TRUE(object["properties"].contains("note")) << section.name;
  }
}

void collect_references(const json& node, std::vector<std::string>& all) {
  if (node.is_object() && node.contains("$ref")) all.push_back(node["$ref"]);
  if (node.is_structured()) {
    for (const json& child : node) collect_references(child, all);
  }
}

TEST(Schema, EveryReferenceLeadsToADefinition) {
  const json schema = json::parse(schema_json());
  std::vector<std::string> references;
  collect_references(schema, references);
  EXPECT_GT(references.size(), 20U);
  for (const std::string& reference : references) {
    EXPECT_TRUE(schema.contains(json::json_pointer(reference.substr(1)))) << reference;
  }
}

TEST(Schema, NamesEveryCodeWithItsParameters) {
  const json schema = json::parse(schema_json());
  const json& kinds = schema["$defs"]["code"]["oneOf"];
  ASSERT_EQ(kinds.size(), codes::all_codes().size());
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const codes::CodeKind& kind = codes::all_codes()[i];
    EXPECT_EQ(kinds[i]["required"].size(), kind.parameters.size() + kind.parts.size() + 1);
    for (const auto& part : kind.parts) {
      EXPECT_EQ(kinds[i]["properties"][std::string(part.name)]["$ref"], "#/$defs/code");
    }
  }
}

TEST(Schema, AStrategyNeedsAPresetOrACodeAndAPlacement) {
  const json schema = json::parse(schema_json());
  const json& strategy = schema["$defs"]["strategies.each"];
  EXPECT_EQ(strategy["required"], json({"name"}));
  EXPECT_EQ(strategy["anyOf"][0], json({{"required", {"preset"}}}));
  EXPECT_EQ(strategy["anyOf"][1]["required"], json({"code", "placement"}));
  EXPECT_EQ(strategy["anyOf"][1]["properties"]["placement"]["required"], json({"kind", "groups"}));
  EXPECT_FALSE(schema["$defs"]["strategies.each.placement"].contains("required"));
  EXPECT_EQ(strategy["properties"]["preset"]["enum"].size(), 10U);
}

TEST(Schema, PatternsTakeWhatTheReaderTakes) {
  const json schema = json::parse(schema_json());
  const std::regex rate(schema["$defs"]["lifetime"]["anyOf"][0]["pattern"].get<std::string>());
  for (const char* text : {"5 %/year", "1.2e-5 /h", "3/year", "0.4 % / year"}) {
    EXPECT_TRUE(std::regex_match(text, rate)) << text;
    EXPECT_TRUE(parse_quantity(QuantityKind::rate, text)) << text;
  }
  for (const char* text : {"5", "5 years", "-3 /year", "x /year"}) {
    EXPECT_FALSE(std::regex_match(text, rate)) << text;
  }
}

}  // namespace
}  // namespace models::scenario
