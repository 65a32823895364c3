#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/economics/price_table.h"
#include "models/input/named_file.h"
#include "models/input/read_sections.h"
#include "models/scenario/nearest_name.h"

namespace models::scenario {
namespace {

PriceItem read_item(const Node& node, const economics::PriceKind& kind, Faults& faults) {
  ObjectReader reader(node, "/prices/items/*", faults);
  PriceItem item{.price = reader.number("price"),
                 .unit = reader.text("unit"),
                 .source = reader.text("source")};
  if (!item.unit.empty() && item.unit != kind.unit && item.unit != kind.other_unit) {
    const std::string other =
        kind.other_unit.empty() ? "" : fmt::format(" or '{}'", kind.other_unit);
    faults.add(*reader.find("unit"), fmt::format("must be '{}'{} for '{}', got '{}'", kind.unit,
                                                 other, kind.key, item.unit));
  }
  // Energy at the meter includes that of the machines.
  const auto range = std::ranges::find(faults.ranges(), kind.key, &UncertainInput::price);
  const double least = range == faults.ranges().end() ? item.price : range->low;
  if (kind.key == "pue" && least < 1) {
    faults.add(
        node, "must be at least 1, with its range: energy at the meter over energy of the machines",
        "price");
  }
  return item;
}

void read_items(const Node& node, Prices& prices, Faults& faults) {
  if (node.kind != Node::Kind::object) {
    faults.add(node, fmt::format("must be an object (prices by key), got {}", describe(node)));
    return;
  }
  std::vector<std::string_view> names;
  names.reserve(economics::all_prices().size());
  for (const auto& kind : economics::all_prices()) names.push_back(kind.key);
  for (const Node& child : node.children) {
    if (std::ranges::find(note_keys(), child.key) != note_keys().end()) continue;
    const auto kinds = economics::all_prices();
    const auto kind = std::ranges::find(kinds, child.key, &economics::PriceKind::key);
    if (kind == kinds.end()) {
      faults.add(child, fmt::format("is not priced here; {}", name_advice(child.key, names)));
    } else {
      prices.items[child.key] = read_item(child, *kind, faults);
    }
  }
}

Prices read_book(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/prices", faults);
  Prices prices;
  prices.currency = reader.text("currency");
  prices.horizon = {reader.number("horizon")};
  if (const Node* items = reader.find("items")) read_items(*items, prices, faults);
  return prices;
}

}  // namespace

std::optional<Prices> read_prices(const Node& node, const std::filesystem::path& folder,
                                  Faults& faults) {
  std::optional<Prices> prices;
  with_file_or_object(node, folder, "price file", faults,
                      [&](const Node& book) { prices = read_book(book, faults); });
  return prices;
}

}  // namespace models::scenario
