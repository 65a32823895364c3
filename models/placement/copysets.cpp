#include "models/placement/copysets.h"

#include <algorithm>
#include <utility>

#include "models/placement/dealer.h"

namespace models::placement {
namespace {

/// Sets of disks, one after another, and the stand-in of each place.
struct Sets {
  std::vector<std::uint32_t> disks;
  std::vector<std::uint32_t> stand_ins;
};

class Copysets final : public Placement {
 public:
  using Placement::Placement;

  bool serves(const topology::Topology& /*topology*/, const PlacementMap& map, std::uint32_t group,
              int slot, std::uint32_t disk) const override {
    return disk == map.members(group)[static_cast<std::size_t>(slot)] ||
           disk == map.stand_in(group, slot);
  }

 private:
  Layout layout(const topology::Topology& topology, int width, int groups,
                sim::Stream& stream) const override {
    const auto shards = static_cast<std::size_t>(width);
    const Sets sets = dealt(topology, shards, stream);
    std::vector<std::uint32_t> numbers(sets.disks.size() / shards);
    for (std::uint32_t i = 0; i < numbers.size(); ++i) numbers[i] = i;
    Dealer dealer(std::move(numbers), stream);
    Layout made;
    made.homes.reserve(shards * static_cast<std::size_t>(groups));
    made.stand_ins.reserve(made.homes.capacity());
    for (int group = 0; group < groups; ++group) {
      const std::size_t first = dealer.deal([](std::uint32_t) { return true; }) * shards;
      for (std::size_t i = first; i < first + shards; ++i) {
        made.homes.push_back(sets.disks[i]);
        made.stand_ins.push_back(sets.stand_ins[i]);
      }
    }
    return made;
  }

  Sets dealt(const topology::Topology& topology, std::size_t width, sim::Stream& stream) const {
    const std::vector<std::uint32_t> disks = usable_disks(topology);
    const auto partners = std::max<std::size_t>(1, width - 1);
    const std::size_t decks =
        (static_cast<std::size_t>(spec().scatter_width) + partners - 1) / partners;
    const Limits even = tightened(topology, disks, limits(), static_cast<int>(width));
    Dealer dealer(disks, stream);
    Dealer stand_ins(disks, stream);
    Occupancy others(topology);
    Sets sets;
    for (std::size_t set = 0; set < std::max<std::size_t>(1, decks * disks.size() / width); ++set) {
      others.clear();
      for (std::size_t place = 0; place < width; ++place) {
        sets.disks.push_back(dealer.deal([&](std::uint32_t candidate) {
          return !others.holds(candidate) && even.allow(others, topology.machine_of(candidate));
        }));
        others.add(sets.disks.back());
      }
      add_stand_ins(disks, std::span(sets.disks).last(width), stand_ins, others, sets.stand_ins);
    }
    return sets;
  }

  /// For each member of a set a disk outside it that fits beside the others; the member itself
  /// where there is none.
  void add_stand_ins(std::span<const std::uint32_t> disks, std::span<const std::uint32_t> members,
                     Dealer& dealer, Occupancy& others, std::vector<std::uint32_t>& out) const {
    const auto& topology = others.topology();
    for (const std::uint32_t member : members) {
      others.clear();
      for (const std::uint32_t other : members) {
        if (other != member) others.add(other);
      }
      const auto fits = [&](std::uint32_t disk) {
        return disk != member && !others.holds(disk) &&
               limits().allow(others, topology.machine_of(disk));
      };
      out.push_back(std::ranges::any_of(disks, fits) ? dealer.deal(fits) : member);
    }
  }
};

}  // namespace

std::unique_ptr<const Placement> make_copysets(Rules rules) {
  return std::make_unique<Copysets>(std::move(rules));
}

}  // namespace models::placement
