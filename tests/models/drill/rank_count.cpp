#include "tests/models/drill/rank_count.h"

#include <algorithm>
#include <functional>

namespace models::drill {
namespace {

constexpr std::size_t byte_bits = 8;
constexpr std::size_t word_bits = 64;

bool bit_of(const std::vector<std::uint64_t>& row, std::size_t bit) {
  return ((row[bit / word_bits] >> (bit % word_bits)) & 1U) != 0;
}

}  // namespace

RankCount::RankCount(const codes::Code& code)
    : bits_(byte_bits * static_cast<std::size_t>(code.shape().data)),
      rows_(byte_bits * static_cast<std::size_t>(code.shape().total()),
            Row((bits_ + word_bits - 1) / word_bits)) {
  const auto data = static_cast<std::size_t>(code.shape().data);
  const auto total = static_cast<std::size_t>(code.shape().total());
  // Byte i of the blocks holds data bit i alone: one call gives every column of the generator.
  std::vector<std::vector<std::byte>> stripe(total, std::vector<std::byte>(bits_));
  for (std::size_t bit = 0; bit < bits_; ++bit) {
    stripe[bit / byte_bits][bit] = std::byte{1} << (bit % byte_bits);
  }
  const std::vector<codes::Code::Block> from(stripe.begin(),
                                             stripe.begin() + static_cast<std::ptrdiff_t>(data));
  const std::vector<codes::Code::MutableBlock> to(
      stripe.begin() + static_cast<std::ptrdiff_t>(data), stripe.end());
  code.encode(from, to);
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    for (std::size_t bit = 0; bit < bits_; ++bit) {
      const std::byte value = stripe[row / byte_bits][bit] >> (row % byte_bits);
      if ((value & std::byte{1}) != std::byte{0}) {
        rows_[row][bit / word_bits] |= std::uint64_t{1} << (bit % word_bits);
      }
    }
  }
}

/// Gauss over GF(2): each surviving row is reduced by those kept before it.
bool RankCount::recoverable(const codes::ShardSet& erased) const {
  std::vector<Row> kept(bits_);  // by the bit that leads
  std::size_t rank = 0;
  for (std::size_t i = 0; i < rows_.size() && rank < bits_; ++i) {
    if (erased.test(i / byte_bits)) continue;
    Row row = rows_[i];
    for (std::size_t bit = 0; bit < bits_; ++bit) {
      if (!bit_of(row, bit)) continue;
      if (kept[bit].empty()) {
        kept[bit] = std::move(row);
        ++rank;
        break;
      }
      std::ranges::transform(row, kept[bit], row.begin(), std::bit_xor<>{});
    }
  }
  return rank == bits_;
}

}  // namespace models::drill
