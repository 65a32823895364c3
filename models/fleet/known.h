#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "models/fleet/catalogue.h"
#include "models/fleet/overlay_map.h"
#include "models/topology/reachability.h"

namespace models::fleet {

/// A disk as the store's own books have it.
struct KnownDisk {
  bool in_service{true};    ///< false from the report of its loss to its replacement
  std::int32_t added{};     ///< shards it holds beyond those of the start
  std::int32_t promised{};  ///< shards that rebuilds under way will put on it, tickets apart
  double spread_before{};   ///< Known::spread when its present life began
};

/// What has been reported. The only part of a mission's state, beside the catalogue and the
/// rebuilds under way, that policies see (known_view.h): a disk that has died and that nobody has
/// noticed counts as good here.
struct Known {
  LostDisks lost;                               ///< reported, and not all whole again
  std::vector<std::uint32_t> absent;            ///< machines that are away, ascending
  std::vector<topology::Unit> down_units;       ///< racks, switches, ..., ascending, each once
  std::shared_ptr<const topology::CutSet> cut;  ///< machines cut off by them; null: none
  OverlayMap<KnownDisk> disks;
  double spread{};            ///< shards that tickets have put on an average disk since the start
  std::vector<Home> emptied;  ///< disks whose shards move elsewhere before they are replaced

  static Known over(const Known& base) {
    Known slice;
    slice.lost = base.lost;
    slice.absent = base.absent;
    slice.down_units = base.down_units;
    slice.cut = base.cut;
    slice.disks = OverlayMap<KnownDisk>::over(base.disks);
    slice.spread = base.spread;
    slice.emptied = base.emptied;
    return slice;
  }

  bool reachable(std::uint32_t machine) const {
    return !(cut != nullptr && cut->contains(machine)) &&
           !std::binary_search(absent.begin(), absent.end(), machine);
  }
  void set_absent(std::uint32_t machine, bool away) {
    const auto place = std::lower_bound(absent.begin(), absent.end(), machine);
    const bool present = place != absent.end() && *place == machine;
    if (away && !present) absent.insert(place, machine);
    if (!away && present) absent.erase(place);
  }
};

}  // namespace models::fleet
