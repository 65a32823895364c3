#pragma once

#include <memory>

#include "models/placement/placement.h"

namespace models::placement {

/// Disks cut into pools; every group lives in one pool, pool after pool in turn, and is rebuilt
/// there. With a pool as wide as the code these are the classical RAID sets.
std::unique_ptr<const Placement> make_partitioned(Rules rules);

}  // namespace models::placement
