#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "models/codes/code.h"
#include "models/codes/linear_code.h"

namespace models::codes {

/// Systematic Reed-Solomon by a Cauchy matrix over GF(2^8): parity row i (k <= i < k+m) holds
/// 1/(i xor j) in column j (j < k). Row and column numbers never meet, so every square part of it
/// is invertible and any k shards give back the data, for every k + m <= 256.
class ReedSolomon final : public LinearCode {
 public:
  /// @pre data >= 1, parity >= 0 (0 is plain striping), data + parity <= 256.
  ReedSolomon(int data, int parity);

  std::string name() const override;
  int tolerance() const override { return shape().parity; }
  /// Counts: equal to the rank for this matrix, and the tests compare the two.
  bool recoverable(const ShardSet& erased) const override;
  /// Any k of the survivors.
  std::optional<RepairPlan> repair_plan(const ShardSet& erased, int target) const override;
};

inline constexpr std::array reed_solomon_parameters{
    CodeParameter{"data", 1, 255, "shards that hold the data"},
    CodeParameter{"parity", 0, 255, "further shards: as many may be lost"}};
std::string check_reed_solomon(const CodeSpec& spec);
std::unique_ptr<const Code> make_reed_solomon(const CodeSpec& spec);

}  // namespace models::codes
