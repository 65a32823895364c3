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

  void clear() {
    window.clear();
    foreseen_ = true;
  }

  /// Adds what the units exposed now have gathered.
  /// @param by_groups  see RareSetting
  template <class M>
  void close(const M& model, double by_groups, Seconds from, Seconds to, RareSample& sample) {
    if (!(from < to)) return;
    for (const Exposed& unit : exposed) {
      const Seconds begin = std::max(from, unit.from);
      const Seconds end = std::min(to, unit.until);
      if (!(begin < end)) continue;
      ++sample.tries[unit.unit.event_class].offered;
      foreseen_ = foreseen_ && unit.foreseen;
      const double promise = std::pow(unit.groups, by_groups);
      window.add({unit, begin, end, model.cumulative_hazard(unit, begin, end), promise});
    }
    sample.work.hazards += exposed.size();
  }

  /// Draws the points and their times. @pre !window.empty()
  /// @param early  power of the share of the window left that the density of points has beside
  ///               that of hazard, where the model does not foresee when which groups heal
  template <class Fault, class M>
  void draw(const M& model, const RareSetting& setting, double early, Stream& stream,
            RareSample& sample) {
    if (early > 0.0 && !foreseen_) {
      points.clear();
      for (int i = 0; i < setting.points; ++i) {
        points.push_back(one_of_many(model, setting, early, stream, sample));
      }
    } else {
      window.draw(setting.points, setting.floor, stream, points);
      for (Point& point : points) set_time(model, point);
      sample.work.hazards += points.size();
    }
    if constexpr (Fault::random_mean) {
      for (Point& point : points) point.weight *= random_mean(stream);
    }
    std::sort(points.begin(), points.end(),
              [](const Point& a, const Point& b) { return a.at < b.at; });
  }

 private:
  template <class M>
  void set_time(const M& model, Point& point) const {
    const Segment& segment = window.segment(point);
    const Seconds at = model.time_at(segment.exposed, segment.from, point.hazard);
    // Just before the event that closed the stretch, whatever the rounding.
    const double latest = std::nextafter(segment.to.value, segment.from.value);
    point.at = {std::clamp(at.value, segment.from.value, latest)};
  }

  /// One of several candidates, each drawn by hazard, in proportion to how much it promises: with
  /// the mean promise over its own as weight, sums keep their means whatever is promised
  /// (importance resampling).
  template <class M>
  Point one_of_many(const M& model, const RareSetting& setting, double early, Stream& stream,
                    RareSample& sample) {
    constexpr int many = 16;
    constexpr double least = 0.05;  // of a promise: bounds the weights
    window.draw(many, setting.floor, stream, candidates_);
    sample.work.hazards += candidates_.size();
    const double length = (window.end() - window.begin()).value;
    promises_.clear();
    double sum = 0.0;
    for (Point& point : candidates_) {
      set_time(model, point);
      const double left = (window.end() - point.at).value / length;
      promises_.push_back(least + (1.0 - least) * std::pow(left, early));
      sum += promises_.back();
    }
    double mark = stream.uniform() * sum;
    std::size_t chosen = 0;
    while (chosen + 1 < promises_.size() && mark >= promises_[chosen]) mark -= promises_[chosen++];
    Point point = candidates_[chosen];
    point.weight *= sum / promises_[chosen] / setting.points;
    return point;
  }

  bool foreseen_{true};  ///< of every segment
  std::vector<Point> candidates_;
  std::vector<double> promises_;
};

}  // namespace sim
