#include "models/placement/mirrored.h"

#include <utility>

#include "models/placement/domains.h"
#include "models/placement/regions.h"

namespace models::placement {
namespace {

class Mirrored final : public Regions {
 public:
  using Regions::Regions;

  std::uint32_t regions(const topology::Topology& topology) const override {
    return sides() * pools_of_side(topology);
  }
  std::optional<std::uint32_t> region_of(const topology::Topology& topology,
                                         std::uint32_t disk) const override {
    if (spec().pool > 0) return pools().of(topology, disk);
    return disk / (topology.disks() / sides());
  }
  std::uint32_t region_for(const topology::Topology& topology, std::uint32_t group,
                           std::uint32_t array) const override {
    const std::uint32_t count = pools_of_side(topology);
    return array * count + group % count;
  }

 private:
  std::uint32_t sides() const { return static_cast<std::uint32_t>(arrays()); }
  Pools pools() const { return {static_cast<std::uint32_t>(spec().pool), spec().within}; }
  /// A side without pools is one. Pools are numbered as the sides are: domain by domain.
  std::uint32_t pools_of_side(const topology::Topology& topology) const {
    return spec().pool > 0 ? pools().count(topology) / sides() : 1;
  }
};

}  // namespace

std::unique_ptr<const Placement> make_mirrored(Rules rules) {
  return std::make_unique<Mirrored>(std::move(rules));
}

}  // namespace models::placement
