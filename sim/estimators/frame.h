#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "sim/estimators/planted.h"
#include "sim/estimators/rare_options.h"
#include "sim/estimators/rare_tally.h"
#include "sim/estimators/window.h"
#include "sim/model.h"

namespace sim {

/// The window of one natural path: the units exposed now, what was exposed before, and the events
/// drawn from it.
struct Frame {
  explicit Frame(std::size_t event_classes) : window(event_classes) {}

  Window window;
  std::vector<Exposed> exposed;
  std::vector<Point> points;  ///< in order of time

  /// Adds what the units exposed now have gathered.
  template <class M>
  void close(const M& model, Seconds from, Seconds to, RareSample& sample) {
    if (!(from < to)) return;
    for (const Exposed& unit : exposed) {
      ++sample.tries[unit.unit.event_class].offered;
      window.add({unit, from, to, model.cumulative_hazard(unit, from, to)});
    }
    sample.work.hazards += exposed.size();
  }

  /// Draws the points and their times. @pre !window.empty()
  template <class Fault, class M>
  void draw(const M& model, const RareSetting& setting, Stream& stream, RareSample& sample) {
    window.draw(setting.points, setting.floor, stream, points);
    for (Point& point : points) {
      const Segment& segment = window.segment(point);
      const Seconds at = model.time_at(segment.exposed, segment.from, point.hazard);
      // Just before the event that closed the stretch, whatever the rounding.
      const double latest = std::nextafter(segment.to.value, segment.from.value);
      point.at = {std::clamp(at.value, segment.from.value, latest)};
      if constexpr (Fault::random_mean) point.weight *= random_mean(stream);
    }
    sample.work.hazards += points.size();
    std::sort(points.begin(), points.end(),
              [](const Point& a, const Point& b) { return a.at < b.at; });
  }
};

}  // namespace sim
