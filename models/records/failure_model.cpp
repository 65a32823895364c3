#include "models/records/failure_model.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>
#include <utility>

namespace models::records {
namespace {

constexpr double days_of_week = 7;

struct Event {
  double day{};
  std::uint32_t machine{no_place};
  std::uint32_t rack{no_place};
};

/// Machines stand in the racks in their order, as many in each.
class Places {
 public:
  explicit Places(const FailureModel& model)
      : machines_(static_cast<std::uint64_t>(model.machines)),
        racks_(static_cast<std::uint64_t>(model.racks)),
        units_(std::max<std::uint64_t>(1, static_cast<std::uint64_t>(model.units))) {}

  std::uint64_t anywhere(sim::Stream& stream) const { return stream.below(units_); }
  /// A unit of the same part of `parts` as `unit`.
  std::uint64_t near(std::uint64_t unit, std::uint64_t parts, sim::Stream& stream) const {
    if (parts < 2) return anywhere(stream);
    const std::uint64_t part = unit * parts / units_;
    const std::uint64_t first = (part * units_ + parts - 1) / parts;
    const std::uint64_t end = ((part + 1) * units_ + parts - 1) / parts;
    return first + stream.below(std::max<std::uint64_t>(1, end - first));
  }
  std::uint64_t machines() const { return machines_; }
  std::uint64_t racks() const { return racks_; }
  Event event(double day, std::uint64_t unit) const {
    Event event{day};
    if (machines_ > 0) event.machine = static_cast<std::uint32_t>(unit * machines_ / units_);
    if (racks_ > 0) event.rack = static_cast<std::uint32_t>(unit * racks_ / units_);
    return event;
  }

 private:
  std::uint64_t machines_, racks_, units_;
};

int size_of(const BurstLaw& law, sim::Stream& stream) {
  double left = stream.uniform();
  for (const BurstLaw::Size& size : law.sizes) {
    left -= size.share;
    if (left < 0) return size.failures;
  }
  return law.sizes.back().failures;
}

void add_burst(const FailureModel& model, const Places& places, sim::Stream& stream,
               std::vector<Event>& events) {
  const double start = stream.uniform() * model.length;
  const std::uint64_t heart = places.anywhere(stream);
  std::unordered_set<std::uint64_t> dead;
  const int size = size_of(model.burst, stream);
  for (int i = 0; i < size; ++i) {
    const double draw = stream.uniform();
    const double delay = i == 0 ? 0 : model.burst.spread_days * stream.exponential();
    std::uint64_t unit{};
    if (draw < model.burst.same_machine) {
      unit = places.near(heart, places.machines(), stream);
    } else if (draw < model.burst.same_machine + model.burst.same_rack) {
      unit = places.near(heart, places.racks(), stream);
    } else {
      unit = places.anywhere(stream);
    }
    if (dead.insert(unit).second) events.push_back(places.event(start + delay, unit));
  }
}

}  // namespace

std::uint32_t poisson(double mean, sim::Stream& stream) {
  std::uint32_t count = 0;
  for (double left = mean - stream.exponential(); left > 0; left -= stream.exponential()) ++count;
  return count;
}

BurstInput simulated_window(const FailureModel& model, sim::Stream& stream) {
  const Places places(model);
  std::vector<Event> events;
  for (std::size_t week = 0; week < model.singles_by_week.size(); ++week) {
    const double first = static_cast<double>(week) * days_of_week;
    const double length = std::min(days_of_week, model.length - first);
    const std::uint32_t count = poisson(model.singles_by_week[week], stream);
    for (std::uint32_t i = 0; i < count; ++i) {
      const double day = first + length * stream.uniform();
      events.push_back(places.event(day, places.anywhere(stream)));
    }
  }
  if (!model.burst.sizes.empty()) {
    const std::uint32_t count = poisson(model.bursts, stream);
    for (std::uint32_t i = 0; i < count; ++i) add_burst(model, places, stream, events);
  }
  std::ranges::sort(events, {}, &Event::day);
  BurstInput window;
  window.length = model.length;
  window.step = model.step;
  window.machines = model.machines;
  window.racks = model.racks;
  window.units = model.units;
  const double step = model.step / sim::day;
  for (const Event& event : events) {
    if (event.day >= model.length) continue;  // what began in the window and ends behind it
    window.days.push_back(std::floor(event.day / step) * step);
    window.machine.push_back(event.machine);
    window.rack.push_back(event.rack);
  }
  return window;
}

}  // namespace models::records
