#pragma once

#include <array>
#include <span>
#include <string_view>

namespace models::economics {

/// A line of the price table: what an item is and the unit its price has; a few may be given in
/// another unit instead. There are no default prices: what a price book does not name costs
/// nothing, and Cost::model says so.
struct PriceKind {
  std::string_view key;   ///< "disk", "machine", "rack", "electricity", "pue", ...
  std::string_view unit;  ///< "per TB of disk", "per machine", "per kWh"
  std::string_view meaning;
  std::string_view other_unit{};
};
std::span<const PriceKind> all_prices();

/// A class of a provider's storage, and the keys of its prices.
struct CloudClass {
  std::string_view name;
  std::string_view storage;
  std::string_view retrieval;
  std::string_view requests;
  std::string_view minimum;  ///< days that an object pays for at least
};
std::span<const CloudClass> cloud_classes();

/// Units in which an item may be priced that has two.
inline constexpr std::string_view per_disk = "per disk";
inline constexpr std::string_view per_gib_and_year = "per GiB stored and year";

}  // namespace models::economics
