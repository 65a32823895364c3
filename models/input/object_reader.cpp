#include "models/input/object_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "models/scenario/nearest_name.h"

namespace models::scenario {
namespace {

// Any value in range: it stands in for a faulty one.
double stand_in(const Field& field) {
  if (std::isfinite(field.low)) return std::max(field.low, std::min(1.0, field.high));
  return std::min(1.0, field.high);
}

std::optional<double> fallback_of(const Field& field) {
  if (field.fallback.empty()) return std::nullopt;
  if (is_quantity(field.kind)) return parse_quantity(quantity_of(field.kind), field.fallback).value;
  return std::stod(std::string(field.fallback));
}

// UTF-8 characters: bytes that do not continue one.
double length_of(std::string_view text) {
  return static_cast<double>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// The plain value, or the fault that it is none.
ParsedQuantity parse_number(const Node& node, const Field& field) {
  if (is_quantity(field.kind)) {
    const QuantityKind kind = quantity_of(field.kind);
    if (node.kind == Node::Kind::text) return parse_quantity(kind, node.text);
    const std::string_view why =
        node.kind == Node::Kind::number ? "; a number alone has no unit" : "";
    return {0, fmt::format("must be a text with a unit as in \"{}\", got {}{}", example_of(kind),
                           describe(node), why)};
  }
  if (node.kind == Node::Kind::number) return {node.number, {}};
  return {0, fmt::format("must be a number, got {}", describe(node))};
}

std::string wrong_choice(const Node& node, const std::vector<std::string_view>& choices) {
  const std::string_view guess = nearest_name(node.text, choices);
  constexpr std::size_t readable = 6;
  if (!guess.empty() && choices.size() > readable) {
    return fmt::format("must be one of {} names, got {}; did you mean '{}'?", choices.size(),
                       describe(node), guess);
  }
  std::string text;
  for (const std::string_view choice : choices) {
    text += (text.empty() ? "'" : ", '") + std::string(choice) + "'";
  }
  if (!guess.empty()) text += fmt::format(" (did you mean '{}'?)", guess);
  return fmt::format("must be one of {}, got {}", text, describe(node));
}

}  // namespace

void Faults::add(const Node& node, std::string message, std::string_view key) {
  if (full()) {
    ++further_;
    return;
  }
  all_.push_back({.file = node.origin == nullptr ? std::string() : *node.origin,
                  .line = node.line,
                  .pointer = pointer_of(node, key),
                  .message = std::move(message)});
}

void Faults::add(Diagnostics faults) { std::ranges::move(faults, std::back_inserter(all_)); }

double read_number(const Node& node, const Field& field, Faults& faults) {
  const ParsedQuantity parsed = parse_number(node, field);
  if (!parsed) {
    faults.add(node, parsed.fault);
    return stand_in(field);
  }
  const bool whole = field.kind != FieldKind::integer && field.kind != FieldKind::limits;
  if (!whole && parsed.value != std::floor(parsed.value)) {
    faults.add(node, fmt::format("must be a whole number, got {}", print_number(parsed.value)));
    return stand_in(field);
  }
  if (!(parsed.value >= field.low && parsed.value <= field.high)) {
    const std::string got = node.kind == Node::Kind::text ? "\"" + node.text.substr(0, 60) + "\""
                                                          : print_number(parsed.value);
    faults.add(node, fmt::format("must be {}, got {}", range_of(field), got));
    return stand_in(field);
  }
  return parsed.value;
}

ObjectReader::ObjectReader(const Node& node, std::string_view section, Faults& faults)
    : node_(node), section_(find_section(section)), faults_(faults) {
  if (node.kind == Node::Kind::object) {
    check_keys();
    check_group();
    read_ranges();
  } else {
    faults_.add(node,
                fmt::format("must be an object ({}), got {}", section_.meaning, describe(node)));
  }
}

void ObjectReader::check_keys() {
  std::vector<std::string_view> names;
  names.reserve(section_.fields.size());
  for (const Field& field : section_.fields) names.push_back(field.key);
  for (const std::string_view note : note_keys()) names.push_back(note);
  if (may_have_ranges(section_)) names.push_back(range_key);
  if (section_.name.empty()) {
    for (const std::string_view later : later_sections()) names.push_back(later);
  }
  for (const Node& child : node_.children) {
    const bool known = std::ranges::find(names, child.key) != names.end();
    if (!known && !section_.open && faults_.full()) {
      faults_.add(child, {});
    } else if (!known && !section_.open) {
      faults_.add(child, fmt::format("is not known here; {}", name_advice(child.key, names)));
    }
    const bool note = std::ranges::find(note_keys(), child.key) != note_keys().end();
    if (note && child.kind != Node::Kind::text) {
      faults_.add(child, fmt::format("must be a text, got {}", describe(child)));
    }
  }
  for (const Field& field : section_.fields) {
    if (field.required && !has(field.key)) {
      faults_.add(node_, fmt::format("is missing: {}", field.meaning), field.key);
    }
  }
}

void ObjectReader::check_group() {
  const auto& keys = section_.exactly_one;
  const auto given = std::ranges::count_if(keys, [this](std::string_view key) { return has(key); });
  if (keys.empty() || given == 1) return;
  std::string names;
  for (const std::string_view key : keys) {
    names += (names.empty() ? "'" : ", '") + std::string(key) + "'";
  }
  faults_.add(node_, fmt::format("must have exactly one of {}, has {}", names, given));
}

bool ObjectReader::has(std::string_view key) const { return find(key) != nullptr; }

const Node* ObjectReader::find(std::string_view key) const { return node_.find(key); }

const Field& ObjectReader::field(std::string_view key) const { return find_field(section_, key); }

double ObjectReader::number(std::string_view key) {
  const Field& wanted = field(key);
  const Node* child = find(key);
  if (child != nullptr) return read_number(*child, wanted, faults_);
  return fallback_of(wanted).value_or(stand_in(wanted));
}

int ObjectReader::integer(std::string_view key) { return static_cast<int>(number(key)); }

void ObjectReader::change(std::string_view key, double& value) {
  const Field& wanted = field(key);
  if (has(key) || wanted.required || !wanted.fallback.empty()) value = number(key);
}

void ObjectReader::change(std::string_view key, int& value) {
  double number = value;
  change(key, number);
  value = static_cast<int>(number);
}

std::string ObjectReader::text(std::string_view key) {
  const Field& wanted = field(key);
  const Node* child = find(key);
  if (child == nullptr) return std::string(wanted.fallback);
  if (child->kind != Node::Kind::text) {
    faults_.add(*child, fmt::format("must be a text, got {}", describe(*child)));
    return {};
  }
  if (wanted.kind == FieldKind::choice) {
    const auto choices = wanted.choices();
    if (std::ranges::find(choices, child->text) == choices.end()) {
      faults_.add(*child, wrong_choice(*child, choices));
      return {};
    }
  } else if (const double length = length_of(child->text);
             length < wanted.low || length > wanted.high) {
    faults_.add(*child, fmt::format("must have {} characters, got {}", range_of(wanted), length));
    return {};
  }
  return child->text;
}

const Node* ObjectReader::object(std::string_view key) {
  const Node* child = find(key);
  if (child == nullptr || child->kind == Node::Kind::object) return child;
  faults_.add(*child,
              fmt::format("must be an object ({}), got {}", field(key).meaning, describe(*child)));
  return nullptr;
}

std::vector<const Node*> ObjectReader::list(std::string_view key) {
  std::vector<const Node*> nodes;
  const Node* child = find(key);
  if (child == nullptr) return nodes;
  if (child->kind != Node::Kind::list) {
    faults_.add(*child,
                fmt::format("must be a list ({}), got {}", field(key).meaning, describe(*child)));
    return nodes;
  }
  for (const Node& item : child->children) nodes.push_back(&item);
  return nodes;
}

std::vector<double> ObjectReader::times(std::string_view key) {
  std::vector<double> values;
  for (const Node* item : list(key)) values.push_back(read_number(*item, field(key), faults_));
  return values;
}

}  // namespace models::scenario
