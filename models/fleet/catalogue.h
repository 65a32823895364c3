#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
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

/// Disks of which some shard may have left its first home. Copies share the list until one changes.
class LeftDisks {
 public:
  void add(std::uint32_t disk) {
    const std::size_t word = disk / 64;
    if (holds(disk)) return;
    auto changed = std::make_shared<std::vector<std::uint64_t>>();
    if (words_) *changed = *words_;
    if (changed->size() <= word) changed->resize(word + 1);
    (*changed)[word] |= std::uint64_t{1} << (disk % 64);
    words_ = std::move(changed);
  }
  bool any() const { return words_ != nullptr; }
  bool holds(std::uint32_t disk) const {
    const std::size_t word = disk / 64;
    return words_ && word < words_->size() && ((*words_)[word] >> (disk % 64) & 1) != 0;
  }

 private:
  std::shared_ptr<const std::vector<std::uint64_t>> words_;
};

/// Where shards have been put since the start: what the store itself wrote down.
struct Catalogue {
  LeftDisks left;          ///< the shards of all others are where they were at the start
  OverlayMap<Home> homes;  ///< shard -> home, where moved
  OverlayMap<std::vector<std::uint32_t>>
      added;  ///< disk -> shards it got in its present generation

  static Catalogue over(const Catalogue& base) {
    Catalogue slice;
    slice.left = base.left;
    slice.homes = OverlayMap<Home>::over(base.homes);
    slice.added = OverlayMap<std::vector<std::uint32_t>>::over(base.added);
    return slice;
  }

  /// Of the shard in slot `slot` of a group of `map`.
  Home home_of(const placement::PlacementMap& map, std::uint32_t group, std::uint32_t slot) const {
    return now_of(map.members(group)[slot], group * map.width() + slot);
  }

  /// Disks of a group's shards by slot; `none` where the home is one of `lost`.
  void homes_of(const placement::PlacementMap& map, const LostDisks& lost, std::uint32_t group,
                std::uint32_t none, std::span<std::uint32_t> out) const {
    const auto first_homes = map.members(group);
    if (!left.any()) {
      std::ranges::copy(first_homes, out.begin());
      return;
    }
    for (std::uint32_t slot = 0; slot < map.width(); ++slot) {
      const std::uint32_t first = first_homes[slot];
      out[slot] = first;
      if (!left.holds(first)) continue;
      const Home home = now_of(first, group * map.width() + slot);
      out[slot] = lost.hold(home) ? none : home.disk;
    }
  }

 private:
  Home now_of(std::uint32_t first, std::uint32_t shard) const {
    if (left.holds(first)) {
      if (const Home* home = homes.find(shard)) return *home;
    }
    return {first, 0};
  }
};

}  // namespace models::fleet
