#pragma once

#include <array>

#include "models/units.h"

namespace models::analytic {

/// P(any of `count` independent stripes is lost), each with probability p in [0, 1).
double any_of_independent(double count, double p);

/// P(more than `most` of n independent shards fail), each with probability p in [0, 1]; all terms
/// are positive, so that small tails keep their relative accuracy.
double binomial_tail(int n, int most, double p);

/// Time in which `machines` rebuild one disk of "1 TB" at "30 MB/s" each, for the four readings of
/// the units: TiB and MiB, TB and MB, TB and MiB, TiB and MB.
std::array<Seconds, 4> rebuild_unit_readings(double machines, double tera, double mega_per_second);

}  // namespace models::analytic
