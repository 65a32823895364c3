#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/codes/code.h"

namespace gui {

/// One stripe of real bytes under the real code: shards are destroyed and come back, and what the
/// code says of it is asked anew each time.
class Stripe final {
 public:
  /// @pre spec is valid
  explicit Stripe(const models::codes::CodeSpec& spec);

  const models::codes::Code& code() const { return *code_; }
  int shards() const { return code_->shape().total(); }
  /// Cuts the bytes into the data shards, the last filled with zeros, and encodes. Nothing is
  /// destroyed after that.
  void fill(std::string_view bytes);
  const std::vector<std::byte>& shard(int slot) const { return now_[as_index(slot)]; }
  std::size_t shard_bytes() const { return shard_bytes_; }

  void destroy(int slot);
  bool destroyed(int slot) const { return erased_.test(as_index(slot)); }
  const models::codes::ShardSet& erased() const { return erased_; }
  bool recoverable() const { return code_->recoverable(erased_); }
  /// Reads that give `slot` back; empty if it is there or cannot be rebuilt.
  std::optional<models::codes::RepairPlan> plan(int slot) const;
  /// The slots that a plan reads, where it has a choice the first.
  models::codes::ShardSet reads(const models::codes::RepairPlan& plan) const;
  /// Rebuilds one shard by its plan. False, and nothing changed, if that is not possible.
  bool rebuild(int slot);
  /// Decodes all that is destroyed at once. False, and nothing changed, if that is not possible.
  bool decode();
  /// What the user stored, from the shards that are there: empty if the code cannot.
  std::optional<std::string> read() const;
  /// Do all shards hold the bytes that they were given?
  bool as_stored() const { return now_ == stored_; }

 private:
  static std::size_t as_index(int slot) { return static_cast<std::size_t>(slot); }

  std::unique_ptr<const models::codes::Code> code_;
  std::size_t bytes_{};
  std::size_t shard_bytes_{1};
  std::vector<std::vector<std::byte>> stored_;
  std::vector<std::vector<std::byte>> now_;
  models::codes::ShardSet erased_;
};

/// "slots 0, 2 and any 3 of 4 to 9": what a plan reads, in words.
std::string plan_text(const models::codes::RepairPlan& plan);

}  // namespace gui
