#include "models/drill/shrink.h"

#include <algorithm>
#include <array>

namespace models::drill {
namespace {

class Shrinker {
 public:
  Shrinker(Schedule schedule, const Fails& fails, int tries)
      : best_(std::move(schedule)), fails_(fails), tries_(tries) {}

  Schedule run() {
    while (leave_out()) {
    }
    simplify();
    return std::move(best_);
  }

 private:
  bool try_out(Schedule candidate) {
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
        Schedule candidate(best_.begin(), best_.begin() + static_cast<std::ptrdiff_t>(begin));
        candidate.insert(candidate.end(), best_.begin() + static_cast<std::ptrdiff_t>(end),
                         best_.end());
        any = try_out(std::move(candidate)) || any;
        end = std::min(begin, best_.size());
      }
    }
    return any;
  }

  void simplify() {
    for (std::size_t i = 0; i < best_.size(); ++i) {
      const auto set = [&](auto member) {
        if (best_[i].*member == 0) return;
        Schedule candidate = best_;
        candidate[i].*member = 0;
        try_out(std::move(candidate));
      };
      set(&Step::draw);
      set(&Step::slot);
      set(&Step::group);
    }
  }

  Schedule best_;
  const Fails& fails_;
  int tries_;
};

}  // namespace

Schedule shrink(Schedule schedule, const Fails& fails, int most_tries) {
  return Shrinker(std::move(schedule), fails, most_tries).run();
}

}  // namespace models::drill
