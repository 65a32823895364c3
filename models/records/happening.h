#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/records/trace.h"

namespace models::records {

/// A failure as the tests of clustering see it.
struct Happening {
  Seconds at{};  ///< since 1970
  std::uint32_t unit{};
  std::uint32_t rack{no_place};
  std::uint32_t machine{no_place};
};

/// Length of the blocks within which failures are taken to come at a constant rate: long enough to
/// hold many, short against the years in which a fleet ages. A decision of this project; the tests
/// ask what is left within them.
inline constexpr Seconds block_length = sim::days(30);

/// How often a null is drawn, and blocks are drawn for an interval.
struct Draws {
  std::uint64_t seed{1};
  int count{999};
};

}  // namespace models::records
