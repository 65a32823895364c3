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

bool Watched::drop_crossed(const Change& change) {
  dropped_.clear();
  for (const Crossing& crossing : change.lost) dropped_.push_back(crossing.group);
  for (const Crossing& crossing : change.deeper) {
    if (crossing.before < level_) dropped_.push_back(crossing.group);
  }
  if (dropped_.empty()) return false;
  std::sort(dropped_.begin(), dropped_.end());
  return std::erase_if(groups_, [this](Group group) {
           return std::binary_search(dropped_.begin(), dropped_.end(), group);
         }) > 0;
}

}  // namespace sim
