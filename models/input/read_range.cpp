// The limits within which a value is known: "range": {"lifetime": ["0.3 %/year", "10 %/year"]}.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/input/object_reader.h"
#include "models/scenario/nearest_name.h"

namespace models::scenario {

namespace {

ParsedQuantity end_of(const Node& node, const std::optional<QuantityKind>& unit) {
  if (unit) {
    if (node.kind == Node::Kind::text) return parse_quantity(*unit, node.text);
    return {0, "must be a text with a unit"};
  }
  if (node.kind == Node::Kind::number) return {node.number, {}};
  return {0, "must be a number"};
}

}  // namespace

void Faults::add(UncertainInput range) {
  if (std::ranges::find(ranges_, range.path, &UncertainInput::path) == ranges_.end()) {
    ranges_.push_back(std::move(range));
  }
}

void ObjectReader::read_ranges() {
  if (!may_have_ranges(section_)) return;
  const Node* ranges = find(range_key);
  if (ranges == nullptr) return;
  if (ranges->kind != Node::Kind::object) {
    faults_.add(*ranges, "must be an object as in {\"lifetime\": [\"0.3 %/year\", \"10 %/year\"]}");
    return;
  }
  if (find("source") == nullptr) {
    faults_.add(node_, "is missing: who gives the range", "source");
  }
  for (const Node& range : ranges->children) read_range(range);
}

void ObjectReader::read_range(const Node& range) {
  std::vector<std::string_view> names;
  for (const Field& field : section_.fields) {
    if (may_have_range(field)) names.push_back(field.key);
  }
  if (std::ranges::find(names, range.key) == names.end()) {
    faults_.add(range, "is no value that may have limits here; " + name_advice(range.key, names));
    return;
  }
  const Field& wanted = field(range.key);
  const std::optional<QuantityKind> unit = range_unit(wanted);
  const Node* value = find(range.key);
  if (value == nullptr || value->kind != (unit ? Node::Kind::text : Node::Kind::number)) {
    faults_.add(range, unit ? "needs the value itself beside it, as a text with a unit"
                            : "needs the value itself beside it");
    return;
  }
  if (range.kind != Node::Kind::list || range.children.size() != 2) {
    faults_.add(range,
                fmt::format("must be a list of two (lowest and highest), got {}", describe(range)));
    return;
  }
  UncertainInput known{.kind = UncertainInput::Kind::range,
                       .path = pointer_of(*value),
                       .unit = unit.value_or(QuantityKind{}),
                       .source = find("source") == nullptr ? "" : find("source")->text};
  // Other plain numbers are told by their place.
  if (!unit && section_.name.starts_with("/prices")) {
    known.price = node_.key;
    known.path = "/prices/items/" + node_.key + "/" + range.key;
  }
  const std::pair<const Node*, double*> parts[] = {{&range.children.front(), &known.low},
                                                   {value, &known.value},
                                                   {&range.children.back(), &known.high}};
  for (const auto& [node, number] : parts) {
    const ParsedQuantity parsed = end_of(*node, unit);
    if (!parsed) {
      if (node != value) faults_.add(*node, parsed.fault);
      return;
    }
    *number = parsed.value;
  }
  const bool within = known.low >= wanted.low && known.high <= wanted.high;
  if (!within || !(known.low < known.high) || known.value < known.low || known.value > known.high) {
    faults_.add(range, fmt::format("must go from a lower to a higher value around {}{}",
                                   unit ? "\"" + value->text + "\"" : print_number(value->number),
                                   within ? "" : ", within " + range_of(wanted)));
    return;
  }
  faults_.add(std::move(known));
}

}  // namespace models::scenario
