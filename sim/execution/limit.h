#pragma once

#include <functional>
#include <utility>

namespace sim {

/// Whether a long piece of work is to be given up, asked once in a few of its steps: the clock is
/// dear beside the smallest of them. Once over it stays so, and all loops unwind. One per thread.
class Limit {
 public:
  Limit() = default;  ///< none
  /// @param over  true once the time is up or somebody asked to stop; empty: never
  explicit Limit(std::function<bool()> over) : over_(std::move(over)) {}

  /// One more step, an event of a model; true if it is not to be taken.
  bool step() {
    constexpr unsigned between_looks = 8;
    if (!passed_ && over_ && steps_++ % between_looks == 0) passed_ = over_();
    return passed_;
  }
  /// The same before a step so long that the clock is cheap beside it.
  bool look() {
    passed_ = passed_ || (over_ && over_());
    return passed_;
  }
  bool passed() const { return passed_; }

 private:
  std::function<bool()> over_;
  unsigned steps_{};
  bool passed_{};
};

}  // namespace sim
