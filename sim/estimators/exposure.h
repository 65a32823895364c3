#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "sim/contract.h"
#include "sim/estimators/booking.h"
#include "sim/estimators/frame.h"
#include "sim/estimators/planted.h"
#include "sim/estimators/rare_options.h"
#include "sim/estimators/rare_tally.h"
#include "sim/estimators/trail.h"
#include "sim/estimators/watched.h"
#include "sim/execution/limit.h"
#include "sim/model.h"

namespace sim {

/// Exposure chaining: P(any loss) and the expected amounts lost, unbiased for every RareModel.
///
/// A lost group has for each depth d one last event at which it crossed from below d to d or more.
/// The expectation over such an event is an integral of its intensity over the natural path
/// (Campbell's and Mecke's formula): so the event is injected at points drawn from that exposure,
/// into copies, and what follows from it is estimated the same way, one depth further. Nothing is
/// forced, and there is no likelihood ratio of what did not happen. A group stays watched while it
/// is at d or deeper, also when natural events take it deeper for a while.
///
/// The first events are virtual: a Poisson stream of them at `kappa` times the natural intensity,
/// each applied to a copy of the natural path, which goes on without them.
///
/// One object per thread; its working space carries nothing from one replicate to the next.
template <RareModel M, class Fault = Sound>
class Exposure {
 public:
  using State = StateOf<M>;

  /// @param seed   of the estimator's own draws; the model has its own
  /// @param limit  looked at with every event
  Exposure(M& model, RareOptions options, std::uint64_t seed, Limit limit = {})
      : model_(model), options_(std::move(options)), seed_(seed), limit_(std::move(limit)) {}

  /// True once a replicate was given up: its sample is void.
  bool gave_up() const { return limit_.passed(); }

  /// Adds what the replicate gives to a cleared sample.
  void play(std::uint64_t replicate, RareSample& sample) {
    begin(replicate, sample);
    State state = model_.initial(replicate);
    bool intact = true;
    sample.watched = options_.mission;
    draw_starts(state);
    while (true) {
      const auto next = std::min_element(starts_.begin(), starts_.end());
      const Seconds start = next == starts_.end() ? never : *next;
      change_.clear();
      const bool event = advance(state, std::min(start, options_.mission));
      if (gave_up()) return;
      const int level = setting_->first_depth;
      booking_.atoms(change_, {1.0, intact, {}}, state.now,
                     [level](const Atom& atom) { return atom.depth < level; });
      intact = natural_loss(state.now, intact);
      if (event) count_event();
      if (!intact && !options_.amounts) break;
      if (event) {
        if (change_.lives_changed) draw_starts(state);
      } else if (start >= options_.mission) {
        break;
      } else {
        const auto event_class = static_cast<std::size_t>(next - starts_.begin());
        begin_chain(state, event_class, intact);
        draw_start(state, event_class);
      }
    }
    if constexpr (Fault::cut_at_one) sample.any = std::min(1.0, sample.any);
  }

 private:
  static constexpr Seconds never{std::numeric_limits<double>::infinity()};

  /// The window of one natural path, and the path.
  struct Rung {
    explicit Rung(std::size_t event_classes) : frame(event_classes) {}
    Frame frame;
    Trail<State> trail;
  };

  void begin(std::uint64_t replicate, RareSample& sample) {
    sample_ = &sample;
    booking_ = Booking(model_.payoffs(), sample);
    sample.setting = static_cast<std::size_t>(replicate % options_.settings.size());
    setting_ = &options_.settings[sample.setting];
    stream_ = Stream(seed_, Purpose::estimator, {replicate, 0, 0, 0});
    branch_ = 0;
    starts_.assign(model_.event_classes(), never);
  }

  /// The next natural event; none once the replicate is given up, which ends all loops.
  bool advance(State& state, Seconds until) {
    return !limit_.step() && model_.advance(state, until, change_);
  }

  void count_event() { sample_->work.count(change_); }

  bool natural_loss(Seconds now, bool intact) {
    if (!change_.loses() || !intact) return intact;
    sample_->watched = now;
    sample_->natural_loss = true;
    return false;
  }

  void draw_starts(const State& state) {
    for (std::size_t c = 0; c < starts_.size(); ++c) draw_start(state, c);
  }

  void draw_start(const State& state, std::size_t event_class) {
    const double kappa = kappa_of(state, event_class);
    if (kappa <= 0.0) return;
    ++sample_->work.hazards;
    starts_[event_class] = model_.start_time(state, event_class, stream_.exponential() / kappa);
  }

  /// Virtual events for each natural one in this state.
  double kappa_of(const State& state, std::size_t event_class) const {
    const double kappa = setting_->kappa_of(event_class);
    if constexpr (requires { model_.urgency(state); }) {
      return kappa * std::pow(model_.urgency(state), setting_->attention);
    }
    return kappa;
  }

  /// A virtual event at the present of the natural path.
  void begin_chain(const State& natural, std::size_t event_class, bool intact) {
    if (!intact && !options_.amounts) return;
    ++sample_->tries[event_class].offered;
    const std::optional<Unit> unit = model_.start_unit(natural, event_class, stream_);
    if (!unit) return;
    if constexpr (Fault::only_from_whole) {
      if (!model_.whole(natural)) return;
    }
    State copy = State::overlay(natural);
    const Branch from{1.0 / kappa_of(natural, event_class), intact, {}};
    const int level = setting_->first_depth;
    inject(
        copy, *unit, {}, from, [level](const Crossing& c) { return c.before < level; }, level);
  }

  /// Applies an event to `copy`, books what it loses of `mine` and follows what it takes to
  /// `level`.
  template <class Mine>
  void inject(State& copy, Unit unit, std::span<const Group> aim, Branch from, Mine mine,
              int level) {
    change_.clear();
    if (limit_.step()) return;
    const double probability = model_.inject(copy, unit, aim, stream_, change_);
    ClassTries& tries = sample_->tries[unit.event_class];
    ++tries.injected;
    if (!(probability > 0.0)) return;
    count_event();
    // What an atom took between the last event and this one was lost before it.
    Branch branch{from.weight * probability, from.intact && !change_.struck,
                  from.path.then(unit.event_class)};
    if (!change_.deeper.empty() || !change_.lost.empty()) ++tries.deepened;
    if (!(Fault::skips_losses_at_once && from.path.size() == 0))
      booking_.lost(change_, branch, copy.now, mine);
    branch.intact = branch.intact && change_.lost.empty();
    if (!branch.intact && !options_.amounts) return;
    std::vector<Crossing> crossed;
    for (const Crossing& crossing : change_.deeper) {
      if (mine(crossing) && crossing.after >= level) crossed.push_back(crossing);
    }
    if (crossed.empty()) return;
    if constexpr (TimedModel<M>) dwell(copy, crossed, branch);
    follow(copy, crossed, level, branch);
  }

  /// Books the time that the groups which the event took above tolerance stay there. The figure
  /// of a timed model goes where P(any loss) goes in others.
  void dwell(const State& start, std::span<const Crossing> crossed,
             const Branch& branch) requires TimedModel<M> {
    const int above = model_.tolerance() + 1;
    std::vector<Crossing> out;
    for (const Crossing& crossing : crossed) {
      if (crossing.after >= above) out.push_back(crossing);
    }
    if (out.empty()) return;
    State path = State::overlay(start);
    model_.refresh(path, ++branch_);
    Watched watched(out, above);
    double group_seconds = 0.0;
    while (!watched.empty()) {
      const Seconds from = path.now;
      change_.clear();
      const bool event = advance(path, options_.mission);
      group_seconds += static_cast<double>(watched.size()) * (path.now - from).value;
      if (!event) break;
      sample_->work.count(change_);
      update(watched, path);
    }
    booking_.time(branch, start.now, group_seconds);
  }

  /// The losses of the groups crossed, all at `level` or deeper now, for which the event that was
  /// just applied to `start` is the last that took them to `level`.
  void follow(State& start, std::span<const Crossing> crossed, int level, const Branch& branch) {
    sample_->deepest = std::max(sample_->deepest, level);
    if constexpr (TimedModel<M>) {
      if (level > model_.tolerance()) return;  // what happens above it is time, see dwell()
    }
    std::vector<Crossing> beyond;
    for (const Crossing& crossing : crossed) {
      if (crossing.after > level) beyond.push_back(crossing);
    }
    if (!beyond.empty()) {
      State copy = State::overlay(start);
      follow(copy, beyond, level + 1, branch);
    }
    model_.refresh(start, ++branch_);
    if (rungs_.size() == used_) rungs_.emplace_back(model_.event_classes());
    Rung& rung = rungs_[used_];
    look_ahead(start, Watched(crossed, level), level, branch, rung);
    if (rung.frame.window.empty()) return;
    rung.frame.template draw<Fault>(model_, *setting_, early(level, crossed.size()), stream_,
                                    *sample_);
    ++used_;
    inject_points(level, branch, rung);
    --used_;
  }

  /// The last event before a loss: the chance that any group is lost does not grow with their
  /// number, the amounts do.
  double by_groups(int level) const {
    if constexpr (EarlyModel<M>) {
      if (level == model_.depth_in_turn()) return setting_->by_groups / 3.0;
    }
    return setting_->by_groups;
  }

  /// A single group heals at the end of its window, many all along.
  double early(int level, std::size_t groups) const {
    if constexpr (EarlyModel<M>) {
      const double share = 1.0 - 1.0 / static_cast<double>(groups);
      return setting_->early * std::max(0, model_.depth_in_turn() - level) * share;
    }
    return 0.0;
  }

  /// Plays the natural path as long as any group is watched, fills the window and marks the path.
  void look_ahead(const State& start, Watched watched, int level, Branch branch, Rung& rung) {
    Frame& frame = rung.frame;
    State path = State::overlay(start);
    Seconds opened = path.now;
    frame.clear();
    rung.trail.clear();
    rung.trail.add(path, watched, branch.intact);
    open(path, watched, level, frame);
    while (true) {
      change_.clear();
      const bool event = advance(path, options_.mission);
      booking_.atoms(change_, branch, path.now, [&](const Atom& atom) {
        return atom.depth == level && watched.holds(atom.group);
      });
      if (!event) break;
      count_event();
      const bool left = update(watched, path);
      if (change_.loses()) branch.intact = false;
      if (watched.empty() || (!branch.intact && !options_.amounts)) break;
      rung.trail.add(path, watched, branch.intact);
      if (!left && !change_.exposure_changed) continue;
      frame.close(model_, by_groups(level), opened, path.now, *sample_);
      opened = path.now;
      open(path, watched, level, frame);
    }
    frame.close(model_, by_groups(level), opened, path.now, *sample_);
  }

  /// Applies the events drawn to copies of the path just before them.
  void inject_points(int level, Branch branch, Rung& rung) {
    change_.clear();
    for (const Point& point : rung.frame.points) {
      auto& mark = rung.trail.before(point.at);
      while (advance(mark.state, point.at)) {
        count_event();
        update(mark.watched, mark.state);
        mark.intact = mark.intact && !change_.loses();
        change_.clear();
      }
      mark.intact = mark.intact && !change_.struck;
      State copy = State::overlay(mark.state);
      const Branch from{branch.weight * point.weight, mark.intact, branch.path};
      const auto mine = [&](const Crossing& crossing) {
        return crossing.before == level && mark.watched.holds(crossing.group);
      };
      inject(copy, rung.frame.window.segment(point).exposed.unit, mark.watched.groups(), from, mine,
             level + 1);
      change_.clear();
    }
  }

  /// True if a group left.
  bool update(Watched& watched, const State& path) {
    bool left = watched.drop_crossed(change_);
    if (change_.healed) {
      sample_->work.groups += watched.size();
      left |= watched.drop_healed([&](Group group) { return model_.depth(path, group); });
    }
    return left;
  }

  void open(const State& path, const Watched& watched, int level, Frame& frame) {
    frame.exposed.clear();
    model_.critical(path, watched.groups(), level, frame.exposed);
    sample_->work.groups += watched.size();
  }

  M& model_;
  RareOptions options_;
  std::uint64_t seed_;
  Limit limit_;
  RareSample* sample_{};
  const RareSetting* setting_{};
  Stream stream_{0, Purpose::estimator};
  std::uint32_t branch_{};
  std::vector<Seconds> starts_;  ///< next virtual event of each class
  Change change_;
  Booking booking_;
  std::deque<Rung> rungs_;  ///< by depth of the branch under way
  std::size_t used_{};
};

}  // namespace sim
