#include "models/placement/regions.h"

#include <algorithm>
#include <utility>

#include "models/placement/dealer.h"

namespace models::placement {
namespace {

/// The disks of one region, and the limits that spread an array's shards over them evenly.
struct Region {
  std::vector<std::uint32_t> disks;
  std::optional<Dealer> dealer;
  std::optional<Limits> even;
};

}  // namespace

bool Regions::serves(const topology::Topology& topology, const PlacementMap& /*map*/,
                     std::uint32_t group, int slot, std::uint32_t disk) const {
  return region_of(topology, disk) == region_for(topology, group, array_of(slot));
}

Layout Regions::layout(const topology::Topology& topology, int width, int groups,
                       sim::Stream& stream) const {
  std::vector<Region> all(regions(topology));
  for (const std::uint32_t disk : usable_disks(topology)) {
    if (const auto region = region_of(topology, disk)) all[*region].disks.push_back(disk);
  }
  std::vector<std::vector<int>> slots(arrays());  // of each array
  for (int slot = 0; slot < width; ++slot) slots[array_of(slot)].push_back(slot);
  std::vector<std::uint32_t> homes(static_cast<std::size_t>(width) *
                                   static_cast<std::size_t>(groups));
  Occupancy whole(topology);
  Occupancy own(topology);
  for (std::uint32_t group = 0; group < static_cast<std::uint32_t>(groups); ++group) {
    whole.clear();
    for (std::uint32_t array = 0; array < slots.size(); ++array) {
      Region& region = all[region_for(topology, group, array)];
      if (!region.dealer) {
        const int shards = static_cast<int>(slots[array].size());
        region.even = tightened(topology, region.disks, limits(), shards);
        region.dealer.emplace(region.disks, stream);
      }
      own.clear();
      for (const int slot : slots[array]) {
        const std::uint32_t disk = region.dealer->deal([&](std::uint32_t candidate) {
          const std::uint32_t machine = topology.machine_of(candidate);
          return !own.holds(candidate) && region.even->allow(own, machine) &&
                 limits().allow(whole, machine);
        });
        own.add(disk);
        whole.add(disk);
        homes[std::size_t{group} * static_cast<std::size_t>(width) +
              static_cast<std::size_t>(slot)] = disk;
      }
    }
  }
  return {std::move(homes)};
}

}  // namespace models::placement
