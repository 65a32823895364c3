#pragma once

#include <string>
#include <vector>

#include "models/sweep/sweep.h"
#include "reports/figure/canvas.h"

namespace reports::figure {

/// One input: a line per strategy over its values, evenly spaced as they are listed, with
/// intervals. @pre the result has one axis
Drawing sweep_curves(const models::sweep::Result& result, std::string_view metric, Size size);

/// Two inputs: the first up, the second across, each cell with its figure; darker is higher.
/// @pre the result has two axes @param strategy  by its place
Drawing sweep_heat_map(const models::sweep::Result& result, std::string_view metric,
                       std::size_t strategy, Size size);

/// What one input does to a figure.
struct TornadoBar {
  std::string input;
  std::string low;  ///< value of the input at `at_low`
  std::string high;
  double at_low{};
  double at_high{};
};
/// Bars around the figure as stated, the widest on top.
Drawing tornado_figure(std::string title, double stated, std::vector<TornadoBar> bars,
                       std::string_view metric, Size size);

}  // namespace reports::figure
