#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "sim/quantity.h"

namespace sim {

/// What an estimator of rare loss may choose without changing what it estimates.
struct RareSetting {
  /// Virtual events for each natural one, positive: below 1 thins, above 1 splits. Times the
  /// class's own factor, where there is one.
  double kappa{1.0};
  std::vector<double> kappa_of_class;
  double floor{0.2};   ///< of a window's points, spread evenly over event classes; 0 to 1
  int points{1};       ///< drawn from each window
  int first_depth{1};  ///< that a virtual event must cross for its branch to begin
  /// Points are drawn more often early in a window, when few of the watched groups have healed: in
  /// proportion to the share of the window that is left, to this power for each crossing that still
  /// separates the point from a loss. 0: in proportion to hazard alone.
  double early{1.5};
  /// Points are drawn in proportion to hazard and to this power of the number of groups that the
  /// unit would take deeper, where the model says it; so are virtual events by class.
  double by_groups{1.5};
  double attention{1.0};  ///< power of the model's urgency that kappa is multiplied by

  /// For sim/words.h, to write: all that it holds.
  template <class Archive>
  void show(Archive& archive) {
    archive(kappa, kappa_of_class, floor, points, first_depth, early, by_groups, attention);
  }

  double kappa_of(std::size_t event_class) const {
    return event_class < kappa_of_class.size() ? kappa * kappa_of_class[event_class] : kappa;
  }
};

/// The second setting, by default: enough unlike the first to disagree where either is blind.
inline RareSetting contrast(RareSetting setting) {
  setting.floor = setting.floor < 0.35 ? 0.5 : 0.2;
  setting.kappa *= 0.5;
  setting.attention *= 0.75;
  setting.early *= 0.67;
  setting.by_groups *= 0.67;
  return setting;
}

struct RareOptions {
  Seconds mission;
  /// Goes on after a first loss, as the expected amounts need; P(any loss) alone is cheaper.
  bool amounts{true};
  /// Paths in each stage of splitting; a stage that none survives gives 0, so more than one over
  /// the least chance of a stage.
  std::size_t effort{1024};
  /// Replicates alternate between the two. Both are unbiased, so both count; a figure is
  /// published only if they agree.
  std::array<RareSetting, 2> settings{RareSetting{}, contrast(RareSetting{})};

  /// For sim/words.h, to write: all that it holds.
  template <class Archive>
  void show(Archive& archive) {
    archive(mission.value, amounts, effort, settings);
  }
};

}  // namespace sim
