#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "models/economics/cost.h"
#include "models/scenario/file_bytes.h"
#include "models/scenario/nearest_name.h"
#include "models/scenario/read_sections.h"

namespace models::scenario {
namespace {

namespace fs = std::filesystem;

PriceItem read_item(const Node& node, const economics::PriceKind& kind, Faults& faults) {
  ObjectReader reader(node, "/prices/items/*", faults);
  PriceItem item{.price = reader.number("price"),
                 .unit = reader.text("unit"),
                 .source = reader.text("source")};
  if (!item.unit.empty() && item.unit != kind.unit) {
    faults.add(*reader.find("unit"),
               fmt::format("must be '{}' for '{}', got '{}'", kind.unit, kind.key, item.unit));
  }
  // Energy at the meter includes that of the machines.
  if (kind.key == "pue" && item.price < 1) {
    faults.add(node, "must be at least 1: energy at the meter over energy of the machines",
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

// Empty unless `file` lies outside of `folder`, links followed.
std::string outside(const fs::path& file, const fs::path& folder) {
  std::error_code error;
  const fs::path base = fs::weakly_canonical(fs::absolute(folder), error);
  if (error) return error.message();
  const fs::path target = fs::weakly_canonical(fs::absolute(folder / file), error);
  if (error) return error.message();
  const auto [rest, ignored] =
      std::mismatch(base.begin(), base.end(), target.begin(), target.end());
  const bool below = rest == base.end() || (rest->empty() && std::next(rest) == base.end());
  return below ? "" : "must be a file in the folder of the scenario or below it";
}

}  // namespace

std::optional<Prices> read_prices(const Node& node, const fs::path& folder, Faults& faults) {
  if (node.kind != Node::Kind::text) return read_book(node, faults);
  const fs::path file(node.text);
  if (file.empty() || file.is_absolute()) {
    faults.add(node, "must be the name of a price file relative to the scenario");
    return std::nullopt;
  }
  if (std::string why = outside(file, folder); !why.empty()) {
    faults.add(node, std::move(why));
    return std::nullopt;
  }
  const auto bytes = read_bytes(folder / file);
  if (!bytes) {
    faults.add(node, to_string(bytes.diagnostics().front()));
    return std::nullopt;
  }
  const auto document = parse_document(bytes.value(), (folder / file).string());
  if (!document) {
    faults.add(document.diagnostics());
    return std::nullopt;
  }
  return read_book(document.value()->root, faults);
}

}  // namespace models::scenario
