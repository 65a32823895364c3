#pragma once

#include <functional>

#include "models/drill/step.h"

namespace models::drill {

/// Does this schedule still fail?
using Fails = std::function<bool(const Schedule&)>;

/// A schedule that still fails, from which no step can be left out: halves, quarters, ... down to
/// single steps are taken away as long as that can be done (Zeller and Hildebrandt, Simplifying and
/// isolating failure-inducing input, IEEE TSE 28, 2002), then each number is made 0 where that can
/// be done. At most `most_tries` schedules are tried. @pre fails(schedule)
Schedule shrink(Schedule schedule, const Fails& fails, int most_tries = 2000);

}  // namespace models::drill
