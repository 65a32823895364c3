#pragma once

#include <memory>

#include "models/placement/placement.h"

namespace models::placement {

/// Every group in `racks` random racks, its shards in equal parts (neighbouring slots together), on
/// random disks there. A rebuild stays in the rack of the shard, so that it can read within the
/// rack: what Hu et al. call hierarchical placement. Fewer racks than shards cost tolerance of
/// racks and save traffic between them.
/// Source: Hu, Li, Zhang et al.: Optimal Repair Layering for Erasure-Coded Data Centers, ACM TOS
/// 2017; Zhang, Han, Lee: SimEDC, SRDS 2017.
std::unique_ptr<const Placement> make_hierarchical(Rules rules);

}  // namespace models::placement
