#include "models/repair/spares.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

namespace models::repair {
namespace {

using scenario::Domain;

/// 2 racks of 2 machines of 4 disks; what is empty and what works is said.
class FewDisks final : public FleetView {
 public:
  Seconds now() const override { return {}; }
  const topology::Topology& topology() const override { return topology_; }
  const placement::PlacementMap& first_homes() const override { return map_; }
  bool readable(std::uint32_t disk) const override { return !broken.contains(disk); }
  std::int64_t free_shards(std::uint32_t disk) const override { return readable(disk) ? 9 : 0; }
  bool empty(std::uint32_t disk) const override { return spare.contains(disk); }
  void members(std::uint32_t /*group*/, std::span<std::uint32_t> /*homes*/) const override {}
  void under_way(std::vector<UnderWay>& /*shards*/) const override {}

  std::set<std::uint32_t> spare;
  std::set<std::uint32_t> broken;

 private:
  static scenario::Hardware hardware() {
    scenario::Hardware h;
    h.racks_per_site = 2;
    h.machines_per_rack = 2;
    h.disks_per_machine = 4;
    return h;
  }
  topology::Topology topology_{hardware()};
  placement::PlacementMap map_{{}, 1, topology_.disks()};
};

TEST(Spares, ADedicatedHeirIsAnEmptyDiskOfTheSameDomain) {
  FewDisks fleet;
  fleet.spare = {3, 7, 11, 15};
  const auto per_machine = make_spares({"dedicated", 1, Domain::machine, {}}, {});
  EXPECT_TRUE(per_machine->one_heir());
  EXPECT_EQ(per_machine->heir(5, {}, fleet), 7U);
  EXPECT_EQ(per_machine->heir(5, std::vector<std::uint32_t>{7}, fleet), no_disk);
  const auto per_rack = make_spares({"dedicated", 2, Domain::rack, {}}, {});
  EXPECT_EQ(per_rack->heir(5, {}, fleet), 3U);
  EXPECT_EQ(per_rack->heir(5, std::vector<std::uint32_t>{3}, fleet), 7U);
  EXPECT_EQ(per_rack->heir(13, {}, fleet), 11U);
}

TEST(Spares, AReplacedDiskIsItsOwnHeirWhenNoSpareIsLeft) {
  FewDisks fleet;
  fleet.spare = {5};
  EXPECT_EQ(make_spares({"dedicated", 1, Domain::machine, {}}, {})->heir(5, {}, fleet), 5U);
}

TEST(Spares, OfAPoolStayInIt) {
  FewDisks fleet;
  fleet.spare = {2, 3};
  scenario::Placement pools{"partitioned", 1, 4, 4};
  pools.pool = 2;
  pools.within = Domain::machine;  // disks 0 1 | 2 3 | ...
  const auto policy = make_spares({"dedicated", 1, {}, {}}, pools);
  EXPECT_EQ(policy->heir(2, std::vector<std::uint32_t>{2}, fleet), 3U);
  EXPECT_EQ(policy->heir(0, {}, fleet), no_disk);
}

TEST(Spares, ATechnicianFillsThePlaceOfTheLostDiskOnceItWorks) {
  FewDisks fleet;
  fleet.spare = {7};
  fleet.broken = {5};
  const auto policy = make_spares({"technician", 0, {}, {}}, {});
  EXPECT_EQ(policy->heir(5, {}, fleet), no_disk);
  fleet.broken.clear();
  EXPECT_EQ(policy->heir(5, {}, fleet), 5U);
}

TEST(Spares, EveryKindIsInTheTableOnce) {
  std::set<std::string_view> names;
  for (const SpareKind& kind : all_spares()) {
    EXPECT_TRUE(names.insert(kind.name).second);
    EXPECT_FALSE(kind.meaning.empty());
    scenario::Spares spares;
    spares.kind = kind.name;
    EXPECT_EQ(make_spares(spares, {})->one_heir(), kind.name != "distributed");
  }
}

}  // namespace
}  // namespace models::repair
