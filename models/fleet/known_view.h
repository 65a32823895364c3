#pragma once

#include <span>
#include <vector>

#include "models/fleet/catalogue.h"
#include "models/fleet/fleet.h"
#include "models/fleet/job.h"
#include "models/fleet/known.h"
#include "models/repair/fleet_view.h"

namespace models::fleet {

/// The fleet as policies see it in a mission: by what has been reported. It is made of the known
/// slices alone, so no policy can ask for the truth.
class KnownView final : public repair::FleetView {
 public:
  /// @param refused  disks to which a write has just failed: nothing more is put on them by the
  ///                 rebuild that asks
  KnownView(const Fleet& fleet, Seconds now, const Catalogue& catalogue, const Known& known,
            std::span<const Job> jobs, std::span<const std::uint32_t> refused = {})
      : fleet_(fleet),
        now_(now),
        catalogue_(catalogue),
        known_(known),
        jobs_(jobs),
        refused_(refused) {}

  Seconds now() const override { return now_; }
  const topology::Topology& topology() const override { return fleet_.topology(); }
  const placement::PlacementMap& first_homes() const override { return fleet_.map(); }
  bool readable(std::uint32_t disk) const override {
    return known_.reachable(topology().machine_of(disk));
  }
  std::int64_t free_shards(std::uint32_t disk) const override;
  bool empty(std::uint32_t disk) const override;
  void members(std::uint32_t group, std::span<std::uint32_t> homes) const override {
    catalogue_.homes_of(fleet_.map(), known_.lost, group, repair::no_disk, homes);
  }
  void under_way(std::vector<repair::UnderWay>& shards) const override;
  void expected(std::uint32_t group, std::vector<std::uint32_t>& disks) const override;
  bool one_first() const override { return fleet_.by_ticket(); }
  bool none_deep() const override {
    return known_.lost.size() <= 1 && !fleet_.repair().moves_shards();
  }

 private:
  bool takes_shards(std::uint32_t disk) const;

  const Fleet& fleet_;
  Seconds now_;
  const Catalogue& catalogue_;
  const Known& known_;
  std::span<const Job> jobs_;
  std::span<const std::uint32_t> refused_;
};

}  // namespace models::fleet
