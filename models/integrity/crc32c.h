#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace models::integrity {

/// CRC-32C (Castagnoli) of `bytes`, any length, 0 for none. Source: RFC 3720, section 12.1 and
/// appendix B.4.
std::uint32_t crc32c(std::span<const std::byte> bytes);

/// CRC-32C of what gave `crc`, followed by `more`: a stream is summed piece by piece, from crc 0.
std::uint32_t crc32c_extend(std::uint32_t crc, std::span<const std::byte> more);

/// CRC-32C of A followed by B, from the sums of the two and B's length in bytes: how a write path
/// checks the sums of its parts against the whole. O(log length_b), no byte is read.
std::uint32_t crc32c_combine(std::uint32_t crc_a, std::uint32_t crc_b, std::uint64_t length_b);

}  // namespace models::integrity
