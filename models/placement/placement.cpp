#include "models/placement/placement.h"

#include <algorithm>
#include <array>

#include "models/placement/declustered.h"
#include "sim/contract.h"

namespace models::placement {

PlacementMap::PlacementMap(std::vector<std::uint32_t> homes, std::uint32_t width,
                           std::uint32_t disks)
    : width_(width),
      homes_(std::move(homes)),
      first_(std::size_t{disks} + 1),
      shards_(homes_.size()) {
  for (const std::uint32_t disk : homes_) ++first_[std::size_t{disk} + 1];
  for (std::size_t d = 0; d < disks; ++d) first_[d + 1] += first_[d];
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (std::uint32_t shard = 0; shard < homes_.size(); ++shard) {
    shards_[next[homes_[shard]]++] = shard;
  }
}

bool Placement::allowed(const Occupancy& others, std::uint32_t disk) const {
  return !others.holds(disk) && fits(others, others.topology().machine_of(disk));
}

std::span<const PlacementKind> all_placements() {
  static constexpr std::array kinds{
      PlacementKind{"declustered", "groups over random disks of distinct racks and machines",
                    make_declustered},
  };
  return kinds;
}

std::unique_ptr<const Placement> make_placement(const scenario::Placement& spec) {
  for (const PlacementKind& kind : all_placements()) {
    if (kind.name == spec.kind) return kind.make(spec);
  }
  EXPECTS(false);
  return nullptr;
}

}  // namespace models::placement
