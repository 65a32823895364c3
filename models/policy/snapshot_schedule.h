#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/units.h"

namespace models::policy {

/// The most incremental snapshots of the arrays that this project grew from (product description).
inline constexpr int most_snapshots = 256;

struct Snapshot {
  std::uint32_t id{};
  Seconds taken{};
};

/// One snapshot of each period `every` is kept as long as it is no older than `keep_for`.
struct KeepRule {
  Seconds every{};
  Seconds keep_for{};
};

struct SnapshotRule {
  Seconds every{};             ///< from one snapshot to the next, > 0
  std::vector<KeepRule> keep;  ///< a snapshot that no rule wants is dropped
  int most{most_snapshots};    ///< >= 1; beyond, the oldest goes
};

/// When to take a snapshot and which to drop. The first of each period stays, so that what is kept
/// does not change as time goes on; the newest always stays.
class SnapshotScheduler {
 public:
  struct Memory {
    Seconds next{};
  };
  struct Actions {
    bool take{};
    std::vector<std::uint32_t> drop;  ///< oldest first
    Seconds wake_at{};
  };

  /// @pre every > 0, most >= 1
  explicit SnapshotScheduler(SnapshotRule rule);

  const SnapshotRule& rule() const { return rule_; }
  /// `snapshots`: those there are, oldest first, without the one that is to be taken.
  void decide(Memory& memory, Seconds now, std::span<const Snapshot> snapshots,
              Actions& actions) const;
  /// Those of `snapshots` (oldest first) that are no longer wanted.
  void expired(Seconds now, std::span<const Snapshot> snapshots,
               std::vector<std::uint32_t>& drop) const;

 private:
  SnapshotRule rule_;
};

/// A snapshot that is to go into the cloud.
struct CopyFact {
  std::uint32_t id{};
  bool copied{};  ///< whole in the cloud, and listed there
};

/// When the line may be used, as hours of the day; the whole day if both are equal.
struct CopyRule {
  Seconds from{};
  Seconds to{};
};

/// What the line to the cloud carries next: the oldest snapshot that is not there, so that no
/// increment ever stands in the cloud without those that it rests on.
class CopyScheduler {
 public:
  struct Actions {
    std::optional<std::uint32_t> send;
    Seconds wake_at{};  ///< nothing to send before
  };

  explicit CopyScheduler(const CopyRule& rule = {}) : rule_(rule) {}

  /// May the line be used at `now` (0 is midnight), and until or from when?
  bool open(Seconds now) const;
  Seconds next_change(Seconds now) const;
  /// `snapshots`: oldest first.
  void decide(Seconds now, std::span<const CopyFact> snapshots, Actions& actions) const;

 private:
  CopyRule rule_;
};

/// Which increment of a chain is restored next: from the oldest on, for a newer one overwrites what
/// an older one brought. Empty: all are. @param applied  of each increment, oldest first
std::optional<std::size_t> next_restore(std::span<const std::uint8_t> applied);

}  // namespace models::policy
