#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "models/codes/code.h"
#include "models/drill/object_store.h"

namespace models::drill {

/// What the users of a drill know: which bytes were acknowledged. It judges the store by comparing
/// raw bytes, and never asks how the store verifies them.
class Ledger {
 public:
  Ledger(const codes::Code& code, std::uint64_t seed, std::uint64_t mission, std::uint32_t groups,
         std::size_t object_bytes);

  std::uint32_t version(std::uint32_t group) const { return versions_[group]; }
  /// The bytes of an object as acknowledged.
  std::span<const std::byte> content(std::uint32_t group) const { return contents_[group]; }
  /// The bytes that a version of an object has: its writer's.
  std::vector<std::byte> make_content(std::uint32_t group, std::uint32_t version) const;
  void acknowledge(std::uint32_t group, std::uint32_t version, std::vector<std::byte> content) {
    versions_[group] = version;
    contents_[group] = std::move(content);
  }

  /// The record of a shard as it should lie on its disk.
  std::vector<std::byte> record(std::uint32_t group, std::uint32_t slot, std::uint32_t version,
                                std::span<const std::byte> content) const;
  /// Shards whose bytes are gone, or are not those acknowledged where an injected fault excuses it:
  /// the erasure pattern that the store has to cope with.
  codes::ShardSet damaged(std::uint32_t group, const ObjectStore& store) const;
  /// Are these data shards the object as acknowledged, byte for byte?
  bool same(std::uint32_t group, std::span<const codes::Code::Block> data) const;

 private:
  const codes::Code& code_;
  std::uint64_t seed_;
  std::uint64_t mission_;
  std::size_t object_bytes_;
  std::size_t shard_bytes_;
  std::vector<std::uint32_t> versions_;
  std::vector<std::vector<std::byte>> contents_;
};

}  // namespace models::drill
