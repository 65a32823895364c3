#include "models/placement/declustered.h"

#include <utility>

#include "models/placement/dealer.h"

namespace models::placement {

namespace {

class Declustered final : public Placement {
 public:
  using Placement::Placement;

 private:
  Layout layout(const topology::Topology& topology, int width, int groups,
                sim::Stream& stream) const override {
    std::vector<std::uint32_t> homes;
    homes.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(groups));
    std::vector<std::uint32_t> disks = usable_disks(topology);
    const Limits even = tightened(topology, disks, limits(), width);
    Dealer dealer(std::move(disks), stream);
    Occupancy others(topology);
    for (int group = 0; group < groups; ++group) {
      others.clear();
      for (int slot = 0; slot < width; ++slot) {
        const std::uint32_t disk = dealer.deal([&](std::uint32_t candidate) {
          return !others.holds(candidate) && even.allow(others, topology.machine_of(candidate));
        });
        others.add(disk);
        homes.push_back(disk);
      }
    }
    return {std::move(homes)};
  }
};

}  // namespace

std::unique_ptr<const Placement> make_declustered(Rules rules) {
  return std::make_unique<Declustered>(std::move(rules));
}

}  // namespace models::placement
