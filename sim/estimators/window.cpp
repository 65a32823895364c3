#include "sim/estimators/window.h"

#include <algorithm>

#include "sim/contract.h"

namespace sim {

void Window::clear() {
  segments_.clear();
  std::fill(by_class_.begin(), by_class_.end(), 0.0);
}

void Window::add(const Segment& segment) {
  if (!(segment.hazard > 0.0)) return;
  by_class_[segment.exposed.unit.event_class] += segment.hazard * segment.promise;
  begin_ = segments_.empty() ? segment.from : std::min(begin_, segment.from);
  end_ = segments_.empty() ? segment.to : std::max(end_, segment.to);
  segments_.push_back(segment);
}

std::size_t Window::segment_at(std::size_t event_class, double& mass) const {
  std::size_t found = segments_.size();
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    if (segments_[i].exposed.unit.event_class != event_class) continue;
    found = i;
    const double own = segments_[i].hazard * segments_[i].promise;
    if (mass < own) return i;
    mass -= own;
  }
  // The parts add up to the whole but for rounding: what is over belongs to the last of them.
  mass = segments_[found].hazard * segments_[found].promise;
  return found;
}

void Window::draw(int count, double floor, Stream& stream, std::vector<Point>& points) const {
  EXPECTS(!empty() && count >= 1 && floor >= 0.0 && floor <= 1.0);
  double total = 0.0;
  double present = 0.0;
  for (const double hazard : by_class_) {
    total += hazard;
    present += hazard > 0.0 ? 1.0 : 0.0;
  }
  points.clear();
  for (int i = 0; i < count; ++i) {
    double mark = stream.uniform();
    std::size_t chosen = 0;
    double probability = 0.0;
    for (std::size_t c = 0; c < by_class_.size(); ++c) {
      if (by_class_[c] <= 0.0) continue;
      chosen = c;
      probability = (1.0 - floor) * by_class_[c] / total + floor / present;
      if (mark < probability) break;
      mark -= probability;
    }
    Point point;
    double mass = stream.uniform() * by_class_[chosen];
    point.segment = static_cast<std::uint32_t>(segment_at(chosen, mass));
    const double promise = segments_[point.segment].promise;
    point.hazard = mass / promise;
    point.weight = by_class_[chosen] / (promise * probability * count);
    points.push_back(point);
  }
}

}  // namespace sim
