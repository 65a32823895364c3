#pragma once

#include <cstddef>
#include <vector>

#include "models/codes/code.h"

namespace models::codes {

/// The set of slots [0, n). @pre 0 <= n <= max_shards.
ShardSet first_slots(int n);

/// The slots of a set, ascending.
std::vector<std::size_t> slots_of(const ShardSet& set);

}  // namespace models::codes
