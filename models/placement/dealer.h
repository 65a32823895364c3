#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/random.h"

namespace models::placement {

/// Deals disks from shuffled decks, as cards are dealt: loads stay even, partners are random.
class Dealer {
 public:
  explicit Dealer(std::vector<std::uint32_t> disks, sim::Stream& stream)
      : disks_(std::move(disks)), stream_(&stream) {
    add_deck();
  }

  /// The first disk in the deck that `fits`; it is taken out. @pre some disk fits
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
    deck_.insert(deck_.end(), disks_.begin(), disks_.end());
    for (std::size_t i = deck_.size() - 1; i > start; --i) {
      std::swap(deck_[i], deck_[start + stream_->below(i - start + 1)]);
    }
  }

  std::vector<std::uint32_t> disks_;
  sim::Stream* stream_;
  std::vector<std::uint32_t> deck_;
  std::size_t next_{};
};

}  // namespace models::placement
