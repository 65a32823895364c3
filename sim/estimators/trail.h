#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "sim/estimators/watched.h"
#include "sim/quantity.h"

namespace sim {

/// A natural path as it was played: its state just after each event, so that a copy of the path at
/// any time begins at the event before that time, and what the event cost (a rebuild planned anew)
/// is not spent again. Bounded: of a longer path every second mark is kept, then every fourth, and
/// so on. Keeps the memory of its marks.
template <class State>
class Trail {
 public:
  struct Mark {
    State state;
    Watched watched;
    bool intact{true};
  };

  void clear() {
    used_ = 0;
    stride_ = 1;
    skipped_ = 0;
  }

  /// The path as it is now; times must not go back. The first mark is always kept.
  void add(const State& state, const Watched& watched, bool intact) {
    if (used_ > 0 && ++skipped_ < stride_) return;
    if (used_ == most) thin_out();
    if (used_ < marks_.size()) {
      Mark& mark = marks_[used_];
      mark.state = state;
      mark.watched = watched;
      mark.intact = intact;
    } else {
      marks_.push_back({state, watched, intact});
    }
    ++used_;
    skipped_ = 0;
  }

  /// The last mark that is not after `at`, to be played on from there by the caller, who asks for
  /// later and later times. @pre a mark is not after `at`
  Mark& before(Seconds at) {
    std::size_t i = used_ - 1;
    while (i > 0 && marks_[i].state.now > at) --i;
    return marks_[i];
  }

 private:
  static constexpr std::size_t most = 64;

  void thin_out() {
    for (std::size_t i = 1; 2 * i < used_; ++i) std::swap(marks_[i], marks_[2 * i]);
    used_ = (used_ + 1) / 2;
    stride_ *= 2;
  }

  std::vector<Mark> marks_;
  std::size_t used_{};
  std::size_t stride_{1};
  std::size_t skipped_{};
};

}  // namespace sim
