#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "models/codes/code.h"

namespace models::codes {

/// Answers of a code that were asked for lately: whoever looks at one group after another asks
/// about few patterns again and again. One per thread. @pre the code outlives it
class CodeMemo {
 public:
  explicit CodeMemo(const Code& code) : code_(&code) {}

  bool recoverable(const ShardSet& erased) { return pattern(erased).recoverable; }
  int depth(const ShardSet& erased) { return pattern(erased).depth; }

  /// Valid until the next call.
  const std::optional<RepairPlan>& repair_plan(const ShardSet& erased, int target) {
    if (repairs_.empty()) repairs_.resize(256);
    const std::size_t hash = std::hash<ShardSet>{}(erased) + static_cast<std::size_t>(target);
    Repair& entry = repairs_[hash % repairs_.size()];
    if (entry.target != target || entry.erased != erased) {
      entry = {erased, target, code_->repair_plan(erased, target)};
    }
    return entry.plan;
  }

 private:
  struct Pattern {
    ShardSet erased;
    bool recoverable{};
    int depth{-1};
  };
  struct Repair {
    ShardSet erased;
    int target{-1};
    std::optional<RepairPlan> plan;
  };
  const Pattern& pattern(const ShardSet& erased) {
    if (patterns_.empty()) patterns_.resize(1024);
    Pattern& entry = patterns_[std::hash<ShardSet>{}(erased) % patterns_.size()];
    if (entry.depth < 0 || entry.erased != erased) {
      entry = {erased, code_->recoverable(erased), code_->depth(erased)};
    }
    return entry;
  }

  const Code* code_;
  std::vector<Pattern> patterns_;  ///< by hash; empty until it is asked
  std::vector<Repair> repairs_;
};

}  // namespace models::codes
