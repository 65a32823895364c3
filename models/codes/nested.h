#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/codes/code.h"

namespace models::codes {

/// A code over arrays: the outer code sees arrays as its shards, each array keeps its bytes by the
/// inner code. A mirror of RAID sets, copies on several sites with Reed-Solomon in each, or
/// Reed-Solomon over Reed-Solomon.
///
/// An array whose inner code cannot recover it is lost as a whole, as a controller takes a failed
/// set off line: what its disks still hold does not count, even where it would fill the gaps of
/// another lost array. It is rebuilt from the other arrays, block j from their blocks j: all codes
/// here are linear over one field, so blocks j of the arrays are a word of the outer code, those of
/// the inner parities included.
///
/// Slots: the data of the arrays that hold data, array by array; then their inner parities; then
/// the arrays of the outer code's parity. With copies outside that is array after array.
class Nested final : public Code {
 public:
  /// @pre the product of the two totals is at most 256.
  Nested(std::unique_ptr<const Code> outer, std::unique_ptr<const Code> inner, std::string name);

  Shape shape() const override;
  std::string name() const override { return name_; }
  /// An array falls by tolerance + 1 of its shards, the whole by tolerance + 1 arrays.
  int tolerance() const override;
  int arrays() const override { return static_cast<int>(arrays_); }
  int array_of(int slot) const override;
  bool recoverable(const ShardSet& erased) const override;
  /// What the arrays nearest to their fall, as many as the outer code cannot miss, have come
  /// towards it: what a fallen array loses besides brings no loss nearer.
  int depth(const ShardSet& erased) const override;
  /// Those of fallen arrays.
  ShardSet spent(const ShardSet& erased) const override;
  /// Within the array if it can, else from the other arrays: block j of enough of them where it can
  /// be read, and where too few have it what rebuilds it there.
  std::optional<RepairPlan> repair_plan(const ShardSet& erased, int target) const override;
  void encode(std::span<const Block> data, std::span<const MutableBlock> parity) const override;
  [[nodiscard]] bool decode(std::span<const MutableBlock> shards,
                            const ShardSet& erased) const override;
  [[nodiscard]] bool rebuild(int target, const ShardSet& reads, std::span<const Block> shards,
                             MutableBlock out) const override;

  const Code& outer() const { return *outer_; }
  const Code& inner() const { return *inner_; }

 private:
  /// Slot of block `place` of array `array`.
  std::size_t slot(std::size_t array, std::size_t place) const {
    return slots_[array * width_ + place];
  }
  /// The places of one array that are in `set`; and back.
  ShardSet within(const ShardSet& set, std::size_t array) const;
  ShardSet slots_within(const ShardSet& places, std::size_t array) const;
  ShardSet lost_arrays(const ShardSet& erased) const;
  /// No set of tolerance + 1 arrays can be missed; of outer codes such as a local one some can.
  bool falls_by_count() const { return outer_->tolerance() == outer_->shape().parity; }
  std::optional<RepairPlan> plan_across(const ShardSet& erased, std::size_t array,
                                        std::size_t place) const;
  /// One sufficient set of reads that rebuilds a block inside its array.
  ShardSet reads_inside(const ShardSet& erased, std::size_t array, std::size_t place) const;
  bool rebuild_inside(std::size_t array, std::size_t place, const ShardSet& reads,
                      std::span<const Block> shards, MutableBlock out) const;

  struct Position {
    std::size_t array{};
    std::size_t place{};
  };
  Position position(int slot) const { return positions_[static_cast<std::size_t>(slot)]; }

  std::unique_ptr<const Code> outer_;
  std::unique_ptr<const Code> inner_;
  std::string name_;
  std::size_t arrays_;
  std::size_t width_;  ///< shards of an array
  std::vector<std::size_t> slots_;
  std::vector<Position> positions_;
};

inline constexpr std::array nested_parts{
    CodePart{"outer", "the code over the arrays: each of its shards is an array"},
    CodePart{"inner", "the code inside each array"}};
std::string check_nested(const CodeSpec& spec);
std::unique_ptr<const Code> make_nested(const CodeSpec& spec);

/// The name of a code as part of another's: in brackets if it is made of codes itself.
std::string name_of_part(const Code& code, const CodeSpec& spec);
/// Empty if arrays x shards of an array can be numbered.
std::string check_total(int arrays, int width);

}  // namespace models::codes
