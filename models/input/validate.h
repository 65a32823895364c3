#pragma once

#include "models/scenario/diagnostic.h"
#include "models/scenario/scenario.h"

namespace models::scenario {

/// Limits of what one run can hold; beyond them validate() says what the memory would be.
inline constexpr double max_disks = 1e7;
inline constexpr double max_groups = 1e8;
inline constexpr double max_shards_in_all = 4294967296.0;  ///< shard numbers are 32 bits wide
inline constexpr double max_mission_years = 1000;

/// Is this a system that can exist and be computed? Every fault of every section at once, each with
/// a JSON pointer, the reason and the remedy; file and line are left to the reader. Warnings
/// (severity) do not stop a run: memory above 8 GB, rebuild slower than failures.
/// Past a list without errors all code trusts the scenario.
Diagnostics validate(const Scenario& scenario);

/// Bytes of memory that a strategy of `shards` shards (groups x width) on `disks` disks takes: two
/// numbers of 4 bytes per shard (its home, its place in the disk's list) and about 700 bytes per
/// disk (topology, bandwidth shares, damage), an allowance rather than a measurement.
Bytes memory_needed(double shards, double disks);

}  // namespace models::scenario
