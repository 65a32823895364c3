#include "models/integrity/crc32c.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <random>
#include <string_view>
#include <vector>

namespace models::integrity {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

std::vector<std::byte> random_bytes(std::size_t size, std::uint32_t seed) {
  std::mt19937 engine(seed);
  std::vector<std::byte> bytes(size);
  for (std::byte& b : bytes) b = static_cast<std::byte>(engine() & 0xffU);
  return bytes;
}

// Bit by bit, straight from the polynomial 0x1EDC6F41 (reflected): the plain reference.
std::uint32_t plain_crc32c(std::span<const std::byte> bytes) {
  std::uint32_t crc = ~0U;
  for (const std::byte b : bytes) {
    crc ^= static_cast<std::uint32_t>(b);
    for (int i = 0; i < 8; ++i) crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0x82f63b78U : 0U);
  }
  return ~crc;
}

TEST(Crc32c, PublishedVectors) {
  EXPECT_EQ(crc32c({}), 0U);
  EXPECT_EQ(crc32c(bytes_of("123456789")), 0xe3069283U);
  // RFC 3720, appendix B.4
  EXPECT_EQ(crc32c(std::vector<std::byte>(32, std::byte{0})), 0x8a9136aaU);
  EXPECT_EQ(crc32c(std::vector<std::byte>(32, std::byte{0xff})), 0x62a8ab43U);
  std::vector<std::byte> ascending(32);
  for (std::size_t i = 0; i < ascending.size(); ++i) ascending[i] = static_cast<std::byte>(i);
  EXPECT_EQ(crc32c(ascending), 0x46dd794eU);
}

TEST(Crc32c, EveryShortLengthAndAlignmentEqualsThePlainReference) {
  const auto bytes = random_bytes(300, 1);
  for (std::size_t start = 0; start < 16; ++start) {
    for (std::size_t size = 0; start + size <= bytes.size(); ++size) {
      const auto part = std::span(bytes).subspan(start, size);
      ASSERT_EQ(crc32c(part), plain_crc32c(part)) << start << " " << size;
    }
  }
}

TEST(Crc32c, CombineAndExtendEqualTheSumOfTheConcatenation) {
  const auto bytes = random_bytes(5000, 2);
  std::mt19937 engine(3);
  for (int i = 0; i < 2000; ++i) {
    const std::size_t end = engine() % (bytes.size() + 1);
    const std::size_t cut = engine() % (end + 1);
    const auto whole = std::span(bytes).first(end);
    const auto a = whole.first(cut);
    const auto b = whole.subspan(cut);
    ASSERT_EQ(crc32c_combine(crc32c(a), crc32c(b), b.size()), crc32c(whole)) << cut << " " << end;
    ASSERT_EQ(crc32c_extend(crc32c(a), b), crc32c(whole)) << cut << " " << end;
  }
}

TEST(Crc32c, CombineIsAssociativeForLengthsBeyondMemory) {
  const std::uint32_t a = 0x12345678U;
  const std::uint32_t b = 0x9abcdef0U;
  const std::uint32_t c = 0x0badcafeU;
  const std::uint64_t length_b = (1ULL << 61) + 12345;
  const std::uint64_t length_c = (1ULL << 62) + 1;
  EXPECT_EQ(crc32c_combine(crc32c_combine(a, b, length_b), c, length_c),
            crc32c_combine(a, crc32c_combine(b, c, length_c), length_b + length_c));
}

TEST(Crc32c, LengthsBeyondAnIntAreRight) {
  // Untouched private memory is one shared page of zeros: this needs no 2 GiB.
  const std::size_t size = (std::size_t{1} << 31) + 4097;
  void* zeros = mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (zeros == MAP_FAILED) GTEST_SKIP() << "no 2 GiB of address space: " << std::strerror(errno);
  const std::uint32_t sum = crc32c({static_cast<const std::byte*>(zeros), size});
  munmap(zeros, size);
  // A zero block doubled 31 times by combine alone, then the rest.
  std::uint32_t expected = crc32c(std::vector<std::byte>(1));
  for (int i = 0; i < 31; ++i) expected = crc32c_combine(expected, expected, 1ULL << i);
  const std::vector<std::byte> rest(4097);
  EXPECT_EQ(sum, crc32c_combine(expected, crc32c(rest), rest.size()));
}

}  // namespace
}  // namespace models::integrity
