#include "tests/models/codes/stripe.h"

#include <algorithm>
#include <numeric>

#include "models/codes/slots.h"

namespace models::codes {
namespace {

constexpr std::size_t guard = 3;  // odd, so that neighbours are differently aligned

void fill(std::span<std::byte> bytes, std::mt19937& engine) {
  for (std::byte& b : bytes) b = static_cast<std::byte>(engine() & 0xffU);
}

}  // namespace

Stripe::Stripe(const Code& code, std::size_t size, std::uint32_t seed, std::size_t skew)
    : shards_(static_cast<std::size_t>(code.shape().total())),
      size_(size),
      skew_(skew),
      distance_(size + guard),
      good_(skew + shards_ * distance_) {
  std::mt19937 engine(seed);
  fill(good_, engine);
  work_ = good_;
  const auto k = static_cast<std::size_t>(code.shape().data);
  const auto all = blocks();
  const std::vector<Code::Block> data(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(k));
  code.encode(data, std::span(all).subspan(k));
  good_ = work_;
  spoiled_ = work_;
}

void Stripe::erase(const ShardSet& erased) {
  work_ = good_;
  const auto all = blocks();
  for (const std::size_t slot : slots_of(erased)) {
    for (std::byte& b : all[slot]) b = ~b;
  }
  spoiled_ = work_;
}

std::vector<Code::MutableBlock> Stripe::blocks() {
  std::vector<Code::MutableBlock> all;
  for (std::size_t slot = 0; slot < shards_; ++slot) {
    all.push_back(std::span(work_).subspan(start(slot), size_));
  }
  return all;
}

std::vector<Code::Block> Stripe::views(const ShardSet& reads) const {
  std::vector<Code::Block> all(shards_);
  for (const std::size_t slot : slots_of(reads)) {
    all[slot] = std::span(good_).subspan(start(slot), size_);
  }
  return all;
}

bool Stripe::matches(std::size_t slot, Code::Block block) const {
  return std::ranges::equal(block, std::span(good_).subspan(start(slot), size_));
}

ShardSet random_slots(std::mt19937& engine, int total, int count) {
  std::vector<std::size_t> slots(static_cast<std::size_t>(total));
  std::iota(slots.begin(), slots.end(), std::size_t{0});
  std::ranges::shuffle(slots, engine);
  ShardSet set;
  for (int i = 0; i < count; ++i) set.set(slots[static_cast<std::size_t>(i)]);
  return set;
}

}  // namespace models::codes
