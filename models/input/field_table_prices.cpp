#include <array>

#include "models/economics/price_table.h"
#include "models/input/field_table.h"

namespace models::scenario {
namespace {

using enum FieldKind;
using namespace bounds;

std::vector<std::string_view> price_units() {
  std::vector<std::string_view> names;
  for (const auto& price : economics::all_prices()) {
    names.push_back(price.unit);
    if (!price.other_unit.empty()) names.push_back(price.other_unit);
  }
  return names;
}

std::vector<std::string_view> cloud_names() {
  std::vector<std::string_view> names;
  for (const auto& kind : economics::cloud_classes()) names.push_back(kind.name);
  return names;
}

constexpr std::array price_book{
    Field{.key = "currency",
          .kind = text,
          .meaning = "ISO 4217 code",
          .required = true,
          .low = 3,
          .high = 3},
    Field{.key = "horizon",
          .kind = time,
          .meaning = "service life over which capital is spread",
          .low = sim::day.value,
          .high = 100 * sim::year.value,
          .fallback = "5 years",
          .source = "IRS Publication 946, chapter 4: computers are 5-year property",
          .year = 2023},
    Field{.key = "items",
          .kind = items,
          .meaning = "prices by key",
          .required = true,
          .section = "/prices/items/*"},
    Field{.key = "$schema", .kind = text, .meaning = "the schema, for editors"},
    Field{.key = "version",
          .kind = integer,
          .meaning = "version of this format",
          .low = 1,
          .high = 1},
    Field{.key = "name", .kind = text, .meaning = "name of the price book", .high = most_name},
    Field{.key = "description", .kind = text, .meaning = "where it applies", .high = most_prose},
};

constexpr std::array price_item{
    Field{.key = "price",
          .kind = number,
          .meaning = "in the currency of the book",
          .required = true,
          .low = 0,
          .high = 1e15,
          .ranged = true},
    Field{.key = "unit",
          .kind = choice,
          .meaning = "what the price is for",
          .required = true,
          .choices = price_units},
    Field{.key = "source",
          .kind = text,
          .meaning = "where the price is from",
          .required = true,
          .low = 1,
          .high = most_prose},
};

constexpr std::array cloud_use{
    Field{.key = "class",
          .kind = choice,
          .meaning = "class of storage",
          .required = true,
          .choices = cloud_names},
    Field{.key = "share",
          .kind = fraction,
          .meaning = "share of the logical data that is kept there",
          .low = 1e-6,
          .high = 100,
          .fallback = "100 %",
          .source = "a decision: a copy is a whole one unless it is said how much",
          .year = 2026},
    Field{.key = "read_per_year",
          .kind = fraction,
          .meaning = "share of it that is read back in a year; all of that leaves the cloud",
          .low = 0,
          .high = 1e4,
          .fallback = "0 %",
          .source = "a decision: a copy that nobody reads unless it is said how much",
          .year = 2026},
    Field{.key = "requests_per_year",
          .kind = number,
          .meaning = "requests a year in all",
          .low = 0,
          .high = 1e18,
          .fallback = "0",
          .source = "a decision: none unless it is said how many",
          .year = 2026},
    Field{
        .key = "kept",
        .kind = time,
        .meaning = "mean life of an object there, against the class's minimum; for good if absent",
        .low = second,
        .high = thousand_years},
};

constexpr std::array sections{
    Section{"/prices", "prices in one currency", price_book},
    Section{"/prices/items/*", "a price and where it is from", price_item},
    Section{"/strategies/*/cloud/*", "a copy in a provider's cloud", cloud_use},
};

}  // namespace

std::span<const Section> price_sections() { return sections; }

}  // namespace models::scenario
