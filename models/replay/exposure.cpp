#include "models/replay/exposure.h"

#include <algorithm>
#include <utility>

namespace models::replay {

Exposure::Exposure(int tolerance, std::vector<Seconds> ends)
    : tolerance_(tolerance), ends_(std::move(ends)), spans_(ends_.size()) {}

void Exposure::pass(Seconds until) {
  while (now_ < until) {
    const bool last = span_ + 1 == spans_.size();
    const Seconds end = last ? until : std::min(until, ends_[span_]);
    const double length = (end - now_).value;
    span().degraded += degraded_ * length;
    span().twice += twice_ * length;
    span().bare += bare_ * length;
    now_ = end;
    if (!last && now_ >= ends_[span_]) {
      ++span_;
      span().peak = degraded_;
    }
  }
}

void Exposure::set_depth(std::uint32_t group, int depth) {
  const auto found = depths_.find(group);
  const int before = found == depths_.end() ? 0 : found->second;
  const auto change = [&](int least, double& count) {
    count += (depth >= least ? 1 : 0) - (before >= least ? 1 : 0);
  };
  change(1, degraded_);
  change(2, twice_);
  change(std::max(1, tolerance_), bare_);
  if (depth > 0) {
    depths_[group] = depth;
  } else if (found != depths_.end()) {
    depths_.erase(found);
  }
  deepest_ = std::max(deepest_, depth);
  span().peak = std::max(span().peak, degraded_);
}

/// Shards come back one by one, and each mission tells them job by job: in the order of time here.
void Exposure::heal() {
  std::stable_sort(healed_.begin(), healed_.end(),
                   [](const Healed& a, const Healed& b) { return a.at < b.at; });
  for (const Healed& healed : healed_) {
    pass(healed.at);
    const auto found = depths_.find(healed.group);
    if (found != depths_.end()) set_depth(healed.group, found->second - 1);
  }
  healed_.clear();
}

void Exposure::hit(Seconds at, const sim::Change& change) {
  heal();
  pass(at);
  for (const sim::Crossing& crossing : change.deeper) set_depth(crossing.group, crossing.after);
  for (const sim::Crossing& crossing : change.lost) {
    set_depth(crossing.group, 0);
    span().lost += 1;
  }
}

void Exposure::finish(Seconds end) {
  heal();
  pass(end);
}

}  // namespace models::replay
