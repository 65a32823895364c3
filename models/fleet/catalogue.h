#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "models/fleet/overlay_map.h"
#include "models/fleet/ticket.h"
#include "models/placement/placement.h"

namespace models::fleet {

/// The disks whose shards are missing. One bit of a disk's number tells most of the others apart.
class LostDisks {
 public:
  void add(Home lost) {
    bits_[word(lost.disk)] |= bit(lost.disk);
    lost_.push_back(lost);
  }
  void erase(Home back) {
    std::erase(lost_, back);
    bits_.fill(0);
    for (const Home& lost : lost_) bits_[word(lost.disk)] |= bit(lost.disk);
  }
  std::size_t size() const { return lost_.size(); }
  bool hold(Home home) const {
    return (bits_[word(home.disk)] & bit(home.disk)) != 0 &&
           std::find(lost_.begin(), lost_.end(), home) != lost_.end();
  }

 private:
  static constexpr std::size_t words = 8;
  static std::size_t word(std::uint32_t disk) { return disk / 64 % words; }
  static std::uint64_t bit(std::uint32_t disk) { return std::uint64_t{1} << (disk % 64); }
  std::array<std::uint64_t, words> bits_{};
  std::vector<Home> lost_;
};

/// Disks of which some shard may have left its first home. Copies share the list until one changes.
class LeftDisks {
 public:
  void add(std::uint32_t disk) {
    const std::size_t word = disk / 64;
    if (holds(disk)) return;
    auto changed = std::make_shared<std::vector<std::uint64_t>>();
    if (words_) *changed = *words_;
    if (changed->size() <= word) changed->resize(word + 1);
    (*changed)[word] |= std::uint64_t{1} << (disk % 64);
    words_ = std::move(changed);
  }
  bool any() const { return words_ != nullptr; }
  bool holds(std::uint32_t disk) const {
    const std::size_t word = disk / 64;
    return words_ && word < words_->size() && ((*words_)[word] >> (disk % 64) & 1) != 0;
  }

 private:
  std::shared_ptr<const std::vector<std::uint64_t>> words_;
};

/// A shard that was moved by itself, and not along a ticket.
struct Moved {
  Home home;
  std::uint32_t number{};  ///< see Ticket::number
};

/// Tickets, one after another. Copies of a mission share what came before them.
class Tickets {
 public:
  static Tickets over(const Tickets& base) {
    Tickets tickets;
    tickets.base_ = base.own_.empty() ? base.base_ : &base;
    return tickets;
  }
  void add(std::shared_ptr<const Ticket> ticket) { own_.push_back(std::move(ticket)); }
  /// @pre no copy shares them
  template <class Test>
  void erase_if(const Test& test) {
    std::erase_if(own_, [&](const auto& ticket) { return test(*ticket); });
  }
  template <class Visit>
  void each(const Visit& visit) const {
    if (base_ != nullptr) base_->each(visit);
    for (const auto& ticket : own_) visit(*ticket);
  }

 private:
  std::vector<std::shared_ptr<const Ticket>> own_;
  const Tickets* base_{};
};

/// Which places of which tickets went to a disk. Branches read what their root has listed.
class Brought {
 public:
  static Brought over(const Brought& base) {
    Brought brought;
    brought.base_ = base.base_ != nullptr ? base.base_ : &base;
    return brought;
  }
  bool is_of_branch() const { return base_ != nullptr; }
  /// @pre not of a branch
  void add(std::uint32_t disk, Home lost, std::uint32_t place) {
    std::uint32_t& last = last_.at(disk);
    entries_.push_back({lost, place, last});
    last = static_cast<std::uint32_t>(entries_.size());
  }
  /// Calls visit(lost disk of the ticket, place).
  template <class Visit>
  void each(std::uint32_t disk, const Visit& visit) const {
    if (base_ != nullptr) return base_->each(disk, visit);
    const std::uint32_t* last = last_.find(disk);
    for (std::uint32_t i = last == nullptr ? 0 : *last; i != 0; i = entries_[i - 1].before) {
      visit(entries_[i - 1].lost, entries_[i - 1].place);
    }
  }

 private:
  struct Entry {
    Home lost;
    std::uint32_t place{};
    std::uint32_t before{};  ///< the one before of the same disk, from 1; 0: none
  };
  std::vector<Entry> entries_;
  FlatMap<std::uint32_t> last_;
  const Brought* base_{};
};

/// Where shards have been put since the start: what the store itself wrote down. A shard's home is
/// its first one, or the last that it was moved to by itself, and from there on along tickets: of
/// the disk that it was on, of the disk that this one sent it to, and so on.
struct Catalogue {
  LeftDisks left;           ///< the shards of all others are where they were at the start
  OverlayMap<Moved> homes;  ///< shard -> home, where moved by itself
  OverlayMap<std::vector<std::uint32_t>>
      added;  ///< disk -> shards it got in its present generation, those of tickets apart
  // Where rebuilds go by tickets:
  OverlayMap<std::vector<Loss>> losses;   ///< by disk
  OverlayMap<std::vector<Moved>> before;  ///< shard -> what `homes` said before
  Brought brought;                        ///< by tickets that have ended and are often asked of
  Tickets tickets;                        ///< the others
  std::vector<OpenTicket> open;
  std::uint32_t clock{};  ///< numbers losses, tickets and moves

  static Catalogue over(const Catalogue& base) {
    Catalogue slice;
    slice.left = base.left;
    slice.homes = OverlayMap<Moved>::over(base.homes);
    slice.added = OverlayMap<std::vector<std::uint32_t>>::over(base.added);
    slice.losses = OverlayMap<std::vector<Loss>>::over(base.losses);
    slice.before = OverlayMap<std::vector<Moved>>::over(base.before);
    slice.brought = Brought::over(base.brought);
    slice.tickets = Tickets::over(base.tickets);
    slice.open = base.open;
    slice.clock = base.clock;
    return slice;
  }

  /// Of the shard in slot `slot` of a group of `map`.
  Home home_of(const placement::PlacementMap& map, std::uint32_t group, std::uint32_t slot) const {
    return now_of(map, map.members(group)[slot], group * map.width() + slot);
  }

  /// Disks of a group's shards by slot; `none` where the home is one of `lost`.
  void homes_of(const placement::PlacementMap& map, const LostDisks& lost, std::uint32_t group,
                std::uint32_t none, std::span<std::uint32_t> out) const {
    const auto first_homes = map.members(group);
    if (!left.any()) {
      std::ranges::copy(first_homes, out.begin());
      return;
    }
    for (std::uint32_t slot = 0; slot < map.width(); ++slot) {
      const std::uint32_t first = first_homes[slot];
      out[slot] = first;
      if (!left.holds(first)) continue;
      const Home home = now_of(map, first, group * map.width() + slot);
      out[slot] = lost.hold(home) ? none : home.disk;
    }
  }

  /// The shard has been put there by itself.
  void move(std::uint32_t shard, Home home);
  /// A disk is lost whose shards may go along a ticket.
  void lose(const placement::PlacementMap& map, Home home);
  /// The shards of a lost disk go along a ticket from now on.
  void begin(std::shared_ptr<const Ticket> ticket, Refusals refusals);
  /// The rest of its shards were moved, or lost, by themselves.
  void end(const Ticket& ticket);
  /// Null where it has ended.
  const OpenTicket* open_ticket(std::uint32_t number) const;
  /// Its first places, so many, have been made. @pre it has not ended
  void reach(std::uint32_t number, std::uint32_t places);
  /// Nothing more is put on these disks by the tickets under way.
  /// @param until  Refusal::for_good or Refusal::while_away
  void refuse(std::uint32_t first_disk, std::uint32_t end_disk, std::uint32_t until);
  /// Those that refused just these disks while they were away take them again.
  void accept(std::uint32_t first_disk, std::uint32_t end_disk);
  /// Does a shard wait for its turn on the ticket?
  bool waits(const OpenTicket& open_ticket, std::uint32_t place) const {
    if (place < open_ticket.progress.reached || place >= open_ticket.ticket->places()) return false;
    const Moved* moved = homes.find((*open_ticket.ticket->shards)[place]);
    return moved == nullptr || moved->number < open_ticket.ticket->number;
  }
  /// The place of the group's shard that waits on the ticket; none if none does.
  std::optional<std::uint32_t> waiting_of(const OpenTicket& open_ticket, std::uint32_t group,
                                          std::uint32_t width) const {
    const std::uint32_t place = open_ticket.ticket->place_in(group, width);
    return waits(open_ticket, place) ? std::optional(place) : std::nullopt;
  }
  /// Where the shard at a place of a ticket goes, or went.
  Home target_of(const placement::PlacementMap& map, const Ticket& ticket,
                 const TicketProgress& progress, std::uint32_t place) const;
  /// Shards that tickets have brought to a disk, in no order.
  void add_brought(const placement::PlacementMap& map, Home home,
                   std::vector<std::uint32_t>& shards) const;

  static constexpr std::uint32_t most_shards = 64;  ///< of a group, where tickets are made

 private:
  static constexpr std::uint32_t today = 0xFFFFFFFF;

  Home now_of(const placement::PlacementMap& map, std::uint32_t first, std::uint32_t shard) const {
    if (!left.holds(first)) return {first, 0};
    const Moved* moved = homes.find(shard);
    const Moved from = moved != nullptr ? *moved : Moved{{first, 0}, 0};
    return clock == 0 ? from.home : follow(map, shard, from, today);
  }
  void list_brought(const placement::PlacementMap& map);
  const Loss* loss_of(Home home) const;
  Loss& loss_at(Home home);
  /// Of the ticket of a loss, under way or ended.
  const TicketProgress& progress_of(const Loss& loss) const {
    return loss.open ? open_ticket(loss.ticket->number)->progress : loss.progress;
  }
  /// Before event number `before_number`.
  Home home_then(const placement::PlacementMap& map, std::uint32_t shard,
                 std::uint32_t before_number) const;
  Home follow(const placement::PlacementMap& map, std::uint32_t shard, Moved from,
              std::uint32_t until) const;
};

}  // namespace models::fleet
