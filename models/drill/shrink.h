#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "models/drill/step.h"

namespace models::drill {

/// Does this schedule still fail?
template <class Step>
using StillFails = std::function<bool(const std::vector<Step>&)>;
using Fails = StillFails<Step>;

/// Makes one number of a step 0; false if it is already.
template <class Step>
using Simplify = bool (*)(Step&);

/// Leaves steps out and makes numbers 0 as long as the schedule fails.
template <class Step>
class Shrinker {
 public:
  /// @pre fails(schedule)
  Shrinker(std::vector<Step> schedule, const StillFails<Step>& fails, int most_tries)
      : best_(std::move(schedule)), fails_(fails), tries_(most_tries) {}

  std::vector<Step> run(std::span<const Simplify<Step>> simplifications) {
    while (leave_out()) {
    }
    for (std::size_t i = 0; i < best_.size(); ++i) {
      for (const Simplify<Step> simplify : simplifications) {
        std::vector<Step> candidate = best_;
        if (simplify(candidate[i])) try_out(std::move(candidate));
      }
    }
    return std::move(best_);
  }

 private:
  bool try_out(std::vector<Step> candidate) {
    if (tries_ <= 0) return false;
    --tries_;
    if (!fails_(candidate)) return false;
    best_ = std::move(candidate);
    return true;
  }

  /// True if anything could be left out.
  bool leave_out() {
    bool any = false;
    for (std::size_t piece = (best_.size() + 1) / 2; piece > 0 && !best_.empty(); piece /= 2) {
      // From the end: what comes after the failure goes first.
      for (std::size_t end = best_.size(); end > 0;) {
        const std::size_t begin = end - std::min(piece, end);
        std::vector<Step> candidate(best_.begin(),
                                    best_.begin() + static_cast<std::ptrdiff_t>(begin));
        candidate.insert(candidate.end(), best_.begin() + static_cast<std::ptrdiff_t>(end),
                         best_.end());
        any = try_out(std::move(candidate)) || any;
        end = std::min(begin, best_.size());
      }
    }
    return any;
  }

  std::vector<Step> best_;
  const StillFails<Step>& fails_;
  int tries_;
};

/// A schedule that still fails, from which no step can be left out: halves, quarters, ... down to
/// single steps are taken away as long as that can be done (Zeller and Hildebrandt, Simplifying and
/// isolating failure-inducing input, IEEE TSE 28, 2002), then each number is made 0 where that can
/// be done. At most `most_tries` schedules are tried. @pre fails(schedule)
Schedule shrink(Schedule schedule, const Fails& fails, int most_tries = 2000);

}  // namespace models::drill
