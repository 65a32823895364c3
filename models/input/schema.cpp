#include "models/input/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>

#include "models/codes/code.h"
#include "models/economics/price_table.h"
#include "models/input/fields.h"

namespace models::scenario {
namespace {

using Json = nlohmann::ordered_json;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
  return text;
}

// "/strategies/*/placement" -> "strategies.each.placement": a name that needs no escaping in a
// $ref.
std::string definition_name(std::string_view section) {
  std::string name(section.starts_with('/') ? section.substr(1) : section);
  return replaced(replaced(std::move(name), "/", "."), "*", "each");
}

Json reference(std::string_view section) {
  return {{"$ref", "#/$defs/" + definition_name(section)}};
}

Json note() { return {{"type", "string"}}; }

Json quantity(QuantityKind kind) {
  std::string units;
  for (const std::string_view unit : units_of(kind)) {
    units += (units.empty() ? "" : "|") + replaced(std::string(unit), "/", " */ *");
  }
  return {{"type", "string"},
          {"pattern", R"(^ *[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)? *()" + units + ") *$"},
          {"examples", {example_of(kind)}}};
}

void add_range(const Field& field, Json& json, const char* low, const char* high) {
  if (std::isfinite(field.low)) json[low] = static_cast<std::int64_t>(std::ceil(field.low));
  if (std::isfinite(field.high)) json[high] = static_cast<std::int64_t>(std::floor(field.high));
}

Json number(const Field& field) {
  Json json{{"type", field.kind == FieldKind::number ? "number" : "integer"}};
  if (field.kind != FieldKind::number) {
    add_range(field, json, "minimum", "maximum");
    return json;
  }
  if (std::isfinite(field.low)) json["minimum"] = field.low;
  if (std::isfinite(field.high)) json["maximum"] = field.high;
  return json;
}

Json text(const Field& field) {
  Json json{{"type", "string"}};
  add_range(field, json, "minLength", "maxLength");
  return json;
}

Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

Json code() {
  Json kinds = Json::array();
  for (const auto& kind : codes::all_codes()) {
    Json properties{{"kind", {{"const", kind.name}}}};
    Json required{"kind"};
    for (const auto& parameter : kind.parameters) {
      properties[std::string(parameter.name)] = {{"type", "integer"},
                                                 {"minimum", parameter.low},
                                                 {"maximum", parameter.high},
                                                 {"description", parameter.meaning}};
      required.push_back(parameter.name);
    }
    for (const auto& part : kind.parts) {
      properties[std::string(part.name)] = {{"$ref", "#/$defs/code"},
                                            {"description", part.meaning}};
      required.push_back(part.name);
    }
    for (const std::string_view key : note_keys()) properties[std::string(key)] = note();
    kinds.push_back({{"type", "object"},
                     {"description", kind.meaning},
                     {"properties", std::move(properties)},
                     {"required", std::move(required)},
                     {"additionalProperties", false}});
  }
  return {{"oneOf", std::move(kinds)}};
}

Json units_of(const economics::PriceKind& price) {
  Json units{price.unit};
  if (!price.other_unit.empty()) units.push_back(price.other_unit);
  return units;
}

Json price_items(std::string_view section) {
  Json properties = Json::object();
  for (const auto& price : economics::all_prices()) {
    properties[std::string(price.key)] = {
        {"description", fmt::format("{}; {}", price.meaning, price.unit)},
        {"allOf", {reference(section)}},
        {"properties", {{"unit", {{"enum", units_of(price)}}}}}};
  }
  for (const std::string_view key : note_keys()) properties[std::string(key)] = note();
  return {
      {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

Json distribution(bool lifetime) {
  Json forms = Json::array({quantity(lifetime ? QuantityKind::rate : QuantityKind::time)});
  for (const Section& section : all_sections()) {
    if (!section.name.starts_with("distribution/")) continue;
    if (lifetime && section.name == "distribution/fixed") continue;
    forms.push_back(reference(section.name));
  }
  return {{"anyOf", std::move(forms)}};
}

Json form_of(const Field& field) {
  switch (field.kind) {
    case FieldKind::text:
      return text(field);
    case FieldKind::choice:
      return {{"enum", field.choices()}};
    case FieldKind::integer:
    case FieldKind::number:
      return number(field);
    case FieldKind::times:
      return list_of(quantity(QuantityKind::time));
    case FieldKind::byte_rates:
      return list_of(quantity(QuantityKind::byte_rate));
    case FieldKind::lifetime:
      return {{"$ref", "#/$defs/lifetime"}};
    case FieldKind::duration:
      if (field.section.empty()) return {{"$ref", "#/$defs/duration"}};
      return {{"anyOf", {{{"$ref", "#/$defs/duration"}}, reference(field.section)}}};
    case FieldKind::lifetimes:
      return list_of({{"$ref", "#/$defs/lifetime"}});
    case FieldKind::object:
      return reference(field.section);
    case FieldKind::list:
      return list_of(reference(field.section));
    case FieldKind::code:
      return {{"$ref", "#/$defs/code"}};
    case FieldKind::codes:
      return list_of({{"$ref", "#/$defs/code"}});
    case FieldKind::names:
      return list_of({{"enum", field.choices()}});
    case FieldKind::limits:
      return {{"anyOf", {number(field), reference(field.section)}}};
    case FieldKind::file:
      return {{"anyOf", {{{"type", "string"}}, reference(field.section)}}};
    case FieldKind::items:
      return price_items(field.section);
    default:
      return quantity(quantity_of(field.kind));
  }
}

Json property(const Field& field) {
  Json json = form_of(field);
  std::string meaning(field.meaning);
  if (is_quantity(field.kind) && (std::isfinite(field.low) || std::isfinite(field.high))) {
    meaning += "; " + range_of(field);
  }
  json["description"] = std::move(meaning);
  if (field.fallback.empty()) return json;
  const bool whole = field.kind == FieldKind::integer || field.kind == FieldKind::limits;
  json["default"] = whole ? Json::parse(field.fallback) : Json(field.fallback);
  return json;
}

// The limits of the values of a section.
Json ranges(const Section& section) {
  Json properties = Json::object();
  for (const Field& field : section.fields) {
    if (!may_have_range(field)) continue;
    const auto unit = range_unit(field);
    const Json end = unit ? quantity(*unit) : Json{{"type", "number"}};
    properties[std::string(field.key)] = {
        {"type", "array"}, {"items", end}, {"minItems", 2}, {"maxItems", 2}};
  }
  return {{"type", "object"},
          {"description", "lowest and highest values that the source gives"},
          {"properties", std::move(properties)},
          {"additionalProperties", false}};
}

// Each way of giving exactly one key of the group.
Json one_of(std::span<const std::string_view> keys) {
  Json ways = Json::array();
  for (const std::string_view key : keys) ways.push_back({{"required", {key}}});
  return ways;
}

Json object(const Section& section) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const Field& field : section.fields) {
    properties[std::string(field.key)] = property(field);
    if (field.required) required.push_back(field.key);
  }
  for (const std::string_view key : note_keys()) {
    if (!properties.contains(key)) properties[std::string(key)] = note();
  }
  if (may_have_ranges(section)) properties[std::string(range_key)] = ranges(section);
  Json json{
      {"type", "object"}, {"description", section.meaning}, {"properties", std::move(properties)}};
  if (!required.empty()) json["required"] = std::move(required);
  if (!section.exactly_one.empty()) json["oneOf"] = one_of(section.exactly_one);
  if (section.open) {
    json["additionalProperties"] = {{"type", {"string", "number", "boolean"}}};
  } else {
    json["additionalProperties"] = false;
  }
  return json;
}

// What a preset brings may be left out beside one.
void relax_beside_presets(Json& definitions) {
  Json& strategy = definitions[definition_name("/strategies/*")];
  Json& placement = definitions[definition_name("/strategies/*/placement")];
  Json whole{{"required", {"code", "placement"}},
             {"properties", {{"placement", {{"required", placement["required"]}}}}}};
  placement.erase("required");
  strategy["anyOf"] = {{{"required", {"preset"}}}, std::move(whole)};
  // Nor does a code change say its kind again.
  Json change{{"type", "object"}, {"not", {{"required", {"kind"}}}}};
  strategy["properties"]["code"] = {{"description", strategy["properties"]["code"]["description"]},
                                    {"anyOf", {{{"$ref", "#/$defs/code"}}, std::move(change)}}};
}

// Every part that the root may refer to.
void define(std::span<const Section> sections, Json& definitions) {
  definitions = Json::object();
  for (const Section& section : sections) {
    if (!section.name.empty()) definitions[definition_name(section.name)] = object(section);
  }
  definitions["lifetime"] = distribution(true);
  definitions["duration"] = distribution(false);
  definitions["code"] = code();
}

}  // namespace

std::string schema_json() {
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", "Holdfast scenario"}};
  schema.update(object(find_section("")));
  for (const std::string_view name : later_sections()) {
    schema["properties"][std::string(name)] = {
        {"type", "object"},
        {"description", "not modelled yet: listed in every result"},
        {"properties", {{"about", {{"type", "string"}, {"minLength", 1}}}}},
        {"required", {"about"}}};
  }
  define(all_sections(), schema["$defs"]);
  relax_beside_presets(schema["$defs"]);
  return schema.dump(2) + "\n";
}

std::string plan_schema_json() {
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", "Holdfast plan"}};
  schema.update(object(find_section("plan")));
  // A plan takes failures and prices as a scenario does, and nothing else of it.
  std::vector<Section> shared;
  std::ranges::copy_if(all_sections(), std::back_inserter(shared), [](const Section& section) {
    const std::string_view name = section.name;
    return name.starts_with("/failures") || name.starts_with("/prices") ||
           name.starts_with("distribution/");
  });
  define(shared, schema["$defs"]);
  for (const Section& section : plan_sections()) {
    if (section.name != "plan") {
      schema["$defs"][definition_name(section.name)] = object(section);
    }
  }
  return schema.dump(2) + "\n";
}

}  // namespace models::scenario
