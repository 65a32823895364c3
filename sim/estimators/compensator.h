#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/estimators/booking.h"
#include "sim/estimators/frame.h"
#include "sim/estimators/planted.h"
#include "sim/estimators/rare_options.h"
#include "sim/estimators/rare_tally.h"
#include "sim/execution/limit.h"
#include "sim/model.h"

namespace sim {

/// Compensator, or conditional Monte Carlo: on the natural path of the whole mission the fatal
/// event is replaced by the hazard of the units that could cause it, from which points are drawn.
/// Unbiased for every RareModel; good where the natural path comes within one event of a loss. Its
/// paths hold the fatal event alone. One object per thread.
template <RareModel M, class Fault = Sound>
class Compensator {
 public:
  using State = StateOf<M>;

  /// @param seed   of the estimator's own draws; the model has its own
  /// @param limit  looked at with every event
  Compensator(M& model, RareOptions options, std::uint64_t seed, Limit limit = {})
      : model_(model),
        options_(std::move(options)),
        seed_(seed),
        limit_(std::move(limit)),
        frame_(model.event_classes()) {}

  /// True once a replicate was given up: its sample is void.
  bool gave_up() const { return limit_.passed(); }

  /// Adds what the replicate gives to a cleared sample.
  void play(std::uint64_t replicate, RareSample& sample) {
    sample.setting = static_cast<std::size_t>(replicate % options_.settings.size());
    const RareSetting& setting = options_.settings[sample.setting];
    Stream stream(seed_, Purpose::estimator, {replicate, 0, 0, 0});
    booking_ = Booking(model_.payoffs(), sample);
    const State start = model_.initial(replicate);
    look_ahead(start, sample);
    if (!gave_up() && !frame_.window.empty()) {
      frame_.template draw<Fault>(model_, setting, 0.0, stream, sample);
      inject_points(start, stream, sample);
    }
    if constexpr (Fault::cut_at_one) sample.any = std::min(1.0, sample.any);
  }

 private:
  /// The chance that any group is lost does not grow with their number, the amounts do.
  static constexpr double by_groups = 0.5;

  void look_ahead(const State& start, RareSample& sample) {
    State path = State::overlay(start);
    Branch branch;
    sample.watched = options_.mission;
    frame_.clear();
    Seconds opened = path.now;
    open(path);
    while (true) {
      change_.clear();
      const bool event = advance(path, options_.mission);
      if (event) count(sample);
      booking_.atoms(change_, branch, path.now, [](const Atom&) { return true; });
      if (branch.intact && change_.loses()) {
        branch.intact = false;
        sample.natural_loss = true;
        sample.watched = path.now;
        if (!options_.amounts) break;
      }
      if (!event) break;
      if (!change_.exposure_changed) continue;
      frame_.close(model_, by_groups, opened, path.now, sample);
      opened = path.now;
      open(path);
    }
    frame_.close(model_, by_groups, opened, path.now, sample);
  }

  void inject_points(const State& start, Stream& stream, RareSample& sample) {
    State path = State::overlay(start);
    bool intact = true;
    for (const Point& point : frame_.points) {
      change_.clear();
      while (advance(path, point.at)) {
        count(sample);
        intact = intact && !change_.loses();
        change_.clear();
      }
      if (limit_.step()) return;
      intact = intact && !change_.struck;
      change_.clear();
      State copy = State::overlay(path);
      const Unit unit = frame_.window.segment(point).exposed.unit;
      const double probability = model_.inject(copy, unit, {}, stream, change_);
      ++sample.tries[unit.event_class].injected;
      if (!(probability > 0.0)) continue;
      count(sample);
      if (change_.lost.empty()) continue;
      ++sample.tries[unit.event_class].deepened;
      const Branch branch{point.weight * probability, intact && !change_.struck,
                          LossPath{}.then(unit.event_class)};
      booking_.lost(change_, branch, copy.now, [](const Crossing&) { return true; });
    }
  }

  /// The next natural event; none once the replicate is given up, which ends all loops.
  bool advance(State& state, Seconds until) {
    return !limit_.step() && model_.advance(state, until, change_);
  }

  void open(const State& path) {
    frame_.exposed.clear();
    model_.fatal(path, frame_.exposed);
  }

  void count(RareSample& sample) {
    sample.work.count(change_);
    for (const Crossing& crossing : change_.deeper) {
      sample.deepest = std::max(sample.deepest, crossing.after);
    }
  }

  M& model_;
  RareOptions options_;
  std::uint64_t seed_;
  Limit limit_;
  Frame frame_;
  Booking booking_;
  Change change_;
};

}  // namespace sim
