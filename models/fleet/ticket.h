#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "models/repair/target_rule.h"

namespace models::fleet {

/// Where a moved shard lives: a disk and which of the disks that stood in this place.
struct Home {
  std::uint32_t disk{};
  std::uint32_t generation{};
  bool operator==(const Home&) const = default;
};

/// The rebuild of a lost disk whose groups miss no other shard, as far as is known: a rule and an
/// amount, whatever the number of shards. Immutable; shared by all that follows from its mission.
struct Ticket {
  std::uint32_t number{};  ///< in the order of losses, tickets and moves of its mission
  Home lost;
  std::uint32_t incident{};
  std::shared_ptr<const std::vector<std::uint32_t>> shards;  ///< in order: ascending
  repair::TargetRule rule;

  std::uint32_t places() const { return static_cast<std::uint32_t>(shards->size()); }
  /// places() if the shard is not on it.
  std::uint32_t place_of(std::uint32_t shard) const {
    const auto found = std::lower_bound(shards->begin(), shards->end(), shard);
    if (found == shards->end() || *found != shard) return places();
    return static_cast<std::uint32_t>(found - shards->begin());
  }
  /// Of the shard of a group; places() if it has none.
  std::uint32_t place_in(std::uint32_t group, std::uint32_t width) const {
    const auto found = std::lower_bound(shards->begin(), shards->end(), group * width);
    if (found == shards->end() || *found / width != group) return places();
    return static_cast<std::uint32_t>(found - shards->begin());
  }
};

using Refusals = std::shared_ptr<const std::vector<repair::Refusal>>;

/// Targets of a ticket that were asked for: they change with its refusals alone.
class AskedTargets {
 public:
  /// no_target where it has not been asked for.
  std::uint32_t at(std::uint32_t place) const {
    return targets_.empty() ? repair::TargetRule::no_target : targets_[place];
  }
  void set(std::uint32_t place, std::uint32_t places, std::uint32_t disk) {
    if (targets_.empty()) targets_.assign(places, repair::TargetRule::no_target);
    targets_[place] = disk;
  }
  /// So many places have been looked at for those of one disk.
  void look(std::size_t places) { looks_ += places; }
  std::size_t looks() const { return looks_; }

 private:
  std::vector<std::uint32_t> targets_;
  std::size_t looks_{};
};

/// How far a ticket is.
struct TicketProgress {
  std::uint32_t reached{};              ///< places whose shards have their new home
  Refusals refusals;                    ///< of writes, so far
  std::shared_ptr<AskedTargets> asked;  ///< shared by all that know the same refusals
  /// What was asked for holds no more.
  void set_refusals(Refusals now) {
    refusals = std::move(now);
    asked = std::make_shared<AskedTargets>();
  }
  std::span<const repair::Refusal> refused() const {
    return refusals ? std::span(*refusals) : std::span<const repair::Refusal>();
  }
};

/// A disk that was lost, where rebuilds go by tickets.
struct Loss {
  std::uint32_t generation{};
  std::uint32_t number{};                ///< see Ticket::number
  bool open{};                           ///< how far it is stands in Catalogue::open
  std::shared_ptr<const Ticket> ticket;  ///< null: none was made
  TicketProgress progress;
};

/// How the shards of a rebuild end: so many together, in turn.
struct Turns {
  std::uint32_t abreast{1};
  double work{};  ///< shards that the whole takes the time of

  /// When a turn begins and ends, in the progress [0, 1] of the whole.
  double begin_of(double turn) const { return std::min(1.0, turn * abreast / work); }
  double end_of(double turn) const { return begin_of(turn + 1); }
  /// Turns, and the part of one, that have passed at this progress.
  double passed(double progress) const { return progress * work / abreast; }
};

/// A ticket under way.
struct OpenTicket {
  std::shared_ptr<const Ticket> ticket;
  TicketProgress progress;
};

}  // namespace models::fleet
