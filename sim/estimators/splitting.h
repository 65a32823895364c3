#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/estimators/rare_options.h"
#include "sim/estimators/rare_tally.h"
#include "sim/execution/limit.h"
#include "sim/model.h"

namespace sim {

/// Fixed-effort splitting by the greatest depth of any group: P(any loss) as a product of the
/// chances to come from one depth to the next, each from `effort` paths that begin where a path
/// of the stage before arrived. One replicate is one such product, which is unbiased (Garvels
/// 2000). Needs no hazards: an independent check of the other estimators. Neither amounts nor
/// the time to the first loss are estimated, and its paths hold the fatal event alone. One object
/// per thread.
template <RareModel M>
class Splitting {
 public:
  using State = StateOf<M>;

  /// @param seed   of the estimator's own draws; the model has its own
  /// @param limit  looked at with every event
  Splitting(M& model, RareOptions options, std::uint64_t seed, Limit limit = {})
      : model_(model),
        options_(std::move(options)),
        seed_(seed),
        limit_(std::move(limit)),
        effort_(options_.effort) {}

  /// True once a replicate was given up: its sample is void.
  bool gave_up() const { return limit_.passed(); }

  /// Adds what the replicate gives to a cleared sample.
  void play(std::uint64_t replicate, RareSample& sample) {
    sample.setting = static_cast<std::size_t>(replicate % options_.settings.size());
    sample.watched = options_.mission;
    Stream stream(seed_, Purpose::estimator, {replicate, 0, 0, 0});
    branch_ = 0;
    // States of a stage lie on those of the stage before, which therefore stay.
    std::vector<std::vector<Arrival>> stages;
    stages.push_back({Arrival{model_.initial(replicate), 0, false, {}, 0}});
    double weight = 1.0;
    for (int target = 1;; ++target) {
      std::vector<Arrival> arrived = stage(stages.back(), target, stream, sample);
      if (gave_up()) return;
      book_losses(arrived, weight / static_cast<double>(effort_), sample);
      std::erase_if(arrived, [](const Arrival& arrival) { return arrival.lost; });
      if (arrived.empty()) break;
      weight *= static_cast<double>(arrived.size()) / static_cast<double>(effort_);
      sample.deepest = std::max(sample.deepest, target);
      stages.push_back(std::move(arrived));
    }
  }

 private:
  struct Arrival {
    State state;
    int depth{};
    bool lost{};
    Seconds at;
    std::uint16_t event_class{};
  };

  /// Paths from states drawn among `from` until some group is as deep as `target`, or lost.
  std::vector<Arrival> stage(const std::vector<Arrival>& from, int target, Stream& stream,
                             RareSample& sample) {
    std::vector<Arrival> arrived;
    for (std::size_t i = 0; i < effort_ && !gave_up(); ++i) {
      const Arrival& origin = from[static_cast<std::size_t>(stream.below(from.size()))];
      Arrival path{State::overlay(origin.state), origin.depth, false, {}, 0};
      // An event that went past a depth has arrived there already.
      if (path.depth < target) {
        model_.refresh(path.state, ++branch_);
        if (!run(path, target, sample)) continue;
      }
      arrived.push_back(std::move(path));
    }
    return arrived;
  }

  bool run(Arrival& path, int target, RareSample& sample) {
    while (true) {
      change_.clear();
      if (limit_.step()) return false;
      const bool event = model_.advance(path.state, options_.mission, change_);
      if (event) sample.work.count(change_);
      if (change_.loses()) {
        path.lost = true;
        path.at = path.state.now;
        path.event_class = booked_under();
        return true;
      }
      if (!event) return false;
      for (const Crossing& crossing : change_.deeper) {
        path.depth = std::max(path.depth, crossing.after);
      }
      if (path.depth >= target) return true;
      path.depth = 0;
    }
  }

  /// The class of the event, or of the atom if the loss had no event.
  std::uint16_t booked_under() const {
    if (change_.cause) return change_.cause->event_class;
    return change_.atoms.empty() ? std::uint16_t{0} : change_.atoms.front().event_class;
  }

  void book_losses(const std::vector<Arrival>& arrived, double weight, RareSample& sample) {
    const std::vector<double> nothing(model_.payoffs());
    for (const Arrival& path : arrived) {
      if (!path.lost) continue;
      const std::uint16_t event_class = path.event_class;
      sample.tries[event_class].injected += 1;
      sample.tries[event_class].deepened += 1;
      sample.record(LossPath{}.then(event_class), path.at, weight, weight, nothing);
    }
  }

  M& model_;
  RareOptions options_;
  std::uint64_t seed_;
  Limit limit_;
  std::size_t effort_;
  std::uint32_t branch_{};
  Change change_;
};

}  // namespace sim
