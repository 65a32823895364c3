#pragma once

#include <cstdint>
#include <vector>

#include "models/records/age_table.h"
#include "sim/distribution.h"

namespace record_test {

/// How units are watched.
struct Watch {
  int units{};
  double most_entry_years{};  ///< they are so old at most when the watch begins, evenly
  double years{};             ///< it ends so much later
  bool renewed{};             ///< a unit that failed has a new one in its place
};

/// Lives drawn from `law`: right censored by the end of the watch, left truncated by its beginning.
std::vector<models::records::Life> simulated_lives(const sim::Distribution& law, const Watch& watch,
                                                   std::uint64_t replicate);

}  // namespace record_test
