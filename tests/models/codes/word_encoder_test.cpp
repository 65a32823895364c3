#include "models/codes/word_encoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <vector>

#include "models/codes/measure.h"

namespace models::codes {
namespace {

constexpr std::size_t size = 96;

struct alignas(32) Aligned {
  std::byte bytes[size];
};

/// Parity by the definition: word by word.
std::uint32_t expected_word(const WordEncoder& encoder, const std::vector<Aligned>& data, int row,
                            std::size_t at, std::size_t word_bytes) {
  std::uint32_t sum = 0;
  for (std::size_t column = 0; column < data.size(); ++column) {
    std::uint32_t word = 0;
    std::memcpy(&word, data[column].bytes + at, word_bytes);
    sum ^= encoder.multiply(encoder.coefficient(row, static_cast<int>(column)), word);
  }
  return sum;
}

TEST(WordEncoder, BothKernelsGiveTheParityOfTheDefinitionAtEveryWordSize) {
  std::mt19937 engine(1);
  std::vector<Aligned> data(5);
  for (Aligned& block : data) {
    for (std::byte& byte : block.bytes) byte = static_cast<std::byte>(engine() & 0xFFU);
  }
  for (const int word_bits : {8, 16, 32}) {
    for (const KernelFamily family : {KernelFamily::simd, KernelFamily::scalar}) {
      const WordEncoder encoder(5, 3, word_bits, family);
      std::vector<Aligned> parity(3);
      const std::vector<Code::Block> from(
          {data[0].bytes, data[1].bytes, data[2].bytes, data[3].bytes, data[4].bytes});
      const std::vector<Code::MutableBlock> to({parity[0].bytes, parity[1].bytes, parity[2].bytes});
      encoder.encode(from, to);
      const auto word_bytes = static_cast<std::size_t>(word_bits) / 8;
      for (int row = 0; row < 3; ++row) {
        for (std::size_t at = 0; at < size; at += word_bytes) {
          std::uint32_t word = 0;
          std::memcpy(&word, parity[static_cast<std::size_t>(row)].bytes + at, word_bytes);
          ASSERT_EQ(word, expected_word(encoder, data, row, at, word_bytes))
              << to_string(family) << ", W = " << word_bits << ", row " << row << ", byte " << at;
        }
      }
    }
  }
}

TEST(MeasureCodes, MeasuresLimitsEveryCodeAndEveryWordSize) {
  MeasureOptions options;
  options.threads = 2;
  options.seconds_each = 0;
  options.repetitions = 1;
  options.large_file = options.small_file = 1 << 16;
  int told = 0;
  const auto measured = measure_codes(options, [&told](const Measured&) { ++told; });
  EXPECT_EQ(static_cast<std::size_t>(told), measured.size());
  const auto has = [&](std::string_view kernel, std::string_view code, std::string_view work,
                       int threads) {
    return std::ranges::any_of(measured, [&](const Measured& each) {
      return each.kernel == kernel && each.code == code && each.work == work &&
             each.threads == threads && each.gb_per_s > 0 && each.low <= each.gb_per_s;
    });
  };
  EXPECT_TRUE(has("copy", "", "copy", 1));
  EXPECT_TRUE(has("ISA-L", "", "xor of 10", 2));
  EXPECT_TRUE(has("ISA-L", "RS 10+4", "decode 4", 2));
  EXPECT_TRUE(has("ISA-L", "LRC(12,2,2)", "repair", 1));
  EXPECT_TRUE(has("ISA-L", "3 replicas", "encode", 1));
  EXPECT_TRUE(has("SIMD", "RS 6+3", "encode", 1));
  EXPECT_TRUE(has("scalar tables", "RS 6+3", "encode", 1));
  EXPECT_EQ(word_verdicts(measured).size(), 4U);  // two kernels, blocks of 4 and 16 KiB
}

TEST(WordVerdict, NamesTheFastestWordSizeOfEachBlockAndFile) {
  const auto line = [](std::string kernel, int bits, std::size_t block, double rate) {
    return Measured{std::move(kernel), "RS 6+3", "encode", bits, block, 1024, 1, rate, rate, rate};
  };
  const auto verdicts = word_verdicts({line("SIMD", 8, 4, 6.0),
                                       line("SIMD", 16, 4, 4.0),
                                       line("SIMD", 32, 4, 2.0),
                                       line("scalar tables", 8, 4, 1.0),
                                       line("scalar tables", 16, 4, 1.2),
                                       {"ISA-L", "RS 6+3", "encode", 8, 4, 1024, 1, 9, 9, 9}});
  ASSERT_EQ(verdicts.size(), 2U);
  EXPECT_EQ(verdicts[0].best_word_bits, 8);
  EXPECT_DOUBLE_EQ(verdicts[0].ahead, 1.5);
  EXPECT_EQ(verdicts[1].family, "scalar tables");
  EXPECT_EQ(verdicts[1].best_word_bits, 16);
}

}  // namespace
}  // namespace models::codes
