// The limits within which a value is known: "range": {"lifetime": ["0.3 %/year", "10 %/year"]}.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/scenario/nearest_name.h"
#include "models/scenario/object_reader.h"

namespace models::scenario {

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
    if (range_unit(field)) names.push_back(field.key);
  }
  if (std::ranges::find(names, range.key) == names.end()) {
    faults_.add(range, "is no value with a unit here; " + name_advice(range.key, names));
    return;
  }
  const Field& wanted = field(range.key);
  const Node* value = find(range.key);
  if (value == nullptr || value->kind != Node::Kind::text) {
    faults_.add(range, "needs the value itself beside it, as a text with a unit");
    return;
  }
  if (range.kind != Node::Kind::list || range.children.size() != 2) {
    faults_.add(range,
                fmt::format("must be a list of two (lowest and highest), got {}", describe(range)));
    return;
  }
  UncertainInput known{.kind = UncertainInput::Kind::range,
                       .path = pointer_of(*value),
                       .unit = *range_unit(wanted),
                       .failures = {},
                       .exposure = {},
                       .low = {},
                       .high = {},
                       .source = find("source") == nullptr ? "" : find("source")->text};
  double stated = 0;
  const std::pair<const Node*, double*> parts[] = {
      {&range.children[0], &known.low}, {value, &stated}, {&range.children[1], &known.high}};
  for (const auto& [node, number] : parts) {
    const ParsedQuantity parsed = node->kind == Node::Kind::text
                                      ? parse_quantity(known.unit, node->text)
                                      : ParsedQuantity{0, "must be a text with a unit"};
    if (!parsed) {
      if (node != value) faults_.add(*node, parsed.fault);
      return;
    }
    *number = parsed.value;
  }
  const bool within = known.low >= wanted.low && known.high <= wanted.high;
  if (!within || !(known.low < known.high) || stated < known.low || stated > known.high) {
    faults_.add(range, fmt::format("must go from a lower to a higher value around \"{}\"{}",
                                   value->text, within ? "" : ", within " + range_of(wanted)));
    return;
  }
  faults_.add(std::move(known));
}

}  // namespace models::scenario
