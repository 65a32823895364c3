#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/fleet/fleet.h"
#include "sim/execution/limit.h"

/// What a whole fleet survives, by topology, code and placement alone: no rate, no time, no chance.
namespace models::fleet {

/// Parts that are lost or cut off as one.
struct LossUnit {
  std::string_view name;  ///< of scenario::claim_units()
  std::string_view plural;
  bool destroys{};  ///< the data on it are gone; else they are out of reach until it is back
  std::uint32_t (*count)(const topology::Topology&);
  /// Disks that are gone, or out of reach, without these units at once.
  std::vector<std::uint32_t> (*disks)(const topology::Topology&,
                                      std::span<const std::uint32_t> units);
  /// Units side by side that stand in for one another: both of a pair of switches.
  std::uint32_t (*abreast)(const topology::Topology&);
};

/// The whole table, from the smallest part to the largest.
std::span<const LossUnit> all_loss_units();
/// @pre the name is in the table
const LossUnit& find_loss_unit(std::string_view name);

/// Units whose loss at once, all else whole, a fleet does not get over.
struct Exception {
  std::vector<std::uint32_t> units;
  std::uint64_t hit{};  ///< groups that cannot be read, or shards that find no new home
  std::uint64_t of{};   ///< groups of the fleet, or shards that were lost
};

/// The first set of at most `count` units after whose loss a group cannot be read; empty if there
/// is none. Looks at every group and every set. @pre count is 1 or 2
/// @param limit  null: none. Once it is over the answer is empty and void
std::optional<Exception> unreadable_after(const Fleet& fleet, const LossUnit& unit, int count,
                                          sim::Limit* limit = nullptr);

/// Whether the planner finds a new home for every shard after the loss of any `count` units.
struct Rehoming {
  std::optional<Exception> exception;
  std::uint64_t looked_at{};  ///< sets of units
  std::uint64_t sets{};       ///< that there are; those looked at are spread evenly over them
};
/// @pre unreadable_after() is empty; count is 1 or 2
/// @param limit  null: none. Once it is over no further set is looked at
Rehoming homeless_after(const Fleet& fleet, const LossUnit& unit, int count, std::uint64_t seed,
                        sim::Limit* limit = nullptr);

/// "rack 3", "disks 17 and 203".
std::string names_of(const LossUnit& unit, const std::vector<std::uint32_t>& units);

}  // namespace models::fleet
