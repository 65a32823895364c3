#pragma once

#include "models/scenario/scenario.h"

namespace models::paths {

/// A hospital in small: one service on two hosts, two fabrics, two gateways of two engines, two
/// arrays of a head and a shelf, mirrored RAID-6. No switching takes time.
scenario::Scenario small_system();

}  // namespace models::paths
