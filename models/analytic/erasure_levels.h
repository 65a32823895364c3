#pragma once

#include <vector>

#include "models/codes/code.h"

namespace models::analytic {

/// The patterns of one number of erasures, seen as one state: every pattern that can still be read
/// is taken to be equally likely. Exact for MDS codes and wherever those patterns are alike.
struct ErasureLevel {
  double grows{};       ///< P(one more erasure leaves a readable pattern readable)
  double ends{};        ///< P(it makes it unreadable); counted, not 1 - grows
  double unreadable{};  ///< share of all patterns of this many erasures
};

/// How the levels of a code were found.
enum class LevelCount { exact, guaranteed_only };

struct ErasureLevels {
  std::vector<ErasureLevel> levels;  ///< index = erasures; ends with the last readable level
  LevelCount count{LevelCount::exact};
};

/// Counted for MDS codes (tolerance = parity) and, from their parts, for codes over codes; else
/// every pattern is tried on the code, unless it has more than 20 shards: then patterns beyond the
/// guaranteed tolerance count as lost.
ErasureLevels erasure_levels(const codes::Code& code);

}  // namespace models::analytic
