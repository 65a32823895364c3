#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "models/codes/code.h"
#include "models/scenario/scenario.h"
#include "models/topology/topology.h"

namespace models::drill {

/// What is wrong with the homes of one group's shards (no_disk: lost), by counting and not by
/// asking the placement: two shards on a disk, more than the limits in a machine, rack or site, a
/// pool left, two arrays on one side. "3 shards on rack 7, allowed is 2".
std::vector<std::string> misplaced(const topology::Topology& topology,
                                   const scenario::Placement& limits, const codes::Code& code,
                                   std::span<const std::uint32_t> homes);

}  // namespace models::drill
