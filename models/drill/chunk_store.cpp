#include "models/drill/chunk_store.h"

#include <algorithm>

#include "models/integrity/crc32c.h"

namespace models::drill {

ChunkStore::ChunkStore(const topology::Topology& topology, const placement::PlacementMap& map,
                       std::size_t capacity)
    : topology_(topology),
      width_(map.width()),
      capacity_(capacity),
      disks_(topology.disks()),
      homes_(std::size_t{map.groups()} * map.width(), repair::no_disk) {}

bool ChunkStore::write(std::uint32_t group, std::uint32_t slot, std::uint32_t disk,
                       std::span<const std::byte> bytes) {
  Disk& target = disks_[disk];
  if (!target.working || target.chunks.size() >= capacity_) return false;
  const std::size_t shard = std::size_t{group} * width_ + slot;
  target.chunks[shard] = {{bytes.begin(), bytes.end()}, integrity::crc32c(bytes)};
  homes_[shard] = disk;
  return true;
}

std::optional<codes::Code::Block> ChunkStore::read(std::uint32_t group, std::uint32_t slot,
                                                   std::uint32_t disk) const {
  const auto& chunks = disks_[disk].chunks;
  const auto found = chunks.find(std::size_t{group} * width_ + slot);
  if (found == chunks.end()) return std::nullopt;
  const Chunk& chunk = found->second;
  if (integrity::crc32c(chunk.bytes) != chunk.crc) return std::nullopt;
  return chunk.bytes;
}

bool ChunkStore::lose_disk(std::uint32_t disk, std::vector<repair::LostShard>& shards) {
  if (!disks_[disk].working) return false;
  for (const auto& [shard, chunk] : disks_[disk].chunks) {
    homes_[shard] = repair::no_disk;
    repair::LostShard lost;
    lost.group = static_cast<std::uint32_t>(shard / width_);
    lost.slot = static_cast<std::uint16_t>(shard % width_);
    lost.from_disk = disk;
    shards.push_back(lost);
  }
  disks_[disk].chunks.clear();
  disks_[disk].working = false;
  return true;
}

codes::ShardSet ChunkStore::missing(std::uint32_t group) const {
  codes::ShardSet slots;
  for (std::uint32_t slot = 0; slot < width_; ++slot) {
    if (home(group, slot) == repair::no_disk) slots.set(slot);
  }
  return slots;
}

void ChunkStore::drop_promise(const repair::Task& task) {
  const auto kept = std::ranges::find_if(promises_, [&](const Promise& promise) {
    return promise.group == task.shard.group && promise.disk == task.target;
  });
  if (kept != promises_.end()) promises_.erase(kept);
}

std::int64_t ChunkStore::free_shards(std::uint32_t disk) const {
  if (!working(disk)) return 0;
  const auto taken = static_cast<std::int64_t>(disks_[disk].chunks.size()) +
                     std::ranges::count(promises_, disk, &Promise::disk);
  return static_cast<std::int64_t>(capacity_) - taken;
}

bool ChunkStore::empty(std::uint32_t disk) const {
  return working(disk) && disks_[disk].chunks.empty() &&
         std::ranges::find(promises_, disk, &Promise::disk) == promises_.end();
}

void ChunkStore::members(std::uint32_t group, std::span<std::uint32_t> homes) const {
  const auto all = std::span(homes_).subspan(std::size_t{group} * width_, width_);
  std::ranges::copy(all, homes.begin());
}

void ChunkStore::promised(std::uint32_t group, std::vector<std::uint32_t>& disks) const {
  for (const Promise& promise : promises_) {
    if (promise.group == group) disks.push_back(promise.disk);
  }
}

void ChunkStore::outstanding(std::span<std::uint32_t> per_machine) const {
  for (const Promise& promise : promises_) ++per_machine[topology_.machine_of(promise.disk)];
}

}  // namespace models::drill
