#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace models::codes {

/// A matrix over GF(2^8) with ISA-L's polynomial 0x11d, row by row.
class GfMatrix {
 public:
  GfMatrix(std::size_t rows, std::size_t columns)
      : rows_(rows), columns_(columns), cells_(rows * columns) {}

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  std::uint8_t& at(std::size_t row, std::size_t column) { return cells_[row * columns_ + column]; }
  std::uint8_t at(std::size_t row, std::size_t column) const {
    return cells_[row * columns_ + column];
  }
  std::span<std::uint8_t> row(std::size_t row) {
    return std::span(cells_).subspan(row * columns_, columns_);
  }
  std::span<const std::uint8_t> row(std::size_t row) const {
    return std::span(cells_).subspan(row * columns_, columns_);
  }
  std::span<const std::uint8_t> cells() const { return cells_; }
  std::span<std::uint8_t> cells() { return cells_; }
  /// The given rows, in the given order.
  GfMatrix select(std::span<const std::size_t> rows) const;
  bool operator==(const GfMatrix&) const = default;

 private:
  std::size_t rows_, columns_;
  std::vector<std::uint8_t> cells_;
};

/// Product a b. @pre a.columns() == b.rows().
GfMatrix multiply(const GfMatrix& a, const GfMatrix& b);

/// Number of linearly independent rows.
std::size_t rank(GfMatrix matrix);

/// X with X * sources = targets: each target row as a combination of the source rows, using the
/// first independent ones; the columns of the others are 0. Empty if a target lies outside their
/// span. The answer has been multiplied out and compared.
std::optional<GfMatrix> express(const GfMatrix& sources, const GfMatrix& targets);

}  // namespace models::codes
