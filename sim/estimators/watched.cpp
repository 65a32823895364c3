#include "sim/estimators/watched.h"

#include <algorithm>

namespace sim {

Watched::Watched(std::span<const Crossing> crossings, int level) : level_(level) {
  groups_.reserve(crossings.size());
  for (const Crossing& crossing : crossings) groups_.push_back(crossing.group);
  std::sort(groups_.begin(), groups_.end());
}

bool Watched::holds(Group group) const {
  return std::binary_search(groups_.begin(), groups_.end(), group);
}

bool Watched::drop(Group group) {
  const auto found = std::lower_bound(groups_.begin(), groups_.end(), group);
  if (found == groups_.end() || *found != group) return false;
  groups_.erase(found);
  return true;
}

bool Watched::drop_crossed(const Change& change) {
  bool any = false;
  for (const Crossing& crossing : change.lost) any |= drop(crossing.group);
  for (const Crossing& crossing : change.deeper) {
    if (crossing.before < level_) any |= drop(crossing.group);
  }
  return any;
}

}  // namespace sim
