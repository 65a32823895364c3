#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "models/codes/gf_matrix.h"

namespace models::codes {

/// A matrix over GF(2^8) ready to be applied to blocks of bytes by ISA-L, whose vector code is
/// chosen at run time. Immutable; safe to share between threads.
class GfKernel {
 public:
  /// ISA-L counts bytes in an int; longer blocks go in pieces.
  static constexpr std::size_t longest_piece = std::size_t{1} << 30;

  /// @pre at most 256 rows and columns.
  explicit GfKernel(const GfMatrix& coefficients);

  /// outputs[r] = sum over c of coefficients(r, c) * inputs[c], for `size` bytes each.
  /// @pre one pointer per row and column; no output overlaps another block; 1 <= piece <=
  /// longest_piece.
  void run(std::span<const std::byte* const> inputs, std::span<std::byte* const> outputs,
           std::size_t size, std::size_t piece = longest_piece) const;

 private:
  std::size_t rows_, columns_;
  std::vector<std::uint8_t> tables_;  // 32 bytes per coefficient, ISA-L's layout
};

}  // namespace models::codes
