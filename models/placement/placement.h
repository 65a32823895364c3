#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/codes/code.h"
#include "models/placement/limits.h"
#include "models/placement/occupancy.h"
#include "models/scenario/scenario.h"
#include "models/topology/topology.h"
#include "sim/random.h"

namespace models::placement {

/// Where every shard of every group lives at the start. Immutable, shared by all threads.
/// A shard is numbered group * width + slot.
class PlacementMap {
 public:
  /// @param homes disk of each shard in shard order.
  /// @param stand_ins of each shard; empty: no shard has one
  PlacementMap(std::vector<std::uint32_t> homes, std::uint32_t width, std::uint32_t disks,
               std::vector<std::uint32_t> stand_ins = {});
  std::uint32_t width() const { return width_; }
  std::uint32_t groups() const { return static_cast<std::uint32_t>(homes_.size() / width_); }
  std::span<const std::uint32_t> members(std::uint32_t group) const {
    return std::span(homes_).subspan(std::size_t{group} * width_, width_);
  }
  /// The disk that takes a shard when its first home is lost; the first home itself where the
  /// placement names none.
  std::uint32_t stand_in(std::uint32_t group, int slot) const {
    const std::size_t shard = std::size_t{group} * width_ + static_cast<std::size_t>(slot);
    return stand_ins_.empty() ? homes_[shard] : stand_ins_[shard];
  }
  /// Shards on a disk, ascending.
  std::span<const std::uint32_t> shards_of(std::uint32_t disk) const {
    return std::span(shards_).subspan(first_[disk], first_[disk + 1] - first_[disk]);
  }

 private:
  std::uint32_t width_;
  std::vector<std::uint32_t> homes_;
  std::vector<std::uint32_t> stand_ins_;
  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> shards_;
};

/// What a placement is made from.
struct Rules {
  scenario::Placement spec;
  scenario::Spares spares;            ///< disks kept empty at the start
  std::vector<std::uint32_t> arrays;  ///< array of each slot; empty: all in one
};

/// What a placement lays out: a home for every shard, and a stand-in for each where it names some.
struct Layout {
  std::vector<std::uint32_t> homes;
  std::vector<std::uint32_t> stand_ins = {};
};

/// Decides which disks may hold the shards of a group. Immutable.
class Placement {
 public:
  explicit Placement(Rules rules);
  virtual ~Placement() = default;

  /// A home for every shard. @pre the limits can be met (scenario validation checks it).
  PlacementMap build(const topology::Topology& topology, int width, int groups,
                     sim::Stream& stream) const;
  /// May a machine hold one more shard of the group whose other shards are on `others`?
  bool fits(const Occupancy& others, std::uint32_t machine) const {
    return limits_.allow(others, machine);
  }
  /// May this shard ever live on that disk, whatever the others of its group?
  /// @param map  where all shards stood at the start
  virtual bool serves(const topology::Topology& /*topology*/, const PlacementMap& /*map*/,
                      std::uint32_t /*group*/, int /*slot*/, std::uint32_t /*disk*/) const {
    return true;
  }
  /// All of it for one disk, which never holds two shards of a group.
  bool allowed(const Occupancy& others, const PlacementMap& map, std::uint32_t group, int slot,
               std::uint32_t disk) const;

  const scenario::Placement& spec() const { return rules_.spec; }
  const Limits& limits() const { return limits_; }
  /// Disks that hold shards at the start, ascending: all but the hot spares.
  std::vector<std::uint32_t> usable_disks(const topology::Topology& topology) const;

 protected:
  std::size_t arrays() const { return arrays_; }
  std::uint32_t array_of(int slot) const {
    return rules_.arrays.empty() ? 0 : rules_.arrays[static_cast<std::size_t>(slot)];
  }

 private:
  virtual Layout layout(const topology::Topology& topology, int width, int groups,
                        sim::Stream& stream) const = 0;
  Rules rules_;
  Limits limits_;
  std::size_t arrays_;
};

struct PlacementKind {
  std::string_view name;
  std::string_view meaning;
  std::unique_ptr<const Placement> (*make)(Rules);
};
/// The whole registry.
std::span<const PlacementKind> all_placements();
/// @pre rules.spec.kind is in the table.
std::unique_ptr<const Placement> make_by(Rules rules);
std::unique_ptr<const Placement> make_placement(const scenario::Strategy& strategy,
                                                const codes::Code& code);
/// Without spares and arrays.
std::unique_ptr<const Placement> make_placement(const scenario::Placement& spec);

}  // namespace models::placement
