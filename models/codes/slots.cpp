#include "models/codes/slots.h"

#include "sim/contract.h"

namespace models::codes {

ShardSet first_slots(int n) {
  EXPECTS(n >= 0 && n <= static_cast<int>(max_shards));
  return n == 0 ? ShardSet{} : ~ShardSet{} >> (max_shards - static_cast<std::size_t>(n));
}

std::vector<std::size_t> slots_of(const ShardSet& set) {
  std::vector<std::size_t> slots;
  slots.reserve(set.count());
  // _Find_first() is an extension of libstdc++: whole words without a bit cost nothing.
  for (std::size_t slot = set._Find_first(); slot < set.size(); slot = set._Find_next(slot)) {
    slots.push_back(slot);
  }
  return slots;
}

}  // namespace models::codes
