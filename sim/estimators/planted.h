#pragma once

#include "sim/random.h"

namespace sim {

/// Known defects of estimators, which the tests plant to show that their gate can fail. They are
/// chosen at compile time: the product has no switch for them.
struct Sound {
  static constexpr bool cut_at_one = false;       ///< a replicate's estimate above 1 becomes 1
  static constexpr bool random_mean = false;      ///< a rate is one over the mean of a few draws
  static constexpr bool only_from_whole = false;  ///< cycles: starts from whole states alone
  static constexpr bool skips_losses_at_once = false;  ///< the loss by one event is left out
};
struct CutAtOne : Sound {
  static constexpr bool cut_at_one = true;
};
struct RandomMean : Sound {
  static constexpr bool random_mean = true;
};
struct OnlyFromWhole : Sound {
  static constexpr bool only_from_whole = true;
};
struct SkipsLossesAtOnce : Sound {
  static constexpr bool skips_losses_at_once = true;
};

/// Rate over true rate when the rate is taken from the mean of four exponential times: 4/3 in the
/// mean.
inline double random_mean(Stream& stream) {
  constexpr int draws = 4;
  double sum = 0.0;
  for (int i = 0; i < draws; ++i) sum += stream.exponential();
  return draws / sum;
}

}  // namespace sim
