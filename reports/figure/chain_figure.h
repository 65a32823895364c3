#pragma once

#include <vector>

#include "models/analytic/figures.h"
#include "reports/figure/canvas.h"

namespace reports::figure {

/// A group's chain of states with its rates a year: so many shards missing, and lost at the end.
Drawing chain_figure(const std::vector<models::analytic::ChainStep>& steps, Size size);

}  // namespace reports::figure
