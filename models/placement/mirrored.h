#pragma once

#include <memory>

#include "models/placement/placement.h"

namespace models::placement {

/// Each array of a code over arrays on a side of its own: the domains of kind `across` are cut into
/// as many sides as there are arrays, in order, and array i of every group lies in side i. With
/// pools, the array lies in one pool of its side: a mirror of RAID sets.
std::unique_ptr<const Placement> make_mirrored(Rules rules);

}  // namespace models::placement
