#pragma once

#include <algorithm>
#include <bit>
#include <boost/align/aligned_allocator.hpp>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/contract.h"
#include "sim/quantity.h"

namespace sim {

/// Pending events by (time, order of insertion): a 4-ary heap of 16-byte entries beside a table of
/// payloads. A plain value: a copy costs two memory copies of what is pending. Cancelled and moved
/// entries stay in the heap until they surface or outnumber the live ones; no position is kept up
/// to date while the heap moves, which is what makes push and pop fast. At most 2^24 pending
/// events and 2^40 pushes between two clear().
template <class Payload>
class EventQueue {
 public:
  /// Names one scheduled event; refers to nothing once the event was popped or cancelled.
  struct Handle {
    std::uint32_t slot{~std::uint32_t{0}};
    std::uint32_t generation{};
    bool operator==(const Handle&) const = default;
  };
  struct Event {
    Seconds time;
    Payload payload;
  };

  bool empty() const { return live_ == 0; }
  std::size_t size() const { return live_; }

  /// @pre time is not NaN.
  Handle push(Seconds time, Payload payload) {
    const std::uint32_t slot = take_slot();
    slots_[slot].payload = std::move(payload);
    ++live_;
    insert(time, slot);
    return {slot, slots_[slot].generation};
  }

  /// Time of the earliest event. @pre !empty()
  Seconds next_time() const {
    EXPECTS(!empty());
    return time_of(heap_[root]);
  }

  /// Payload of the earliest event. @pre !empty()
  const Payload& next() const {
    EXPECTS(!empty());
    return slots_[slot_of(heap_[root])].payload;
  }

  /// Takes the earliest event out. @pre !empty()
  Event pop() {
    EXPECTS(!empty());
    const Entry first = heap_[root];
    const std::uint32_t slot = slot_of(first);
    Event event{time_of(first), std::move(slots_[slot].payload)};
    release(slot);
    remove_front();
    drop_dead_front();
    return event;
  }

  bool pending(Handle handle) const {
    return handle.slot < slots_.size() && slots_[handle.slot].ticket != none &&
           slots_[handle.slot].generation == handle.generation;
  }

  /// Payload of a pending event, else null.
  const Payload* find(Handle handle) const {
    return pending(handle) ? &slots_[handle.slot].payload : nullptr;
  }

  /// False if the event is no longer pending.
  bool cancel(Handle handle) {
    if (!pending(handle)) return false;
    release(handle.slot);
    ++dead_;
    tidy();
    return true;
  }

  /// Moves a pending event; its handle stays good. It then counts as inserted now.
  bool reschedule(Handle handle, Seconds time) {
    if (!pending(handle)) return false;
    ++dead_;
    insert(time, handle.slot);
    tidy();
    return true;
  }

  void clear() {
    heap_.resize(root);
    // The slots stay, so that handles of before do not come to name events of after.
    for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) {
      if (slots_[slot].ticket != none) release(slot);
    }
    dead_ = 0;
    sequence_ = 0;
  }

  void reserve(std::size_t events) {
    heap_.reserve(events + root);
    slots_.reserve(events);
  }

 private:
  /// High half: the time, its bits mapped so that unsigned order is the order of numbers. Low
  /// half: the ticket (sequence and slot). One comparison orders by both, without a branch.
  __extension__ using Entry = unsigned __int128;
  static constexpr unsigned slot_bits = 24;
  static constexpr std::uint32_t slot_limit = std::uint32_t{1} << slot_bits;
  static constexpr std::uint64_t sequence_limit = std::uint64_t{1} << (64U - slot_bits);
  static constexpr std::uint64_t none = ~std::uint64_t{0};
  static constexpr std::uint32_t no_slot = ~std::uint32_t{0};
  static constexpr std::uint64_t sign = std::uint64_t{1} << 63U;
  static constexpr std::size_t arity = 4;
  /// The heap begins at place 3, so the four children of a place fill one line of the cache.
  static constexpr std::size_t root = 3;
  static constexpr std::size_t line = 64;

  static std::size_t parent_of(std::size_t place) { return place / arity + 2; }
  static std::size_t child_of(std::size_t place) { return (place - 2) * arity; }

  struct Slot {
    Payload payload{};
    std::uint64_t ticket{none};  ///< that of its one valid entry in the heap
    std::uint32_t generation{};
    std::uint32_t next_free{no_slot};
  };

  static std::uint64_t ordered(double time) {
    const auto bits = std::bit_cast<std::uint64_t>(time + 0.0);  // -0 and 0 are one time
    return (bits & sign) != 0 ? ~bits : bits | sign;
  }
  static Seconds time_of(Entry entry) {
    const auto bits = static_cast<std::uint64_t>(entry >> 64U);
    return {std::bit_cast<double>((bits & sign) != 0 ? bits & ~sign : ~bits)};
  }
  static std::uint64_t ticket_of(Entry entry) { return static_cast<std::uint64_t>(entry); }
  static std::uint32_t slot_of(Entry entry) {
    return static_cast<std::uint32_t>(ticket_of(entry) & (slot_limit - 1U));
  }
  bool is_live(Entry entry) const { return slots_[slot_of(entry)].ticket == ticket_of(entry); }

  std::uint32_t take_slot() {
    if (free_ == no_slot) {
      EXPECTS(slots_.size() < slot_limit);
      slots_.emplace_back();
      return static_cast<std::uint32_t>(slots_.size() - 1);
    }
    const std::uint32_t slot = free_;
    free_ = slots_[slot].next_free;
    return slot;
  }

  void release(std::uint32_t slot) {
    slots_[slot].ticket = none;
    ++slots_[slot].generation;
    slots_[slot].next_free = free_;
    free_ = slot;
    --live_;
  }

  void insert(Seconds time, std::uint32_t slot) {
    EXPECTS(time.value == time.value && sequence_ < sequence_limit);
    const std::uint64_t ticket = sequence_++ << slot_bits | slot;
    slots_[slot].ticket = ticket;
    const Entry entry = Entry{ordered(time.value)} << 64U | ticket;
    heap_.push_back(entry);
    sift_up(heap_.size() - 1, entry);
  }

  void sift_up(std::size_t hole, Entry entry) {
    Entry* const heap = heap_.data();
    while (hole > root) {
      const std::size_t parent = parent_of(hole);
      if (heap[parent] < entry) break;
      heap[hole] = heap[parent];
      hole = parent;
    }
    heap[hole] = entry;
  }

  /// Moves the hole at `hole` to a leaf along the smallest children; returns where it ended.
  /// The last entry nearly always belongs near the leaves, so it is not compared on the way.
  std::size_t sink_hole(std::size_t hole, std::size_t size) {
    Entry* const heap = heap_.data();
    std::size_t child = child_of(hole);
    while (child + arity <= size) {
      // The next four lines, of which one will be needed: memory answers while this one is judged.
      for (std::size_t i = 0; i < arity; ++i) __builtin_prefetch(heap + child_of(child + i));
      const std::size_t left = child + (heap[child + 1] < heap[child] ? 1U : 0U);
      const std::size_t right = child + 2 + (heap[child + 3] < heap[child + 2] ? 1U : 0U);
      const std::size_t least = heap[right] < heap[left] ? right : left;
      heap[hole] = heap[least];
      hole = least;
      child = child_of(hole);
    }
    if (child < size) {
      std::size_t least = child;
      for (std::size_t other = child + 1; other < size; ++other) {
        if (heap[other] < heap[least]) least = other;
      }
      heap[hole] = heap[least];
      hole = least;
    }
    return hole;
  }

  void remove_front() {
    const Entry last = heap_.back();
    heap_.pop_back();
    if (heap_.size() > root) sift_up(sink_hole(root, heap_.size()), last);
  }

  void drop_dead_front() {
    while (dead_ > 0 && heap_.size() > root && !is_live(heap_[root])) {
      remove_front();
      --dead_;
    }
  }

  /// The front is live, and dead entries stay below live ones plus a constant.
  void tidy() {
    constexpr std::size_t tolerated = 64;
    if (dead_ > live_ + tolerated) {
      const auto dead = std::remove_if(heap_.begin() + root, heap_.end(),
                                       [this](Entry entry) { return !is_live(entry); });
      heap_.erase(dead, heap_.end());
      dead_ = 0;
      rebuild();
    }
    drop_dead_front();
  }

  void rebuild() {
    for (std::size_t place = root + 1; place < heap_.size(); ++place) sift_up(place, heap_[place]);
  }

  using Heap = std::vector<Entry, boost::alignment::aligned_allocator<Entry, line>>;
  Heap heap_ = Heap(root);
  std::vector<Slot> slots_;
  std::uint64_t sequence_{};
  std::size_t live_{};
  std::size_t dead_{};
  std::uint32_t free_{no_slot};
};

}  // namespace sim
