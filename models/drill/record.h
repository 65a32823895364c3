#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace models::drill {

/// Which shard of which object, and which version of it.
struct Identity {
  std::uint32_t group{};
  std::uint16_t slot{};
  std::uint32_t version{};  ///< from 1 on; 0: never written
  bool operator==(const Identity&) const = default;
};

/// What lies in front of a shard's bytes on a disk. It names the shard, so that a write that went
/// astray or never came is noticed although its bytes agree with their sum.
struct Header {
  Identity identity;
  std::uint64_t length{};  ///< bytes of the shard
  std::uint32_t crc{};     ///< CRC32C of these bytes
  bool operator==(const Header&) const = default;
};

/// Bytes of a header; the shard follows, aligned as a cache line.
inline constexpr std::size_t header_bytes = 64;

/// @pre into.size() == header_bytes
void write_header(const Header& header, std::span<std::byte> into);

/// The header of a record, if its own CRC32C holds; else nothing.
std::optional<Header> read_header(std::span<const std::byte> record);

/// The shard's bytes within a record. @pre record.size() >= header_bytes
inline std::span<const std::byte> payload(std::span<const std::byte> record) {
  return record.subspan(header_bytes);
}

}  // namespace models::drill
