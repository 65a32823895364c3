#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "sim/change.h"
#include "sim/moments.h"
#include "sim/quantity.h"

namespace sim {

/// Which event classes took a group from whole to lost, in order, each event once. Of paths longer
/// than it holds the first ones and the last are kept.
class LossPath {
 public:
  static constexpr std::size_t most = 15;  ///< events held
  /// This path and one more event. @pre event_class < 2^16
  LossPath then(std::size_t event_class) const;
  std::size_t size() const { return size_; }
  std::uint16_t operator[](std::size_t i) const { return classes_[i]; }
  std::uint16_t began_by() const { return classes_.front(); }
  std::uint16_t ended_by() const { return classes_[size_ - 1U]; }
  bool holds(std::size_t event_class) const;
  auto operator<=>(const LossPath&) const = default;

  /// Its numbers, for sim/words.h.
  template <class Archive>
  void show(Archive& archive) {
    archive(classes_, size_);
  }

 private:
  std::array<std::uint16_t, most> classes_{};
  std::uint16_t size_{};
};

/// Effort that is counted and never timed, so that it is the same on every machine.
struct Work {
  std::uint64_t events{};   ///< applied to a state, natural or injected
  std::uint64_t hazards{};  ///< cumulative hazards, inverses included
  std::uint64_t groups{};   ///< groups looked at
  std::uint64_t total() const { return events + hazards + groups; }
  void add(const Work& other);
  /// One event and the groups it touched.
  void count(const Change& change);
  bool operator==(const Work&) const = default;

  /// Its numbers, for sim/words.h.
  template <class Archive>
  void show(Archive& archive) {
    archive(events, hazards, groups);
  }
};

/// What an event class was tried for in injected events.
struct ClassTries {
  std::uint64_t injected{};
  std::uint64_t deepened{};  ///< of these, took a watched group deeper or lost it
  /// Hazard offered and not drawn counts as well: a class that was never tried is not harmless.
  std::uint64_t offered{};
  void add(const ClassTries& other);
  bool operator==(const ClassTries&) const = default;

  /// Its numbers, for sim/words.h.
  template <class Archive>
  void show(Archive& archive) {
    archive(injected, deepened, offered);
  }
};

/// What one replicate with all its branches gives; filled by an estimator, kept by a RareTally.
class RareSample {
 public:
  /// @param years  buckets of the curve, see years_of()
  RareSample(std::size_t payoffs, std::size_t event_classes, std::size_t years);

  void clear();
  /// A loss at `at` with this weight: `share` is its part in the chance of a first loss, `lost`
  /// its amounts, unweighted.
  void record(const LossPath& path, Seconds at, double share, double weight,
              const std::vector<double>& lost);

  struct Part {
    LossPath path;
    double any{};
    std::vector<double> amounts;
  };

  double any{};
  std::vector<double> amounts;
  std::vector<double> curve;  ///< `any` by year of the mission
  std::vector<Part> parts;    ///< by path; the first `used` of them
  std::size_t used{};
  std::vector<ClassTries> tries;
  Seconds watched{};  ///< first natural loss or the end of the mission
  bool natural_loss{};
  std::size_t setting{};
  int deepest{};  ///< greatest depth that a branch reached
  Work work;
};

/// Years of a mission, begun ones included; at least 1.
std::size_t years_of(Seconds mission);

/// Sums over replicates of an estimator of rare loss; an accumulator for run_blocks(), and a plain
/// value whose numbers can all be saved. Replicates alternate between two settings of the
/// estimator: both count, and they have to agree.
class RareTally {
 public:
  /// @param mission  length of a mission, may be zero
  RareTally(Seconds mission, std::size_t payoffs, std::size_t event_classes);

  struct PathSum {
    double any{};
    std::vector<double> amounts;
    std::uint64_t replicates{};  ///< to which it contributed
    bool operator==(const PathSum&) const = default;

    /// Its numbers, for sim/words.h.
    template <class Archive>
    void show(Archive& archive) {
      archive(any, amounts, replicates);
    }
  };

  RareSample empty_sample() const;
  void add(const RareSample& sample);
  void merge(const RareTally& later);

  std::uint64_t replicates() const { return loss_.x().count(); }
  Seconds mission() const { return mission_; }
  /// x: estimates of P(any loss); y: seconds until the first natural loss or the end.
  const PairedMoments& loss() const { return loss_; }
  const std::vector<Moments>& amounts() const { return amounts_; }
  const std::vector<Moments>& curve() const { return curve_; }
  const std::array<Moments, 2>& by_setting() const { return by_setting_; }
  const std::map<LossPath, PathSum>& paths() const { return paths_; }
  const std::vector<ClassTries>& tries() const { return tries_; }
  /// Replicates by the greatest depth that a branch of theirs reached.
  const std::vector<std::uint64_t>& by_depth() const { return by_depth_; }
  std::uint64_t natural_losses() const { return natural_losses_; }
  const Work& work() const { return work_; }
  bool operator==(const RareTally&) const = default;

  /// Its numbers, for sim/words.h.
  template <class Archive>
  void show(Archive& archive) {
    archive(mission_.value, loss_, amounts_, curve_, by_setting_, paths_, tries_, by_depth_,
            natural_losses_, work_);
  }
  /// One that was read back may be merged into this one: it is of the same mission and as many
  /// payoffs and event classes, and what it holds fits together.
  bool fits(const RareTally& read) const;

 private:
  Seconds mission_;
  PairedMoments loss_;
  std::vector<Moments> amounts_;
  std::vector<Moments> curve_;
  std::array<Moments, 2> by_setting_;
  std::map<LossPath, PathSum> paths_;
  std::vector<ClassTries> tries_;
  std::vector<std::uint64_t> by_depth_;
  std::uint64_t natural_losses_{};
  Work work_;
};

/// Shares of the event classes in P(any loss), from a tally's paths; each list adds up to 1, or is
/// all zero where nothing was lost.
struct LossCauses {
  std::vector<double> began;
  std::vector<double> ended;
};
LossCauses causes(const RareTally& tally);

}  // namespace sim
