#pragma once

#include <cstdint>

#include "models/codes/code.h"
#include "models/scenario/scenario.h"

/// Does a strategy's data fit its hardware? Asked by validate() and by who buys hardware.
namespace models::scenario {

/// Shards of one group that one rack can take: so many in a rack, so many in each of its machines.
std::int64_t places_per_rack(const Hardware& hardware, const Placement& placement);

/// Shards of one group that all racks can take, within the limit per site.
std::int64_t places(const Hardware& hardware, const Placement& placement);

/// Stored bytes, parity and copies included.
Bytes stored_bytes(const Data& data, const codes::Code& code);

/// Disks that hold data: all but hot spares and those that fill no pool.
double data_disks(const Hardware& hardware, const Placement& placement, const Spares& spares);

/// Is there room for all bytes on so many disks at the usable fill?
bool has_room(const Hardware& hardware, const Data& data, const codes::Code& code, double disks);

/// Do whole shards, as evenly spread as they can be, fit the disks? With few groups they are
/// coarse.
bool shards_fit(const Hardware& hardware, const Data& data, const Placement& placement,
                const codes::Code& code, const Spares& spares);

}  // namespace models::scenario
