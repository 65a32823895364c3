#include "models/integrity/crc32c.h"

#include <isa-l/crc.h>

#include <algorithm>
#include <array>

namespace models::integrity {
namespace {

// Polynomials over GF(2) modulo Castagnoli's, reflected as in RFC 3720: bit 31 is x^0, bit 0 x^31.
constexpr std::uint32_t castagnoli = 0x82f63b78U;
constexpr std::uint32_t x_to_the_8 = 1U << (31 - 8);

constexpr std::uint32_t multiply(std::uint32_t a, std::uint32_t b) {
  std::uint32_t product = 0;
  for (std::uint32_t power = 1U << 31; power != 0; power >>= 1) {
    if ((a & power) != 0) product ^= b;
    b = (b >> 1) ^ ((b & 1U) != 0 ? castagnoli : 0U);  // b * x
  }
  return product;
}

// shifts[i] = x^(8 * 2^i): appends 2^i zero bytes.
constexpr std::array<std::uint32_t, 64> shifts = [] {
  std::array<std::uint32_t, 64> powers{};
  powers[0] = x_to_the_8;
  for (std::size_t i = 1; i < powers.size(); ++i) {
    powers[i] = multiply(powers[i - 1], powers[i - 1]);
  }
  return powers;
}();

}  // namespace

std::uint32_t crc32c(std::span<const std::byte> bytes) { return crc32c_extend(0, bytes); }

std::uint32_t crc32c_extend(std::uint32_t crc, std::span<const std::byte> more) {
  constexpr std::size_t piece = std::size_t{1} << 30;  // ISA-L's length is an int
  std::uint32_t state = ~crc;
  while (!more.empty()) {
    const auto part = more.first(std::min(piece, more.size()));
    // ISA-L only reads through its non-const pointer.
    auto* start = const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(part.data()));
    state = crc32_iscsi(start, static_cast<int>(part.size()), state);
    more = more.subspan(part.size());
  }
  return ~state;
}

std::uint32_t crc32c_combine(std::uint32_t crc_a, std::uint32_t crc_b, std::uint64_t length_b) {
  // The all-ones start of B's sum and the final inversion of A's cancel, so A's sum only moves up.
  for (std::size_t i = 0; length_b != 0; ++i, length_b >>= 1) {
    if ((length_b & 1U) != 0) crc_a = multiply(crc_a, shifts[i]);
  }
  return crc_a ^ crc_b;
}

}  // namespace models::integrity
