#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace models::codes {

inline constexpr std::size_t max_shards = 256;

/// A set of shard slots of one stripe: bit i is slot i.
using ShardSet = std::bitset<max_shards>;

struct Shape {
  int data{};    ///< k: shards that hold the user's bytes; slots [0, k)
  int parity{};  ///< m: further shards; slots [k, k+m)
  int total() const { return data + parity; }
  bool operator==(const Shape&) const = default;
};

/// What rebuilding one lost shard reads: all of `required`, and any `any_count` out of `any_of`
/// (the caller chooses, e.g. the least loaded). Slots are disjoint and none of them is erased.
struct RepairPlan {
  ShardSet required;
  ShardSet any_of;
  int any_count{};
  int reads() const { return static_cast<int>(required.count()) + any_count; }
};

/// An erasure code on real bytes. The simulator asks this very object whether a pattern is lost and
/// what a repair reads, and the drill runs its bytes. Immutable; safe to share between threads.
class Code {
 public:
  using Block = std::span<const std::byte>;
  using MutableBlock = std::span<std::byte>;

  virtual ~Code() = default;

  virtual Shape shape() const = 0;
  /// For people and results: "3 replicas", "RS 6+3".
  virtual std::string name() const = 0;
  /// Stored bytes per user byte, e.g. 1.5 for RS 6+3.
  virtual double overhead() const;
  /// Largest number d such that every pattern of d erasures is recoverable (m for MDS codes).
  virtual int tolerance() const = 0;
  /// Arrays that the shards form: those of a mirror or of any code over codes; else one.
  virtual int arrays() const { return 1; }
  /// The array of a slot, [0, arrays()). @pre 0 <= slot < total
  virtual int array_of(int /*slot*/) const { return 0; }
  /// Can the data be read when exactly `erased` are gone? By rank of the generator, not by
  /// counting.
  virtual bool recoverable(const ShardSet& erased) const = 0;
  /// How far a pattern has come towards a loss: 0 if nothing is gone, never less for more gone, at
  /// most one more for one more, and more than tolerance() where the data cannot be read. The
  /// number gone, unless a code says better.
  virtual int depth(const ShardSet& erased) const { return static_cast<int>(erased.count()); }
  /// Slots of which it no longer matters whether they are gone too.
  virtual ShardSet spent(const ShardSet& /*erased*/) const { return {}; }
  /// Reads that rebuild `target` when `erased` (which contains it) are gone; empty if not possible.
  virtual std::optional<RepairPlan> repair_plan(const ShardSet& erased, int target) const = 0;
  /// Fills the m parity blocks from the k data blocks. @pre all blocks have one size > 0.
  virtual void encode(std::span<const Block> data, std::span<const MutableBlock> parity) const = 0;
  /// Rebuilds the blocks in `erased` in place from the others; `shards` holds all k+m blocks in
  /// slot order. Returns false, with nothing written, if the pattern is not recoverable.
  [[nodiscard]] virtual bool decode(std::span<const MutableBlock> shards,
                                    const ShardSet& erased) const = 0;
  /// Rebuilds the one block `target` into `out` from the chosen `reads` (a choice that satisfies a
  /// repair_plan); entries of `shards` outside `reads` may be empty. False if `reads` do not
  /// suffice.
  [[nodiscard]] virtual bool rebuild(int target, const ShardSet& reads,
                                     std::span<const Block> shards, MutableBlock out) const = 0;
};

/// Shards read to rebuild one when all others are there, averaged over which one is lost; 0 where a
/// loss cannot be rebuilt. k for Reed-Solomon, 1 for copies.
double mean_repair_reads(const Code& code);

/// A code as a scenario names it: {"kind": "reed-solomon", "data": 6, "parity": 3}; a code over
/// codes has others inside: {"kind": "mirror", "copies": 2, "inside": {...}}.
struct CodeSpec {
  std::string kind;
  std::map<std::string, int> parameters;
  std::vector<CodeSpec> parts = {};  ///< the codes inside, in the order of CodeKind::parts
  bool operator==(const CodeSpec&) const = default;
};

/// One whole-number parameter of a kind, with its allowed range.
struct CodeParameter {
  std::string_view name;
  int low{};
  int high{};
  std::string_view meaning;
};

/// One code inside a code.
struct CodePart {
  std::string_view name;
  std::string_view meaning;
};

/// Codes within codes within codes: so deep at most.
inline constexpr int most_levels = 4;

/// What a kind's check() begins with: empty if `spec` has all of `parameters` in range and no
/// other, and a valid code for each of `parts`; else the first fault ("parity must be 0 to 255, got
/// -1").
std::string check_parameters(const CodeSpec& spec, std::span<const CodeParameter> parameters,
                             std::span<const CodePart> parts = {});

/// A line of the table of codes: adding a code is a file pair and a line in all_codes.cpp.
struct CodeKind {
  std::string_view name;
  std::string_view meaning;
  std::span<const CodeParameter> parameters;
  /// Empty string if the parameters fit together, else what is wrong ("data + parity must be <=
  /// 256").
  std::string (*check)(const CodeSpec&);
  std::unique_ptr<const Code> (*make)(const CodeSpec&);
  std::span<const CodePart> parts = {};
};

/// The whole registry; also fills the scenario reader's choices and --list.
std::span<const CodeKind> all_codes();
const CodeKind* find_code(std::string_view kind);
/// @pre spec is valid (kind known, check() is empty).
std::unique_ptr<const Code> make_code(const CodeSpec& spec);

}  // namespace models::codes
