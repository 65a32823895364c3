#include "models/placement/placement.h"

#include <algorithm>
#include <array>

#include "models/placement/copysets.h"
#include "models/placement/declustered.h"
#include "models/placement/domains.h"
#include "models/placement/hierarchical.h"
#include "models/placement/mirrored.h"
#include "models/placement/partitioned.h"
#include "sim/contract.h"

namespace models::placement {

PlacementMap::PlacementMap(std::vector<std::uint32_t> homes, std::uint32_t width,
                           std::uint32_t disks, std::vector<std::uint32_t> stand_ins)
    : width_(width),
      homes_(std::move(homes)),
      stand_ins_(std::move(stand_ins)),
      first_(std::size_t{disks} + 1),
      shards_(homes_.size()) {
  for (const std::uint32_t disk : homes_) ++first_[std::size_t{disk} + 1];
  for (std::size_t d = 0; d < disks; ++d) first_[d + 1] += first_[d];
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (std::uint32_t shard = 0; shard < homes_.size(); ++shard) {
    shards_[next[homes_[shard]]++] = shard;
  }
}

Placement::Placement(Rules rules)
    : rules_(std::move(rules)),
      limits_(limits_of(rules_.spec)),
      arrays_(rules_.arrays.empty() ? 1 : std::ranges::max(rules_.arrays) + std::size_t{1}) {}

PlacementMap Placement::build(const topology::Topology& topology, int width, int groups,
                              sim::Stream& stream) const {
  Layout made = layout(topology, width, groups, stream);
  return {std::move(made.homes), static_cast<std::uint32_t>(width), topology.disks(),
          std::move(made.stand_ins)};
}

bool Placement::allowed(const Occupancy& others, const PlacementMap& map, std::uint32_t group,
                        int slot, std::uint32_t disk) const {
  const auto& topology = others.topology();
  return !others.holds(disk) && fits(others, topology.machine_of(disk)) &&
         serves(topology, map, group, slot, disk);
}

std::vector<std::uint32_t> Placement::usable_disks(const topology::Topology& topology) const {
  std::vector<std::uint32_t> disks;
  disks.reserve(topology.disks());
  for (std::uint32_t disk = 0; disk < topology.disks(); ++disk) {
    if (!is_spare(topology, rules_.spec, rules_.spares, disk)) disks.push_back(disk);
  }
  return disks;
}

std::span<const PlacementKind> all_placements() {
  static constexpr std::array kinds{
      PlacementKind{"declustered", "every group over random disks of the whole fleet",
                    make_declustered},
      PlacementKind{"partitioned", "disks cut into pools; every group stays in its pool",
                    make_partitioned},
      PlacementKind{"mirrored", "each array of a code over arrays on a side of its own",
                    make_mirrored},
      PlacementKind{"copysets",
                    "every group on one of few sets of disks, so that few sets are fatal",
                    make_copysets},
      PlacementKind{"hierarchical", "every group in a few racks, several shards in each",
                    make_hierarchical},
  };
  return kinds;
}

std::unique_ptr<const Placement> make_by(Rules rules) {
  for (const PlacementKind& kind : all_placements()) {
    if (kind.name == rules.spec.kind) return kind.make(std::move(rules));
  }
  EXPECTS(false);
  return nullptr;
}

std::unique_ptr<const Placement> make_placement(const scenario::Strategy& strategy,
                                                const codes::Code& code) {
  Rules rules{strategy.placement, strategy.repair.spares, {}};
  for (int slot = 0; slot < code.shape().total(); ++slot) {
    rules.arrays.push_back(static_cast<std::uint32_t>(code.array_of(slot)));
  }
  return make_by(std::move(rules));
}

std::unique_ptr<const Placement> make_placement(const scenario::Placement& spec) {
  return make_by({spec, {}, {}});
}

}  // namespace models::placement
