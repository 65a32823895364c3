#include "models/placement/partitioned.h"

#include <utility>

#include "models/placement/domains.h"
#include "models/placement/regions.h"

namespace models::placement {
namespace {

class Partitioned final : public Regions {
 public:
  explicit Partitioned(Rules rules)
      : Regions(std::move(rules)), pools_{static_cast<std::uint32_t>(spec().pool), spec().within} {}

  std::uint32_t regions(const topology::Topology& topology) const override {
    return pools_.count(topology);
  }
  std::optional<std::uint32_t> region_of(const topology::Topology& topology,
                                         std::uint32_t disk) const override {
    return pools_.of(topology, disk);
  }
  /// All arrays of a group share its pool.
  std::uint32_t region_for(const topology::Topology& topology, std::uint32_t group,
                           std::uint32_t /*array*/) const override {
    return group % pools_.count(topology);
  }

 private:
  Pools pools_;
};

}  // namespace

std::unique_ptr<const Placement> make_partitioned(Rules rules) {
  rules.arrays.clear();  // to a pool a group is one array
  return std::make_unique<Partitioned>(std::move(rules));
}

}  // namespace models::placement
