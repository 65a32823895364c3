#pragma once

#include <cstdint>

#include "sim/quantity.h"

namespace models {

using sim::PerYear;
using sim::Seconds;

/// An amount of data in bytes; 1 TB = 10^12, 1 TiB = 2^40, never mixed silently. A double holds
/// every whole number of bytes up to 9 PB exactly and shares of a disk besides.
using Bytes = sim::Quantity<struct BytesTag>;
using BytesPerSecond = sim::Quantity<struct BytesPerSecondTag>;

inline constexpr Bytes terabyte{1e12};

constexpr Seconds operator/(Bytes amount, BytesPerSecond rate) {
  return {amount.value / rate.value};
}
constexpr Bytes operator*(BytesPerSecond rate, Seconds time) { return {rate.value * time.value}; }

/// Money in the currency of the price book it came from.
using Money = sim::Quantity<struct MoneyTag>;

enum class DiskId : std::uint32_t {};
enum class MachineId : std::uint32_t {};
enum class RackId : std::uint32_t {};
enum class SiteId : std::uint32_t {};
enum class GroupId : std::uint32_t {};

template <class Id>
constexpr std::uint32_t index_of(Id id) {
  return static_cast<std::uint32_t>(id);
}

/// One shard of a placement group: `slot` runs over [0, k+m).
struct ShardId {
  GroupId group;
  std::uint16_t slot;
  auto operator<=>(const ShardId&) const = default;
};

}  // namespace models
