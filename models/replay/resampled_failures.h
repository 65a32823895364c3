#pragma once

#include <cstdint>
#include <vector>

#include "models/replay/place_map.h"
#include "models/replay/replay.h"

namespace models::replay {

/// One record drawn from the blocks of another, by time. Weeks: the time is cut into four weeks,
/// and each is that of one of them, whole ones, drawn with replacement (Kuensch 1989, of blocks
/// that do not overlap). Machines: each machine has the failures of one of the `machines`, at their
/// times.
/// @param length  of the record; @pre it holds four weeks
std::vector<PlacedFailure> resampled(const std::vector<PlacedFailure>& failures, Blocks blocks,
                                     Seconds length, const topology::Topology& topology,
                                     std::uint64_t seed, std::uint64_t record);

}  // namespace models::replay
