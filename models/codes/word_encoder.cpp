#include "models/codes/word_encoder.h"

extern "C" {
#include <gf_complete.h>
}

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

#include "sim/contract.h"

namespace models::codes {
namespace {

/// One table for a whole word: 256 entries of 8 bits, or 65,536 of 16.
template <class Word, class Multiply>
void multiply_by_table(Code::Block from, Code::MutableBlock to, bool add,
                       const Multiply& multiply) {
  std::vector<Word> table(std::size_t{1} << (8 * sizeof(Word)));
  for (std::size_t i = 0; i < table.size(); ++i) {
    table[i] = static_cast<Word>(multiply(static_cast<std::uint32_t>(i)));
  }
  for (std::size_t at = 0; at < from.size(); at += sizeof(Word)) {
    Word word;
    std::memcpy(&word, from.data() + at, sizeof word);
    Word sum = 0;
    if (add) std::memcpy(&sum, to.data() + at, sizeof sum);
    sum = static_cast<Word>(sum ^ table[word]);
    std::memcpy(to.data() + at, &sum, sizeof sum);
  }
}

/// A word of 32 bits needs a table for each of its bytes.
template <class Multiply>
void multiply_by_four_tables(Code::Block from, Code::MutableBlock to, bool add,
                             const Multiply& multiply) {
  std::array<std::array<std::uint32_t, 256>, 4> tables;  // NOLINT(*-member-init): filled below
  for (std::uint32_t byte = 0; byte < 4; ++byte) {
    for (std::uint32_t i = 0; i < 256; ++i) tables[byte][i] = multiply(i << (8 * byte));
  }
  for (std::size_t at = 0; at < from.size(); at += sizeof(std::uint32_t)) {
    std::uint32_t word = 0;
    std::memcpy(&word, from.data() + at, sizeof word);
    std::uint32_t sum = 0;
    if (add) std::memcpy(&sum, to.data() + at, sizeof sum);
    sum ^= tables[0][word & 0xFFU] ^ tables[1][word >> 8U & 0xFFU] ^
           tables[2][word >> 16U & 0xFFU] ^ tables[3][word >> 24U];
    std::memcpy(to.data() + at, &sum, sizeof sum);
  }
}

}  // namespace

std::string_view to_string(KernelFamily family) {
  return family == KernelFamily::simd ? "SIMD" : "scalar tables";
}

struct WordEncoder::Field {
  explicit Field(int word_bits) {
    if (gf_init_easy(&gf, word_bits) == 0) {
      throw std::runtime_error("gf-complete gives no field of this word size");
    }
  }
  Field(const Field&) = delete;
  Field& operator=(const Field&) = delete;
  ~Field() { gf_free(&gf, 0); }
  // gf-complete reads its tables through non-const pointers.
  mutable gf_t gf{};
};

WordEncoder::WordEncoder(int data, int parity, int word_bits, KernelFamily family)
    : field_(std::make_unique<Field>(word_bits)),
      columns_(static_cast<std::size_t>(data)),
      rows_(static_cast<std::size_t>(parity)),
      word_bits_(word_bits),
      family_(family) {
  EXPECTS(word_bits == 8 || word_bits == 16 || word_bits == 32);
  EXPECTS(data >= 1 && parity >= 1 && data + parity <= static_cast<int>(max_shards));
  for (std::uint32_t row = 0; row < rows_; ++row) {
    for (std::uint32_t column = 0; column < columns_; ++column) {
      // Cauchy: 1 / (x + y), x and y distinct.
      const std::uint32_t sum = (static_cast<std::uint32_t>(columns_) + row) ^ column;
      coefficients_.push_back(field_->gf.inverse.w32(&field_->gf, sum));
    }
  }
}

WordEncoder::~WordEncoder() = default;

std::uint32_t WordEncoder::coefficient(int row, int column) const {
  return coefficients_[static_cast<std::size_t>(row) * columns_ + static_cast<std::size_t>(column)];
}

std::uint32_t WordEncoder::multiply(std::uint32_t a, std::uint32_t b) const {
  return field_->gf.multiply.w32(&field_->gf, a, b);
}

void WordEncoder::add_product(Code::Block from, Code::MutableBlock to, std::uint32_t factor,
                              bool add) const {
  const auto product = [&](std::uint32_t word) { return multiply(factor, word); };
  if (family_ == KernelFamily::simd) {
    // gf-complete only reads through its non-const source.
    field_->gf.multiply_region.w32(&field_->gf, const_cast<std::byte*>(from.data()), to.data(),
                                   factor, static_cast<int>(from.size()), add ? 1 : 0);
  } else if (word_bits_ == 8) {
    multiply_by_table<std::uint8_t>(from, to, add, product);
  } else if (word_bits_ == 16) {
    multiply_by_table<std::uint16_t>(from, to, add, product);
  } else {
    multiply_by_four_tables(from, to, add, product);
  }
}

void WordEncoder::encode(std::span<const Code::Block> data,
                         std::span<const Code::MutableBlock> parity) const {
  EXPECTS(data.size() == columns_ && parity.size() == rows_);
  for (std::size_t row = 0; row < rows_; ++row) {
    for (std::size_t column = 0; column < columns_; ++column) {
      add_product(data[column], parity[row], coefficients_[row * columns_ + column], column > 0);
    }
  }
}

}  // namespace models::codes
