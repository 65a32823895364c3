#pragma once

#include <string>

#include "models/analytic/figures.h"
#include "models/economics/cost.h"
#include "models/scenario/scenario.h"
#include "models/units.h"

namespace models::fleet {

/// How long one TB takes when all machines rebuild it together and nothing but the stated limits
/// holds them up, by what the limits are on.
struct RebuildArithmetic {
  Seconds writing;  ///< B / (machines x write rate)
  Seconds reading;  ///< reads x B / (machines x read rate)
  Seconds uplinks;  ///< the share that crosses racks, over all rack uplinks
  /// The arithmetic of the field: the larger of writing and reading. Uplinks are beside it.
  Seconds per_tb() const { return writing > reading ? writing : reading; }
  /// "reads: 30 MB/s per machine", for people.
  std::string limit;
};

RebuildArithmetic rebuild_arithmetic(const scenario::Hardware& hardware,
                                     const scenario::Repair& repair, double reads);

/// Flat rates and mean times of a strategy for the textbook chain.
analytic::ChainInputs chain_inputs(const scenario::Scenario& scenario,
                                   const scenario::Strategy& strategy, const codes::Code& code);

/// Losses of a disk's data a year that cost no hardware.
PerYear wipe_rate(const scenario::Failures& failures, Seconds mission);

/// Failures per unit and year over the mission, for those who pay for them.
economics::FailureRates failure_rates(const scenario::Failures& failures,
                                      const scenario::Hardware& hardware, Seconds mission);

/// Disks taken out a year that would have lived on: refreshed ones and false alarms, per disk.
PerYear exchange_rate(const scenario::Repair& repair);

}  // namespace models::fleet
