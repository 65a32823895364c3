#include "models/input/input_value.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "models/input/document.h"
#include "models/input/overrides.h"

namespace models::scenario {
namespace {

InputValue no_value(std::string fault) {
  InputValue value;
  value.fault = std::move(fault);
  return value;
}

/// Keys of an object that hold a value with a number in it: what may be meant instead.
std::string advice(const Node& node) {
  std::string names;
  for (const Node& child : node.children) {
    const bool number =
        child.kind == Node::Kind::number ||
        (child.kind == Node::Kind::text && split_quantity(child.text).fault.empty());
    if (number && !child.key.empty()) names += (names.empty() ? "" : ", ") + child.key;
  }
  return names.empty() ? "" : fmt::format("; numbers in it: {}", names);
}

}  // namespace

InputValue split_quantity(std::string_view text) {
  InputValue value;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value.number);
  if (error != std::errc{} || !std::isfinite(value.number)) {
    return no_value(fmt::format("'{}' is no number with a unit, such as '15 min'", text));
  }
  std::string_view unit = text.substr(static_cast<std::size_t>(rest - text.data()));
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  value.unit = unit;
  value.whole = unit.empty() && value.number == std::floor(value.number) &&
                text.find_first_of(".eE") == std::string_view::npos;
  return value;
}

InputValue input_value(std::string_view text, const std::string& file,
                       const std::vector<std::string>& overrides, std::string_view path) {
  const auto document = parse_document(text, file);
  if (!document) return no_value(to_string(document.diagnostics().front()));
  if (const auto faults = apply_overrides(overrides, *document.value()); !faults.empty()) {
    return no_value(to_string(faults.front()));
  }
  const std::string pointer = pointer_of_path(path);
  const Node& node = document.value()->nearest(pointer);
  if (pointer_of(node) != pointer) {
    return no_value(
        fmt::format("the scenario has no value at {}; name one that it has{}, or give "
                    "where to search with --between A:B",
                    pointer, advice(node)));
  }
  if (node.kind == Node::Kind::text) {
    InputValue value = split_quantity(node.text);
    if (!value.fault.empty()) value.fault = fmt::format("{}: {}", pointer, value.fault);
    return value;
  }
  if (node.kind != Node::Kind::number) {
    return no_value(fmt::format("{} is {}, and a number or a quantity is needed{}", pointer,
                                describe(node), advice(node)));
  }
  InputValue value;
  value.number = node.number;
  value.whole = node.number == std::floor(node.number);
  return value;
}

}  // namespace models::scenario
