#pragma once

#include <functional>
#include <optional>
#include <vector>

namespace models::sweep {

/// What one value of an input makes of a target.
enum class Side {
  meets,
  fails,
  open,     ///< the figure's interval holds the threshold, or the figure is not published
  refused,  ///< no valid input
  cut       ///< somebody asked to stop, or the time was up
};

struct Answer {
  Side side{};
  /// How far the figure is from the threshold: above 0 where it would meet the target if it were
  /// exact, and nearer to 0 the less is missing.
  double margin{};
};

struct Trial {
  double at{};
  Side side{};
  double margin{};
};

/// Where a target stops being met.
struct Boundary {
  std::vector<Trial> trials;  ///< ascending
  /// The decided values that are nearest to each other; empty where there is none on that side.
  std::optional<double> meets, fails;
  bool monotone{true};  ///< all that meets lies on one side of all that fails
  bool cut{};
};

/// Where to search. Without ends it goes outward from `start`, by tens.
struct Reach {
  double start{};
  std::optional<double> low, high;
  bool whole{};  ///< whole numbers alone
};

/// Goes outward, to where the margin shrinks, until one value meets the target and one does not,
/// then halves what lies between: to 5 %, or to neighbours among whole numbers, from both sides of
/// what stays open; then looks 4 and 30 times as far, whether it is met or not there again. The
/// answers are of values with four digits at most, so that they can be read. At most 44 questions.
Boundary find_boundary(const Reach& reach, const std::function<Answer(double)>& ask);

}  // namespace models::sweep
