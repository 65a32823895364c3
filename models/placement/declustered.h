#pragma once

#include <memory>

#include "models/placement/placement.h"

namespace models::placement {

/// Every group on its own random set of disks, at most so many per rack and machine; every disk
/// carries the same number of shards, give or take two.
std::unique_ptr<const Placement> make_declustered(const scenario::Placement& spec);

}  // namespace models::placement
