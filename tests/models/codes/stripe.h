#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "models/codes/code.h"

namespace models::codes {

/// An encoded stripe of random bytes for the tests: the blocks as they should be, and copies to
/// spoil. Blocks lie `skew` bytes off alignment, with guard bytes between them.
class Stripe {
 public:
  Stripe(const Code& code, std::size_t size, std::uint32_t seed, std::size_t skew = 0);

  /// Fills the erased blocks of the copies with rubbish and restores all others.
  void erase(const ShardSet& erased);
  std::vector<Code::MutableBlock> blocks();
  /// Views of the good blocks in `reads`, empty spans elsewhere.
  std::vector<Code::Block> views(const ShardSet& reads) const;
  bool intact() const { return work_ == good_; }
  /// As intact(), for one rebuilt block.
  bool matches(std::size_t slot, Code::Block block) const;
  /// Were the erased blocks left as erase() left them, and the others whole?
  bool untouched_since_erase() const { return work_ == spoiled_; }
  std::size_t size() const { return size_; }

 private:
  std::size_t start(std::size_t slot) const { return skew_ + slot * distance_; }

  std::size_t shards_, size_, skew_, distance_;
  std::vector<std::byte> good_, work_, spoiled_;
};

/// A uniformly random set of `count` slots of [0, total).
ShardSet random_slots(std::mt19937& engine, int total, int count);
/// Bit i of `bits` is slot i.
inline ShardSet pattern(std::uint64_t bits) { return {bits}; }

}  // namespace models::codes
