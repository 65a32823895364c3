#include "models/input/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "models/input/field_table.h"
#include "sim/contract.h"

namespace models::scenario {
namespace {

std::string bound(const Field& field, double value) {
  if (is_quantity(field.kind)) return print_quantity(quantity_of(field.kind), value);
  return print_number(value);
}

}  // namespace

const Section& find_section(std::string_view name) {
  const auto sections = name.starts_with("plan") ? plan_sections() : all_sections();
  const auto found = std::ranges::find(sections, name, &Section::name);
  EXPECTS(found != sections.end());
  return *found;
}

const Field& find_field(const Section& section, std::string_view key) {
  const auto found = std::ranges::find(section.fields, key, &Field::key);
  EXPECTS(found != section.fields.end());
  return *found;
}

std::span<const std::string_view> note_keys() {
  static constexpr std::array<std::string_view, 3> keys{"source", "note", "confidence"};
  return keys;
}

std::span<const std::string_view> later_sections() {
  static constexpr std::array<std::string_view, 21> names{
      "tiers",   "zones",      "prediction", "integrity",     "delivery",  "demand", "targets",
      "service", "conversion", "metadata",   "block_reports", "coding",    "caches", "snapshots",
      "sharing", "incidents",  "encryption", "multipath",     "migration", "hosts",  "performance"};
  return names;
}

bool is_quantity(FieldKind kind) {
  return kind == FieldKind::bytes || kind == FieldKind::byte_rate || kind == FieldKind::time ||
         kind == FieldKind::rate || kind == FieldKind::fraction || kind == FieldKind::times ||
         kind == FieldKind::byte_rates;
}

QuantityKind quantity_of(FieldKind kind) {
  EXPECTS(is_quantity(kind));
  switch (kind) {
    case FieldKind::bytes:
      return QuantityKind::bytes;
    case FieldKind::byte_rate:
    case FieldKind::byte_rates:
      return QuantityKind::byte_rate;
    case FieldKind::rate:
      return QuantityKind::rate;
    case FieldKind::fraction:
      return QuantityKind::fraction;
    default:
      return QuantityKind::time;
  }
}

std::optional<QuantityKind> range_unit(const Field& field) {
  if (field.kind == FieldKind::times || field.kind == FieldKind::byte_rates) return std::nullopt;
  if (is_quantity(field.kind)) return quantity_of(field.kind);
  if (field.kind == FieldKind::lifetime) return QuantityKind::rate;
  if (field.kind == FieldKind::duration) return QuantityKind::time;
  return std::nullopt;
}

bool may_have_range(const Field& field) { return field.ranged || range_unit(field).has_value(); }

bool may_have_ranges(const Section& section) {
  // These may stand in files of their own, where --set does not reach.
  if (section.name == "/prices" || section.name.starts_with("/drives")) return false;
  return std::ranges::any_of(section.fields, may_have_range);
}

std::string range_of(const Field& field) {
  const bool low = std::isfinite(field.low);
  const bool high = std::isfinite(field.high);
  if (low && high)
    return fmt::format("{} to {}", bound(field, field.low), bound(field, field.high));
  if (low) return "at least " + bound(field, field.low);
  if (high) return "at most " + bound(field, field.high);
  return "any number";
}

std::vector<Default> defaults() {
  std::vector<Default> all;
  for (const Section& section : all_sections()) {
    for (const Field& field : section.fields) {
      if (field.fallback.empty()) continue;
      all.push_back({fmt::format("{}/{}", section.name, field.key), std::string(field.fallback),
                     std::string(field.source), field.year});
    }
  }
  return all;
}

}  // namespace models::scenario
