#pragma once

#include "models/codes/code.h"
#include "models/scenario/scenario.h"
#include "models/units.h"
#include "models/verify/published_case.h"
#include "sim/distribution.h"

namespace models::verify {

/// One group of a code on as many disks, each in a machine and a rack of its own, that live and are
/// repaired by given laws, all repairs at once: the model of the textbook chains, simulated by the
/// fleet.
struct TextbookGroup {
  codes::CodeSpec code;
  sim::Distribution life;
  sim::Distribution repair;
  Seconds mission;               ///< up to 1000 years
  std::uint64_t missions{4096};  ///< so many are played
};

/// As a scenario of one strategy. @pre the code is valid
scenario::Scenario scenario_of(const TextbookGroup& group);

/// Mean time to data loss of one group, with its interval, times `unit_per_year`.
sim::Estimate simulated_mttdl(const TextbookGroup& group, double unit_per_year,
                              const Effort& effort);

/// The inverse of simulated_mttdl: loss rate of one group over 1 / `unit_per_year`.
sim::Estimate simulated_loss_rate(const TextbookGroup& group, double unit_per_year,
                                  const Effort& effort);

}  // namespace models::verify
