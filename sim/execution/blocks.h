#pragma once

#include <omp.h>

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <utility>
#include <vector>

#include "sim/contract.h"

namespace sim {

/// Which replicates to play and how they are cut. Blocks end at multiples of `block_size`, whatever
/// `first` is; the size must not depend on the number of threads, for it is part of the result.
struct BlockPlan {
  std::uint64_t first{};
  std::uint64_t end{};  ///< one past the last replicate
  std::uint64_t block_size{64};
  int threads{0};  ///< 0: as many as OpenMP offers
};

/// Why run_blocks() ended.
enum class Ended {
  all_played,   ///< every replicate asked for
  satisfied,    ///< the stopping rule held at the end of a block
  out_of_time,  ///< the deadline passed
  cancelled,    ///< the stop token
};

/// The fold of the replicates [first, end): always a prefix of what was asked for. A replicate that
/// was under way when the time was up is not in it. That does not favour short ones but for those
/// longer than the whole time: the mean of N(t) replicates has the expectation of one, given that
/// one takes less than t (Glynn and Heidelberger 1990, Operations Research 38(5)).
template <class Accumulator>
struct BlocksResult {
  Accumulator accumulator;
  std::uint64_t first{};
  std::uint64_t end{};     ///< one past the last replicate that is in `accumulator`
  std::uint64_t blocks{};  ///< the last may have been cut short
  Ended ended{Ended::all_played};
  std::uint64_t replicates() const { return end - first; }
};

/// What run_blocks() calls besides `play`; each may be empty.
template <class Accumulator>
struct BlockHooks {
  /// The stopping rule, asked after each folded block in the order of blocks, with the fold and
  /// the number of replicates in it. From any thread, one call at a time.
  std::function<bool(const Accumulator&, std::uint64_t)> satisfied;
  /// Each block's own accumulator and first replicate, in the order of blocks, just before it is
  /// folded: for partial results that are merged later. From any thread, one call at a time.
  std::function<void(const Accumulator&, std::uint64_t)> folded;
  /// What playing the replicates [first, end) of a whole block gives, where that is known already;
  /// empty: it is played. From several threads at once.
  std::function<std::optional<Accumulator>(std::uint64_t first, std::uint64_t end)> known;
  /// Each whole block that was played, with its replicates [first, end), before it is folded and in
  /// any order. From several threads at once.
  std::function<void(const Accumulator&, std::uint64_t first, std::uint64_t end)> played;
  /// The fold so far and its number of replicates, from the thread that called run_blocks().
  std::function<void(const Accumulator&, std::uint64_t)> progress;
  /// True once the time is up; the only thing here that may read a clock. Asked before each
  /// replicate, from several threads at once.
  std::function<bool()> out_of_time;
  std::stop_token stop;
};

namespace detail {

/// The book of blocks: hands them out in order, takes them back in any order, folds them in order.
/// Finished blocks wait in a ring; a thread that is a whole ring ahead of the fold waits, so memory
/// is bounded whatever the spread of block times.
template <class Accumulator>
class BlockLedger {
 public:
  BlockLedger(const BlockPlan& plan, Accumulator empty, const BlockHooks<Accumulator>& hooks,
              std::size_t ring)
      : plan_(plan), hooks_(hooks), fold_(std::move(empty)), waiting_(ring), end_(plan.first) {
    first_block_ = plan.first / plan.block_size;
    next_ = first_block_;
    folded_ = first_block_;
    last_ = plan.end > plan.first ? (plan.end - 1) / plan.block_size + 1 : first_block_;
  }

  /// The next block to play, or none when the run is over.
  std::optional<std::uint64_t> take() {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return closed_ || next_ == last_ || next_ < folded_ + ring(); });
    if (closed_ || next_ == last_) return std::nullopt;
    if (hooks_.stop.stop_requested()) return close(Ended::cancelled);
    if (hooks_.out_of_time && hooks_.out_of_time()) return close(Ended::out_of_time);
    return next_++;
  }

  /// @param end  one past the last replicate played; the fold does not pass a block cut short
  void give(std::uint64_t block, Accumulator&& played, std::uint64_t end) {
    const std::scoped_lock lock(mutex_);
    if (end < end_of(block)) {
      const Ended why = hooks_.stop.stop_requested() ? Ended::cancelled : Ended::out_of_time;
      if (!closed_ || ended_ == Ended::out_of_time) close(why);
    }
    waiting_[block % ring()] = Part{std::move(played), end};
    while (!discarding_ && folded_ < next_ && waiting_[folded_ % ring()]) fold_one();
    room_.notify_all();
  }

  void fail(std::exception_ptr failure) {
    const std::scoped_lock lock(mutex_);
    if (!failure_) failure_ = std::move(failure);
    close(Ended::cancelled);
  }

  std::optional<Accumulator> known(std::uint64_t begin, std::uint64_t end) const {
    return hooks_.known ? hooks_.known(begin, end) : std::nullopt;
  }
  void played(const Accumulator& block, std::uint64_t begin, std::uint64_t end) const {
    if (hooks_.played) hooks_.played(block, begin, end);
  }

  /// No further replicate is to be begun.
  bool over() const {
    return hooks_.stop.stop_requested() || (hooks_.out_of_time && hooks_.out_of_time());
  }

  void report() {
    const std::scoped_lock lock(mutex_);
    if (hooks_.progress) hooks_.progress(fold_, end_ - plan_.first);
  }

  std::uint64_t begin_of(std::uint64_t block) const {
    return std::max(plan_.first, block * plan_.block_size);
  }
  std::uint64_t end_of(std::uint64_t block) const {
    return std::min(plan_.end, (block + 1) * plan_.block_size);
  }

  BlocksResult<Accumulator> result() && {
    if (failure_) std::rethrow_exception(failure_);
    return {std::move(fold_), plan_.first, end_, blocks_, ended_};
  }

 private:
  struct Part {
    Accumulator accumulator;
    std::uint64_t end{};
  };

  std::size_t ring() const { return waiting_.size(); }

  std::optional<std::uint64_t> close(Ended why) {
    closed_ = true;
    ended_ = why;
    room_.notify_all();
    return std::nullopt;
  }

  void fold_one() {
    std::optional<Part>& part = waiting_[folded_ % ring()];
    const bool whole = part->end == end_of(folded_);
    if (part->end > begin_of(folded_)) {
      if (hooks_.folded) hooks_.folded(part->accumulator, begin_of(folded_));
      fold_.merge(part->accumulator);
      end_ = part->end;
      ++blocks_;
    }
    part.reset();
    ++folded_;
    discarding_ = !whole;
    if (!whole) return;
    if (hooks_.satisfied && hooks_.satisfied(fold_, end_ - plan_.first)) {
      // Blocks beyond this one may be finished already; which ones depends on the threads.
      discarding_ = true;
      close(Ended::satisfied);
    }
  }

  const BlockPlan& plan_;
  const BlockHooks<Accumulator>& hooks_;
  std::mutex mutex_;
  std::condition_variable room_;
  Accumulator fold_;
  std::vector<std::optional<Part>> waiting_;
  std::uint64_t first_block_{};
  std::uint64_t next_{};
  std::uint64_t folded_{};
  std::uint64_t last_{};
  std::uint64_t blocks_{};
  std::uint64_t end_;
  Ended ended_{Ended::all_played};
  bool closed_{};
  bool discarding_{};
  std::exception_ptr failure_;
};

/// False if the replicate was given up; a `play` that returns nothing never does that.
template <class Accumulator, class Workspace, class Play>
bool play_one(Play& play, std::uint64_t replicate, Workspace& workspace, Accumulator& into) {
  if constexpr (std::is_void_v<decltype(play(replicate, workspace, into))>) {
    play(replicate, workspace, into);
    return true;
  } else {
    return play(replicate, workspace, into);
  }
}

/// One thread's share: blocks until there are no more.
template <class Accumulator, class Workspace, class Play>
void play_blocks(BlockLedger<Accumulator>& ledger, const Accumulator& empty, Workspace& workspace,
                 Play& play, bool reports) {
  while (const std::optional<std::uint64_t> block = ledger.take()) {
    const std::uint64_t begin = ledger.begin_of(*block);
    const std::uint64_t end = ledger.end_of(*block);
    std::uint64_t next = begin;
    std::optional<Accumulator> accumulator = ledger.known(begin, end);
    if (accumulator) {
      next = end;
    } else {
      accumulator = empty;
      while (next < end && !ledger.over() && play_one(play, next, workspace, *accumulator)) ++next;
      if (next == end) ledger.played(*accumulator, begin, end);
    }
    ledger.give(*block, std::move(*accumulator), next);
    if (reports) ledger.report();
  }
}

}  // namespace detail

/// Plays replicates in blocks on several threads and folds the blocks' accumulators from the left,
/// in the order of blocks: the result has the same bits for any number of threads. How far a run
/// gets by time or cancel depends on the machine, what it holds for that many replicates does not.
///
/// `empty` is an accumulator without replicates, copied for each block; it has merge(const A&), and
/// merging into an empty one must give the other unchanged. `make_workspace()` is called once per
/// thread, in that thread; `play(replicate, workspace, accumulator)` adds one replicate, and must
/// depend on nothing that an earlier replicate left in the workspace. It may return false, and have
/// added nothing, where it looks at the limit itself and gave the replicate up midway: long ones
/// must. An exception thrown in a thread ends the run and is rethrown here. Do not call it from
/// inside an OpenMP region.
template <class Accumulator, class MakeWorkspace, class Play>
BlocksResult<Accumulator> run_blocks(const BlockPlan& plan, const Accumulator& empty,
                                     MakeWorkspace make_workspace, Play play,
                                     const BlockHooks<Accumulator>& hooks = {}) {
  EXPECTS(plan.first <= plan.end && plan.block_size > 0 && plan.threads >= 0);
  const int threads = plan.threads > 0 ? plan.threads : omp_get_max_threads();
  constexpr std::size_t blocks_ahead = 16;  // per thread: block times seldom differ by more
  detail::BlockLedger<Accumulator> ledger(plan, empty, hooks,
                                          blocks_ahead * static_cast<std::size_t>(threads));
#pragma omp parallel num_threads(threads)
  {
    try {
      auto workspace = make_workspace();
      Play own_play = play;
      detail::play_blocks(ledger, empty, workspace, own_play, omp_get_thread_num() == 0);
    } catch (...) {
      ledger.fail(std::current_exception());
    }
  }
  ledger.report();
  return std::move(ledger).result();
}

}  // namespace sim
