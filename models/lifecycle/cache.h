#pragma once

namespace models::lifecycle {

/// Share of reads that find their object in a cache of the least recently read kind, when the r-th
/// most wanted of `objects` equal objects is read in proportion to r^-zipf and reads are
/// independent. `held` of them fit. Source: Che, Tung, Wang, Hierarchical Web Caching Systems, IEEE
/// JSAC 2002: an object is there if it was read within the characteristic time T, and T is such
/// that `held` objects are there.
/// @pre objects >= 1, 0 <= held, zipf >= 0
double hit_ratio(double objects, double held, double zipf);

/// The most that any cache of that size can have: it holds the `held` most wanted.
double best_hit_ratio(double objects, double held, double zipf);

}  // namespace models::lifecycle
