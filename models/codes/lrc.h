#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "models/codes/code.h"
#include "models/codes/linear_code.h"

namespace models::codes {

/// Local reconstruction code LRC(k, l, r) in the notation of Huang et al., Erasure Coding in
/// Windows Azure Storage, USENIX ATC 2012: k data shards in l groups of equal size, one parity (the
/// XOR) for each group and r parities over all data. Slots: data by group, then the local parities,
/// then the global ones. One lost shard of a group is rebuilt from the k / l others of its group.
class Lrc final : public LinearCode {
 public:
  /// @pre local >= 1 divides data, global >= 0, data + local + global <= 256.
  Lrc(int data, int local, int global);

  std::string name() const override;
  /// global + 1: the most that any code of this locality can promise (Gopalan et al., On the
  /// Locality of Codeword Symbols, IEEE Trans. IT 58, 2012), and both constructions reach it.
  int tolerance() const override { return global_ + 1; }
  /// The group's others if they are whole, else one sufficient set of the survivors.
  std::optional<RepairPlan> repair_plan(const ShardSet& erased, int target) const override;

  /// Does the code recover every pattern that any code of this layout can? True for one group, for
  /// r <= 1, and for r = 2 with at most 17 groups of at most 15: there the coefficients meet the
  /// conditions of Huang et al., section 2.2. Elsewhere it is a pyramid code (Huang, Chen, Li, IEEE
  /// NCA 2007): every r + 1 erasures are recovered, of the larger patterns maybe not all.
  bool maximally_recoverable() const;

  /// Slots of group `index`, its local parity included.
  ShardSet group(int index) const;

 private:
  int group_size() const { return shape().data / local_; }

  int local_;
  int global_;
};

inline constexpr std::array lrc_parameters{
    CodeParameter{"data", 1, 254, "shards that hold the data"},
    CodeParameter{"local_parity", 1, 128, "groups of data shards, each with one parity of its own"},
    CodeParameter{"global_parity", 0, 254, "parities over all data shards"}};
std::string check_lrc(const CodeSpec& spec);
std::unique_ptr<const Code> make_lrc(const CodeSpec& spec);

}  // namespace models::codes
