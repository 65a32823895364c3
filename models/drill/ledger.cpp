#include "models/drill/ledger.h"

#include <algorithm>
#include <cstring>

#include "models/drill/draws.h"
#include "models/integrity/crc32c.h"

namespace models::drill {

Ledger::Ledger(const codes::Code& code, std::uint64_t seed, std::uint64_t mission,
               std::uint32_t groups, std::size_t object_bytes)
    : code_(code),
      seed_(seed),
      mission_(mission),
      object_bytes_(object_bytes),
      shard_bytes_((object_bytes + static_cast<std::size_t>(code.shape().data) - 1) /
                   static_cast<std::size_t>(code.shape().data)),
      versions_(groups),
      contents_(groups) {}

std::vector<std::byte> Ledger::make_content(std::uint32_t group, std::uint32_t version) const {
  sim::Stream stream = stream_for(seed_, mission_, contents, group, version);
  std::vector<std::byte> bytes(object_bytes_);
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(std::uint64_t)) {
    const std::uint64_t bits = stream.bits();
    std::memcpy(bytes.data() + at, &bits, std::min(sizeof bits, bytes.size() - at));
  }
  return bytes;
}

std::vector<std::byte> Ledger::record(std::uint32_t group, std::uint32_t slot,
                                      std::uint32_t version,
                                      std::span<const std::byte> content) const {
  const auto width = static_cast<std::size_t>(code_.shape().total());
  const auto data = static_cast<std::size_t>(code_.shape().data);
  std::vector<std::byte> stripe(width * shard_bytes_);
  std::ranges::copy(content, stripe.begin());
  std::vector<codes::Code::Block> from;
  std::vector<codes::Code::MutableBlock> to;
  for (std::size_t i = 0; i < width; ++i) {
    const auto shard = std::span(stripe).subspan(i * shard_bytes_, shard_bytes_);
    if (i < data) {
      from.emplace_back(shard);
    } else {
      to.push_back(shard);
    }
  }
  if (slot >= data) code_.encode(from, to);
  const auto shard = std::span(stripe).subspan(slot * shard_bytes_, shard_bytes_);
  std::vector<std::byte> result(header_bytes + shard_bytes_);
  write_header(
      {{group, static_cast<std::uint16_t>(slot), version}, shard_bytes_, integrity::crc32c(shard)},
      std::span(result).first(header_bytes));
  std::ranges::copy(shard, result.begin() + header_bytes);
  return result;
}

codes::ShardSet Ledger::damaged(std::uint32_t group, const ObjectStore& store) const {
  const Entry& entry = store.catalogue().entry(group);
  const Disks& disks = store.disks();
  codes::ShardSet damaged = entry.missing;
  std::vector<std::byte> buffer;
  for (std::uint32_t slot = 0; slot < entry.homes.size(); ++slot) {
    const Home& home = entry.homes[slot];
    if (damaged.test(slot)) continue;
    if (!disks.working(home.disk)) {
      damaged.set(slot);
    } else if (disks.excused(home.disk, home.place)) {
      const auto raw = disks.read(home.disk, home.place, buffer);
      damaged.set(slot,
                  !std::ranges::equal(raw, record(group, slot, entry.version, contents_[group])));
    }
  }
  return damaged;
}

bool Ledger::same(std::uint32_t group, std::span<const codes::Code::Block> data) const {
  std::span<const std::byte> left = contents_[group];
  for (const codes::Code::Block block : data) {
    const std::size_t held = std::min(left.size(), block.size());
    if (std::memcmp(block.data(), left.data(), held) != 0) return false;
    left = left.subspan(held);
  }
  return left.empty();
}

}  // namespace models::drill
