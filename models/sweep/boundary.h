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

struct Trial {
  double at{};
  Side side{};
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

/// Goes outward until one value meets the target and one does not, then halves what lies between:
/// to 2 %, or to neighbours among whole numbers, from both sides of what stays open. The answers
/// are of values with four digits at most, so that they can be read. At most 40 questions.
Boundary find_boundary(const Reach& reach, const std::function<Side(double)>& ask);

}  // namespace models::sweep
