#include "models/fleet/block_store.h"

#include <fmt/format.h>

#include "models/input/file_bytes.h"

namespace models::fleet {

void BlockStore::add(BlockSums block) {
  const std::scoped_lock lock(mutex_);
  blocks_[{std::move(block.stage), block.first, block.end}] = {std::move(block.words), false};
}

std::optional<std::string> BlockStore::use(std::string_view stage, std::uint64_t first,
                                           std::uint64_t end) {
  const std::scoped_lock lock(mutex_);
  const auto found = blocks_.find({std::string(stage), first, end});
  if (found == blocks_.end()) return std::nullopt;
  found->second.used = true;
  return found->second.words;
}

void BlockStore::played(BlockSums block) {
  const std::scoped_lock lock(mutex_);
  blocks_[{std::move(block.stage), block.first, block.end}] = {std::move(block.words), true};
  ++news_;
}

std::uint64_t BlockStore::news() const {
  const std::scoped_lock lock(mutex_);
  return news_;
}

std::vector<BlockSums> BlockStore::some(bool used_alone) const {
  const std::scoped_lock lock(mutex_);
  std::vector<BlockSums> blocks;
  for (const auto& [key, entry] : blocks_) {
    if (entry.used || !used_alone) blocks.push_back({key.stage, key.first, key.end, entry.words});
  }
  return blocks;
}

std::vector<BlockSums> BlockStore::all() const { return some(false); }
std::vector<BlockSums> BlockStore::used() const { return some(true); }

std::string stage_name(std::string_view what, sim::Method method,
                       const sim::RareOptions& settings) {
  constexpr std::size_t digits = 16;
  const std::string digest = scenario::sha256_of(sim::words_of(settings));
  return fmt::format("{}, {} {}", what, sim::to_string(method), digest.substr(0, digits));
}

}  // namespace models::fleet
