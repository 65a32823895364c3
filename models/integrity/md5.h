#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>

namespace models::integrity {

/// An MD5 digest (RFC 1321). Here a check of transport at the edge, not of who sent it.
using Md5 = std::array<std::byte, 16>;

/// The digest of bytes that come in pieces.
Md5 md5(std::span<const std::span<const std::byte>> pieces);
Md5 md5(std::span<const std::byte> bytes);

/// 32 digits, lower case.
std::string hex(const Md5& digest);

}  // namespace models::integrity
