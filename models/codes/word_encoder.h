#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "models/codes/code.h"

namespace models::codes {

/// How a field is multiplied: with vector instructions (gf-complete, Plank et al., FAST 2013), or
/// one word at a time from tables, as the coders of the first Hadoop stores did.
enum class KernelFamily : std::uint8_t { simd, scalar };
std::string_view to_string(KernelFamily family);

/// Reed-Solomon parity (Cauchy) over GF(2^w) with words of w = 8, 16 or 32 bits: for measuring how
/// the word size tells on speed. The codes of the product are over GF(2^8) by ISA-L. Immutable.
class WordEncoder {
 public:
  /// @pre word_bits is 8, 16 or 32; data >= 1; parity >= 1; data + parity <= 256
  WordEncoder(int data, int parity, int word_bits, KernelFamily family);
  ~WordEncoder();
  WordEncoder(const WordEncoder&) = delete;
  WordEncoder& operator=(const WordEncoder&) = delete;

  /// Fills the parity blocks. The tables of the scalar family are built anew in each call, as they
  /// depend on the coefficients. @pre all blocks have one size, a multiple of 32 bytes, and are
  /// aligned to 32 bytes
  void encode(std::span<const Code::Block> data, std::span<const Code::MutableBlock> parity) const;

  std::uint32_t coefficient(int row, int column) const;
  /// Product in the field.
  std::uint32_t multiply(std::uint32_t a, std::uint32_t b) const;

 private:
  void add_product(Code::Block from, Code::MutableBlock to, std::uint32_t factor, bool add) const;

  struct Field;
  std::unique_ptr<Field> field_;
  std::size_t columns_;
  std::size_t rows_;
  int word_bits_;
  KernelFamily family_;
  std::vector<std::uint32_t> coefficients_;
};

}  // namespace models::codes
