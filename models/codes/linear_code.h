#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "models/codes/code.h"
#include "models/codes/gf_kernel.h"
#include "models/codes/gf_matrix.h"

namespace models::codes {

/// Any systematic linear code over GF(2^8), given by its parity rows: encodes, decodes and
/// rebuilds, and judges patterns by the rank of the generator's surviving rows. A kind derives from
/// it and adds its name, tolerance and, where it has a choice of reads, its repair plan.
class LinearCode : public Code {
 public:
  Shape shape() const final { return shape_; }
  bool recoverable(const ShardSet& erased) const override;
  /// Reads one sufficient set, all required: what express() picks from the survivors.
  std::optional<RepairPlan> repair_plan(const ShardSet& erased, int target) const override;
  void encode(std::span<const Block> data, std::span<const MutableBlock> parity) const final;
  [[nodiscard]] bool decode(std::span<const MutableBlock> shards,
                            const ShardSet& erased) const final;
  [[nodiscard]] bool rebuild(int target, const ShardSet& reads, std::span<const Block> shards,
                             MutableBlock out) const final;

  /// k+m rows by k columns; the first k rows are the identity.
  const GfMatrix& generator() const { return generator_; }
  /// Independent rows among those of `slots`; k means that they give back the data.
  int rank_of(const ShardSet& slots) const;

 protected:
  /// @pre `generator` has at least one column, at most max_shards rows, and starts with the
  /// identity.
  explicit LinearCode(GfMatrix generator);

  /// All slots but the erased ones. @pre only slots of this code are erased.
  ShardSet survivors(const ShardSet& erased) const;

 private:
  GfMatrix generator_;
  Shape shape_;
  GfKernel encoder_;
};

}  // namespace models::codes
