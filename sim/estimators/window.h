#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/change.h"
#include "sim/quantity.h"
#include "sim/random.h"

namespace sim {

/// A stretch of a natural path in which an event of `exposed` counts.
struct Segment {
  Exposed exposed;
  Seconds from;
  Seconds to;
  double hazard{};      ///< cumulative, over the stretch; positive
  double promise{1.0};  ///< points are drawn so many times as often; positive
};

/// A drawn event: of segment `segment`, when its hazard has grown by `hazard`.
struct Point {
  std::uint32_t segment{};
  double hazard{};
  double weight{};
  Seconds at;  ///< filled by whoever knows the model's inverse hazard
};

/// The exposure of one window and the points drawn from it: first the event class, with floor
/// shares, then the unit and the time by hazard and promise. The weights make a sum over points an
/// unbiased estimate of the integral over hazard.
class Window {
 public:
  explicit Window(std::size_t event_classes) : by_class_(event_classes) {}

  void clear();
  /// Stretches without hazard are left out.
  void add(const Segment& segment);
  bool empty() const { return segments_.empty(); }
  const Segment& segment(const Point& point) const { return segments_[point.segment]; }
  /// From where to where segments reach. @pre !empty()
  Seconds begin() const { return begin_; }
  Seconds end() const { return end_; }

  /// `count` points. Class c is drawn with probability (1 - floor) times its share of hazard times
  /// promise, plus floor / classes that have any. @pre !empty(), count >= 1, 0 <= floor <= 1
  void draw(int count, double floor, Stream& stream, std::vector<Point>& points) const;

 private:
  std::size_t segment_at(std::size_t event_class, double& mass) const;

  std::vector<Segment> segments_;
  std::vector<double> by_class_;  ///< hazard times promise
  Seconds begin_;
  Seconds end_;
};

}  // namespace sim
