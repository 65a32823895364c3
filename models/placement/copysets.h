#pragma once

#include <memory>

#include "models/placement/placement.h"

namespace models::placement {

/// Few sets of disks, each as wide as the code; every group lies on one of them. Sets are dealt
/// from shuffled decks of all disks, ceil(scatter width / (width - 1)) decks in all, so a disk is
/// in as many sets and shares groups with about `scatter_width` others. Fewer sets are fatal than
/// with groups all over the fleet; the price is more lost at once when one is hit. Each place of a
/// set has a stand-in: a lost shard goes there, or back to its first home once that is replaced, so
/// repairs do not make new sets without end. Source: Cidon et al.: Copysets, USENIX ATC 2013,
/// section 4 (the stand-ins are a decision: a failed node is replaced in its copysets by another).
std::unique_ptr<const Placement> make_copysets(Rules rules);

}  // namespace models::placement
