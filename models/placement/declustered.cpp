#include "models/placement/declustered.h"

#include <utility>

namespace models::placement {

namespace {

/// Deals disks from shuffled decks, as cards are dealt: loads stay even, partners are random.
class Dealer {
 public:
  Dealer(std::uint32_t disks, sim::Stream& stream) : disks_(disks), stream_(stream) { add_deck(); }

  /// The first disk in the deck that `fits`; it is taken out.
  template <class Fits>
  std::uint32_t deal(const Fits& fits) {
    for (std::size_t i = next_;; ++i) {
      if (i == deck_.size()) {
        i -= next_;  // add_deck() drops what was dealt
        add_deck();
      }
      if (!fits(deck_[i])) continue;
      std::swap(deck_[i], deck_[next_]);
      return deck_[next_++];
    }
  }

 private:
  void add_deck() {
    deck_.erase(deck_.begin(), deck_.begin() + static_cast<std::ptrdiff_t>(next_));
    next_ = 0;
    const std::size_t start = deck_.size();
    for (std::uint32_t disk = 0; disk < disks_; ++disk) deck_.push_back(disk);
    for (std::size_t i = deck_.size() - 1; i > start; --i) {
      std::swap(deck_[i], deck_[start + stream_.below(i - start + 1)]);
    }
  }

  std::uint32_t disks_;
  sim::Stream& stream_;
  std::vector<std::uint32_t> deck_;
  std::size_t next_{};
};

class Declustered final : public Placement {
 public:
  explicit Declustered(const scenario::Placement& spec)
      : max_per_rack_(spec.max_per_rack), max_per_machine_(spec.max_per_machine) {}

  PlacementMap build(const topology::Topology& topology, int width, int groups,
                     sim::Stream& stream) const override {
    const auto shards = static_cast<std::size_t>(width) * static_cast<std::size_t>(groups);
    std::vector<std::uint32_t> homes;
    homes.reserve(shards);
    Dealer dealer(topology.disks(), stream);
    Occupancy others(topology);
    for (int group = 0; group < groups; ++group) {
      others.clear();
      for (int slot = 0; slot < width; ++slot) {
        const std::uint32_t disk =
            dealer.deal([&](std::uint32_t candidate) { return allowed(others, candidate); });
        others.add(disk);
        homes.push_back(disk);
      }
    }
    return {std::move(homes), static_cast<std::uint32_t>(width), topology.disks()};
  }

  bool fits(const Occupancy& others, std::uint32_t machine) const override {
    return others.in_rack(others.topology().rack_of(machine)) < max_per_rack_ &&
           others.in_machine(machine) < max_per_machine_;
  }

 private:
  int max_per_rack_;
  int max_per_machine_;
};

}  // namespace

std::unique_ptr<const Placement> make_declustered(const scenario::Placement& spec) {
  return std::make_unique<Declustered>(spec);
}

}  // namespace models::placement
