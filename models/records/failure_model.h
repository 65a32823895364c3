#pragma once

#include <vector>

#include "models/records/burst_process.h"
#include "sim/random.h"

namespace models::records {

/// What a scenario with the emitted sections does over the window of a record: single failures at
/// the law's rate, spread evenly over all places, and bursts.
struct FailureModel {
  std::vector<double> singles_by_week;  ///< expected
  double length{};                      ///< days
  Seconds step{1};                      ///< of the record's times
  double units{};
  double machines{}, racks{};  ///< 0 where the record names none
  double bursts{};             ///< expected in the window
  BurstLaw burst;
};

/// One window. Units that a burst draws twice die once.
BurstInput simulated_window(const FailureModel& model, sim::Stream& stream);

/// Poisson count of this mean.
std::uint32_t poisson(double mean, sim::Stream& stream);

}  // namespace models::records
