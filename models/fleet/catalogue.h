#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "models/fleet/overlay_map.h"
#include "models/placement/placement.h"

namespace models::fleet {

/// Where a moved shard lives: a disk and which of the disks that stood in this place.
struct Home {
  std::uint32_t disk{};
  std::uint32_t generation{};
  bool operator==(const Home&) const = default;
};

/// The disks whose shards are missing. One bit of a disk's number tells most of the others apart.
class LostDisks {
 public:
  void add(Home lost) {
    bits_[word(lost.disk)] |= bit(lost.disk);
    lost_.push_back(lost);
  }
  void erase(Home back) {
    std::erase(lost_, back);
    bits_.fill(0);
    for (const Home& lost : lost_) bits_[word(lost.disk)] |= bit(lost.disk);
  }
  std::size_t size() const { return lost_.size(); }
  bool hold(Home home) const {
    return (bits_[word(home.disk)] & bit(home.disk)) != 0 &&
           std::find(lost_.begin(), lost_.end(), home) != lost_.end();
  }

 private:
  static constexpr std::size_t words = 8;
  static std::size_t word(std::uint32_t disk) { return disk / 64 % words; }
  static std::uint64_t bit(std::uint32_t disk) { return std::uint64_t{1} << (disk % 64); }
  std::array<std::uint64_t, words> bits_{};
  std::vector<Home> lost_;
};

/// Where shards have been put since the start: what the store itself wrote down.
struct Catalogue {
  OverlayMap<std::uint64_t> moved;  ///< group -> slots (mod 64) that have left their first home
  OverlayMap<Home> homes;           ///< shard -> home, where moved
  OverlayMap<std::vector<std::uint32_t>>
      added;  ///< disk -> shards it got in its present generation

  static Catalogue over(const Catalogue& base) {
    Catalogue slice;
    slice.moved = OverlayMap<std::uint64_t>::over(base.moved);
    slice.homes = OverlayMap<Home>::over(base.homes);
    slice.added = OverlayMap<std::vector<std::uint32_t>>::over(base.added);
    return slice;
  }

  /// Of the shard in slot `slot` of a group of `map`.
  Home home_of(const placement::PlacementMap& map, std::uint32_t group, std::uint32_t slot) const {
    const std::uint64_t* slots = moved.find(group);
    if (slots != nullptr && (*slots >> (slot % 64) & 1) != 0) {
      if (const Home* home = homes.find(group * map.width() + slot)) return *home;
    }
    return {map.members(group)[slot], 0};
  }

  /// Disks of a group's shards by slot; `none` where the home is one of `lost`.
  void homes_of(const placement::PlacementMap& map, const LostDisks& lost, std::uint32_t group,
                std::uint32_t none, std::span<std::uint32_t> out) const {
    const auto first_homes = map.members(group);
    const std::uint64_t* slots = moved.find(group);
    for (std::uint32_t slot = 0; slot < map.width(); ++slot) {
      Home home{first_homes[slot], 0};
      if (slots != nullptr && (*slots >> (slot % 64) & 1) != 0) {
        if (const Home* now = homes.find(group * map.width() + slot)) home = *now;
      }
      out[slot] = lost.hold(home) ? none : home.disk;
    }
  }
};

}  // namespace models::fleet
