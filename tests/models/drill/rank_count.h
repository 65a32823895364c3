#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/codes/code.h"

namespace models::drill {

/// Which erasure patterns lose data, counted apart from the code's own judgement: what encode()
/// makes of single bits is the code's generator over GF(2), and the data can be read if and only if
/// the surviving rows have full rank, found by elimination. The code is never asked whether a
/// pattern is recoverable.
class RankCount {
 public:
  /// @pre every byte of a parity block depends on the same byte of the data blocks alone, as in
  /// any code over GF(2^8)
  explicit RankCount(const codes::Code& code);

  /// Can the data be read when exactly `erased` are gone? Cost: cubic in the data's bits.
  bool recoverable(const codes::ShardSet& erased) const;

 private:
  /// One bit of a shard as a sum of data bits: 64 of them in a word.
  using Row = std::vector<std::uint64_t>;
  std::size_t bits_;       ///< of the data: 8 of each data shard
  std::vector<Row> rows_;  ///< 8 of each shard, in slot order
};

}  // namespace models::drill
