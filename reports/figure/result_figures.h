#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/fleet/results.h"
#include "reports/figure/canvas.h"

namespace reports::figure {

/// A metric of every strategy with its 95 % interval, the textbook's figure as a hollow diamond; a
/// bound is a line towards where the figure may lie.
Drawing interval_figure(const models::fleet::Results& results, std::string_view metric, Size size);

/// What ended data: shares by cause, one bar per strategy.
Drawing cause_figure(const models::fleet::Results& results, Size size);

/// Hours to rebuild one TB: median, 95th and 99th percentile, and what arithmetic says.
Drawing rebuild_figure(const models::fleet::Results& results, Size size);

/// Nines against cost per usable TB and year. A star: no other strategy is both safer and cheaper.
Drawing cost_figure(const models::fleet::Results& results, Size size);

/// Strategies that no other beats in both nines and cost, by their place in the results; those
/// without either figure are left out.
std::vector<std::size_t> pareto_front(const models::fleet::Results& results);

/// y over x as a line, y on a logarithmic axis: how a precision came down.
Drawing course_figure(std::string title, std::string x_title, std::string y_title,
                      const std::vector<std::pair<double, double>>& points, Size size);

}  // namespace reports::figure
