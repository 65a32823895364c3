#include "models/codes/gf_matrix.h"

#include <isa-l/erasure_code.h>

#include <algorithm>
#include <array>

#include "sim/contract.h"

namespace models::codes {
namespace {

using Products = std::array<std::array<std::uint8_t, 256>, 256>;

// gf_mul is a call with four look-ups; elimination of 128 + 128 needs millions of products.
const Products& products() {
  static const Products table = [] {
    Products t{};
    for (std::size_t a = 0; a < t.size(); ++a) {
      for (std::size_t b = 0; b < t.size(); ++b) {
        t[a][b] = gf_mul(static_cast<unsigned char>(a), static_cast<unsigned char>(b));
      }
    }
    return t;
  }();
  return table;
}

// to += factor * from
void add_multiple(std::span<std::uint8_t> to, std::uint8_t factor,
                  std::span<const std::uint8_t> from) {
  const auto& times = products()[factor];
  for (std::size_t i = 0; i < to.size(); ++i) to[i] ^= times[from[i]];
}

void scale(std::span<std::uint8_t> row, std::uint8_t factor) {
  const auto& times = products()[factor];
  for (std::uint8_t& cell : row) cell = times[cell];
}

// Gauss-Jordan over the first `columns` columns; entry r of the answer is the pivot column of row
// r, and the rows behind the last pivot are 0 in those columns. Zero factors are skipped, so the
// unit rows of a systematic code cost nothing.
std::vector<std::size_t> reduce(GfMatrix& matrix, std::size_t columns) {
  std::vector<std::size_t> pivots;
  for (std::size_t column = 0; column < columns && pivots.size() < matrix.rows(); ++column) {
    const std::size_t top = pivots.size();
    std::size_t found = top;
    while (found < matrix.rows() && matrix.at(found, column) == 0) ++found;
    if (found == matrix.rows()) continue;
    if (found != top) std::ranges::swap_ranges(matrix.row(found), matrix.row(top));
    // Everything left of the pivot is 0 in its row.
    const auto pivot = matrix.row(top).subspan(column);
    if (pivot[0] != 1) scale(pivot, gf_inv(pivot[0]));
    for (std::size_t row = 0; row < matrix.rows(); ++row) {
      const std::uint8_t factor = matrix.at(row, column);
      if (row != top && factor != 0) add_multiple(matrix.row(row).subspan(column), factor, pivot);
    }
    pivots.push_back(column);
  }
  return pivots;
}

}  // namespace

GfMatrix GfMatrix::select(std::span<const std::size_t> rows) const {
  GfMatrix chosen(rows.size(), columns_);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECTS(rows[i] < rows_);
    std::ranges::copy(row(rows[i]), chosen.row(i).begin());
  }
  return chosen;
}

GfMatrix multiply(const GfMatrix& a, const GfMatrix& b) {
  EXPECTS(a.columns() == b.rows());
  GfMatrix product(a.rows(), b.columns());
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.columns(); ++j) {
      if (a.at(i, j) != 0) add_multiple(product.row(i), a.at(i, j), b.row(j));
    }
  }
  return product;
}

std::size_t rank(GfMatrix matrix) { return reduce(matrix, matrix.columns()).size(); }

std::optional<GfMatrix> express(const GfMatrix& sources, const GfMatrix& targets) {
  EXPECTS(sources.columns() == targets.columns());
  // One equation per column of the sources: sum_j x[t][j] sources[j][i] = targets[t][i].
  const std::size_t unknowns = sources.rows();
  GfMatrix system(sources.columns(), unknowns + targets.rows());
  for (std::size_t i = 0; i < system.rows(); ++i) {
    for (std::size_t j = 0; j < unknowns; ++j) system.at(i, j) = sources.at(j, i);
    for (std::size_t t = 0; t < targets.rows(); ++t) system.at(i, unknowns + t) = targets.at(t, i);
  }
  const std::vector<std::size_t> pivots = reduce(system, unknowns);
  GfMatrix answer(targets.rows(), unknowns);
  for (std::size_t t = 0; t < targets.rows(); ++t) {
    for (std::size_t r = 0; r < pivots.size(); ++r) {
      answer.at(t, pivots[r]) = system.at(r, unknowns + t);
    }
  }
  // Also what tells a target outside the span. Wrong bytes must never be written, in any build.
  if (multiply(answer, sources) != targets) return std::nullopt;
  return answer;
}

}  // namespace models::codes
