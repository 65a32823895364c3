#pragma once

#include <memory>

#include "models/placement/placement.h"

namespace models::placement {

/// Every group on its own random set of disks, at most so many per site, rack and machine and at
/// the start no more than must be; every disk carries the same number of shards, give or take two.
std::unique_ptr<const Placement> make_declustered(Rules rules);

}  // namespace models::placement
