#pragma once

#include "models/scenario/scenario.h"

namespace models::verify {

/// SimEDC's cluster of 16 racks of 8 machines of one 1 TiB disk, 43,690 stripes of RS 6+3 in chunks
/// of 256 MiB: disks Weibull(1.12, 87,600 h), machines exponential 91,250 h, one disk rebuilt after
/// another over 12.5 MiB/s between racks, 87,600 h. Source: Zhang, Han, Lee, SRDS 2017.
scenario::Scenario simedc_cluster();

/// One disk of 32 racks of 32 machines, 349,524 stripes of RS 6+3, 125 MiB/s between racks: every
/// chunk in a rack of its own, or three in each of three racks. Nothing fails by itself.
enum class ChunkLayout { flat, hierarchical };
scenario::Scenario simedc_repair(ChunkLayout layout, scenario::Traffic traffic);

/// Hours until each of some disks is whole again, lost one at a time from a whole fleet; mean.
double hours_of_repair(const scenario::Scenario& scenario, int disks);

}  // namespace models::verify
