#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/change.h"

namespace sim {

/// Groups that an event took to `level` or deeper, as long as they stay there. A group that falls
/// below, or is lost, leaves for good: what becomes of it later belongs to a later event.
class Watched {
 public:
  Watched() = default;
  /// The groups of `crossings` (those not lost), each named once; all at `level` or deeper now.
  Watched(std::span<const Crossing> crossings, int level);

  bool empty() const { return groups_.empty(); }
  std::size_t size() const { return groups_.size(); }
  std::span<const Group> groups() const { return groups_; }
  bool holds(Group group) const;

  /// Takes out whom a natural event lost, and whom it met below the level. True if any left.
  bool drop_crossed(const Change& change);
  /// Takes out the groups for which `depth_of` says less than the level. True if any left.
  template <class DepthOf>
  bool drop_healed(DepthOf depth_of) {
    return std::erase_if(groups_, [&](Group group) { return depth_of(group) < level_; }) > 0;
  }

 private:
  std::vector<Group> groups_;   ///< ascending
  std::vector<Group> dropped_;  ///< between calls without meaning
  int level_{};
};

}  // namespace sim
