#include "models/codes/gf_kernel.h"

#include <gtest/gtest.h>
#include <isa-l/erasure_code.h>

#include <random>
#include <vector>

namespace models::codes {
namespace {

TEST(GfKernel, EveryPieceLengthGivesThePlainSumOfProducts) {
  constexpr std::size_t rows = 7;
  constexpr std::size_t columns = 5;
  constexpr std::size_t size = 1021;
  std::mt19937 engine(5);
  GfMatrix m(rows, columns);
  for (auto& cell : m.cells()) cell = static_cast<std::uint8_t>(engine());
  std::vector<std::vector<std::byte>> in(columns, std::vector<std::byte>(size));
  std::vector<const std::byte*> inputs;
  for (auto& block : in) {
    for (std::byte& b : block) b = static_cast<std::byte>(engine() & 0xffU);
    inputs.push_back(block.data());
  }
  std::vector<std::vector<std::byte>> expected(rows, std::vector<std::byte>(size));
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      for (std::size_t i = 0; i < size; ++i) {
        expected[r][i] ^= std::byte{gf_mul(m.at(r, c), static_cast<std::uint8_t>(in[c][i]))};
      }
    }
  }
  const GfKernel kernel(m);
  for (const std::size_t piece :
       {std::size_t{1}, std::size_t{64}, std::size_t{1000}, GfKernel::longest_piece}) {
    std::vector<std::vector<std::byte>> out(rows, std::vector<std::byte>(size, std::byte{0xee}));
    std::vector<std::byte*> outputs;
    outputs.reserve(rows);
    for (auto& block : out) outputs.push_back(block.data());
    kernel.run(inputs, outputs, size, piece);
    EXPECT_EQ(out, expected) << piece;
  }
}

}  // namespace
}  // namespace models::codes
