#pragma once

#include <optional>

#include "models/codes/code.h"
#include "models/scenario/scenario.h"

namespace models::scenario {

/// The smallest number of machines that holds a strategy's data at the usable fill with a place for
/// every shard, and its hot spares: whole machines, the same number in each rack. `most` describes
/// the machines and how many of them a rack takes at most. As few machines as possible in at most
/// its racks, spread over as many racks as that allows; where these are too few, as few full racks
/// as will do. Empty where no number will do (shards coarser than a disk, or more than max_disks
/// disks).
std::optional<Hardware> sized_hardware(const Hardware& most, const Data& data,
                                       const Placement& placement, const codes::Code& code,
                                       const Spares& spares = {});

}  // namespace models::scenario
