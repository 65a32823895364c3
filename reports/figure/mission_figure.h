#pragma once

#include "models/fleet/run.h"
#include "reports/figure/canvas.h"

namespace reports::figure {

/// A stretch of a mission, in years.
struct Stretch {
  double from{};
  double to{};
};

/// One mission as lanes: failures, outages, exposure (from a loss until its redundancy is back),
/// rebuild (from its detection on) and loss. Counts stand where marks would hide one another.
Drawing mission_lanes(const models::fleet::MissionLog& log, Stretch stretch, Size size);

}  // namespace reports::figure
