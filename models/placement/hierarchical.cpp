#include "models/placement/hierarchical.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "models/placement/dealer.h"

namespace models::placement {
namespace {

class Hierarchical final : public Placement {
 public:
  using Placement::Placement;

  bool serves(const topology::Topology& topology, const PlacementMap& map, std::uint32_t group,
              int slot, std::uint32_t disk) const override {
    return topology.rack_of_disk(disk) ==
           topology.rack_of_disk(map.members(group)[static_cast<std::size_t>(slot)]);
  }

 private:
  Layout layout(const topology::Topology& topology, int width, int groups,
                sim::Stream& stream) const override {
    std::vector<Dealer> racks = dealers(topology, stream);
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t rack = 0; rack < racks.size(); ++rack) numbers.push_back(rack);
    // Parts of two sizes: each is dealt evenly, or some racks would get the large ones by chance.
    Dealer small_parts(numbers, stream);
    Dealer large_parts(std::move(numbers), stream);
    const int small = width / spec().racks;
    Layout made;
    made.homes.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(groups));
    Occupancy others(topology);
    std::vector<std::uint32_t> chosen;
    for (int group = 0; group < groups; ++group) {
      others.clear();
      chosen.clear();
      for (int part = 0; part < spec().racks; ++part) {
        // Slots [part * width / racks, (part + 1) * width / racks): as equal as can be.
        const int begin = part * width / spec().racks;
        const int end = (part + 1) * width / spec().racks;
        Dealer& rack_dealer = end - begin > small ? large_parts : small_parts;
        chosen.push_back(rack_dealer.deal([&](std::uint32_t rack) {
          return std::ranges::find(chosen, rack) == chosen.end() &&
                 others.in_site(topology.site_of(rack)) + end - begin <= limits().site;
        }));
        for (int slot = begin; slot < end; ++slot) {
          const std::uint32_t disk = racks[chosen.back()].deal([&](std::uint32_t candidate) {
            return !others.holds(candidate) &&
                   others.in_machine(topology.machine_of(candidate)) < limits().machine;
          });
          others.add(disk);
          made.homes.push_back(disk);
        }
      }
    }
    return made;
  }

  /// One for each rack. @pre every rack has usable disks (scenario validation checks it)
  std::vector<Dealer> dealers(const topology::Topology& topology, sim::Stream& stream) const {
    std::vector<std::vector<std::uint32_t>> disks(topology.racks());
    for (const std::uint32_t disk : usable_disks(topology)) {
      disks[topology.rack_of_disk(disk)].push_back(disk);
    }
    std::vector<Dealer> made;
    made.reserve(disks.size());
    for (auto& of_rack : disks) made.emplace_back(std::move(of_rack), stream);
    return made;
  }
};

}  // namespace

std::unique_ptr<const Placement> make_hierarchical(Rules rules) {
  return std::make_unique<Hierarchical>(std::move(rules));
}

}  // namespace models::placement
